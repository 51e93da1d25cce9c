/*
 * A reading as one JSON object. Members that have nothing to say are null or
 * empty, never missing, so that programs need not ask.
 */
#include "base/json.h"
#include "reader/reader.h"

static const char *const part_names[] = {
	"title", "opener", "preambular", "operative", "closing", "annex", "note",
};
static const char *const deadline_names[] = {
	"none", "date", "session", "period", "interval", "recurring", "event", "soft",
};
static const char *const unit_names[] = { "none", "day", "week", "month", "year", "session" };

const char *part_name(enum part part)
{
	return part_names[part];
}

const char *deadline_type_name(enum deadline_type type)
{
	return deadline_names[type];
}

const char *deadline_unit_name(enum deadline_unit unit)
{
	return unit_names[unit];
}

static void write_slice(struct json_writer *w, const char *key, struct slice text)
{
	json_write_key(w, key);
	json_write_slice(w, text);
}

static void write_slice_or_null(struct json_writer *w, const char *key, struct slice text)
{
	json_write_key(w, key);
	if (text.len > 0)
		json_write_slice(w, text);
	else
		json_write_null(w);
}

static void write_text(struct json_writer *w, const char *key, const char *text)
{
	json_write_key(w, key);
	json_write_text(w, text);
}

static void write_number(struct json_writer *w, const char *key, size_t number)
{
	json_write_key(w, key);
	json_write_integer(w, (int64_t)number);
}

static void write_span(struct json_writer *w, struct span span)
{
	write_number(w, "start", span.start);
	write_number(w, "end", span.end);
}

static void write_date(struct json_writer *w, const char *key, bool has, struct day day)
{
	if (!has)
		return;
	json_write_key(w, key);
	json_write_date(w, day);
}

static void write_addressee(struct json_writer *w, const struct addressee *addressee)
{
	json_write_object(w);
	write_slice(w, "text", addressee->text);
	write_slice(w, "name", addressee->name);
	write_slice_or_null(w, "code", addressee->code);
	write_text(w, "role", addressee->role);
	if (addressee->restrictor.len > 0)
		write_slice(w, "restrictor", addressee->restrictor);
	json_write_key(w, "set");
	json_write_boolean(w, addressee->set);
	json_write_end(w);
}

static void write_deadline(struct json_writer *w, const struct deadline *deadline)
{
	json_write_key(w, "deadline");
	if (deadline->type == DEADLINE_NONE) {
		json_write_null(w);
		return;
	}
	json_write_object(w);
	write_slice(w, "text", deadline->text);
	write_text(w, "type", deadline_type_name(deadline->type));
	write_slice(w, "value", deadline->value);
	if (deadline->body.len > 0)
		write_slice(w, "body", deadline->body);
	if (deadline->session > 0)
		write_number(w, "session", (size_t)deadline->session);
	if (deadline->year > 0)
		write_number(w, "year", (size_t)deadline->year);
	if (deadline->next) {
		json_write_key(w, "next");
		json_write_boolean(w, true);
	}
	if (deadline->resumed) {
		json_write_key(w, "resumed");
		json_write_boolean(w, true);
	}
	if (deadline->further[0] != 0) {
		json_write_key(w, "further");
		json_write_array(w);
		for (size_t i = 0; i < DEADLINE_FURTHER && deadline->further[i] != 0; i++)
			json_write_integer(w, deadline->further[i]);
		json_write_end(w);
	}
	write_date(w, "date", deadline->has_date, deadline->date);
	write_date(w, "last", deadline->has_last, deadline->last);
	if (deadline->count > 0) {
		write_number(w, "count", (size_t)deadline->count);
		write_text(w, "unit", deadline_unit_name(deadline->unit));
	}
	if (deadline->event.len > 0)
		write_slice(w, "event", deadline->event);
	json_write_end(w);
}

static void write_clause(struct json_writer *w, const struct clause *clause)
{
	json_write_object(w);
	write_number(w, "n", (size_t)clause->n);
	write_span(w, clause->where);
	write_slice(w, "text", clause->text);
	write_slice(w, "verb", clause->verb);
	write_slice(w, "lemma", clause->lemma);
	write_text(w, "class", clause->class);
	write_text(w, "force", clause->force);
	write_text(w, "kind", clause->kind);
	json_write_key(w, "addressees");
	json_write_array(w);
	for (size_t i = 0; i < clause->addressee_count; i++)
		write_addressee(w, &clause->addressees[i]);
	json_write_end(w);
	write_slice(w, "action", clause->action);
	json_write_key(w, "conditions");
	json_write_array(w);
	for (size_t i = 0; i < clause->condition_count; i++)
		json_write_slice(w, clause->conditions[i]);
	json_write_end(w);
	write_deadline(w, clause->deadline);
	write_slice_or_null(w, "vehicle", clause->vehicle);
	json_write_key(w, "obligation");
	json_write_boolean(w, clause->obligation);
	json_write_key(w, "confidence");
	json_write_fraction(w, clause->confidence);
	if (clause->confidence < 0.9 && clause->reason.len > 0)
		write_slice(w, "reason", clause->reason);
	json_write_end(w);
}

static void write_paragraph(struct json_writer *w, const struct paragraph *paragraph)
{
	json_write_object(w);
	write_text(w, "part", part_name(paragraph->part));
	write_slice_or_null(w, "label", paragraph->label);
	write_slice_or_null(w, "section", paragraph->section);
	write_text(w, "speaker", paragraph->speaker);
	write_number(w, "depth", (size_t)paragraph->depth);
	write_number(w, "nest", (size_t)paragraph->nest);
	write_slice(w, "text", paragraph->text);
	write_span(w, paragraph->where);
	json_write_key(w, "clauses");
	json_write_array(w);
	for (size_t i = 0; i < paragraph->clause_count; i++)
		write_clause(w, &paragraph->clauses[i]);
	json_write_end(w);
	json_write_end(w);
}

static void write_head(struct json_writer *w, const struct reading *reading)
{
	write_text(w, "language", reading->language);
	json_write_key(w, "structure_only");
	json_write_boolean(w, reading->structure_only);
	write_slice_or_null(w, "symbol", reading->symbol);
	write_slice_or_null(w, "title", reading->title);
	write_text(w, "body", reading->body);
	write_slice_or_null(w, "session", reading->session);
	write_slice_or_null(w, "meeting", reading->meeting);
	json_write_key(w, "adopted_on");
	if (reading->has_adopted_on)
		json_write_date(w, reading->adopted_on);
	else
		json_write_null(w);
	/* A nested draft is proposed; the resolution that proposes it was adopted where it says when. */
	write_text(w, "state", "adopted");
	json_write_key(w, "proposes");
	if (reading->recommends_to != NULL) {
		json_write_object(w);
		write_text(w, "body", reading->recommends_to);
		json_write_end(w);
	} else {
		json_write_null(w);
	}
}

void reading_write_json(const struct reading *reading, struct buf *out)
{
	struct json_writer writer, *w = &writer;

	json_write_init(w, out);
	json_write_object(w);
	json_write_key(w, "resolution");
	json_write_object(w);
	write_head(w, reading);
	json_write_end(w);
	json_write_key(w, "paragraphs");
	json_write_array(w);
	for (size_t i = 0; i < reading->paragraph_count; i++)
		write_paragraph(w, &reading->paragraphs[i]);
	json_write_end(w);
	json_write_key(w, "citations");
	json_write_array(w);
	for (size_t i = 0; i < reading->citation_count; i++) {
		json_write_object(w);
		write_slice(w, "text", reading->citations[i].text);
		write_slice(w, "symbol", reading->citations[i].symbol);
		write_span(w, reading->citations[i].where);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_key(w, "warnings");
	json_write_array(w);
	for (size_t i = 0; i < reading->warning_count; i++) {
		json_write_object(w);
		write_span(w, reading->warnings[i].where);
		write_slice(w, "message", reading->warnings[i].message);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
}
