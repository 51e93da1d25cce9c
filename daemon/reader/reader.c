/*
 * The way of a text through normalizing, layout, structure, clauses and addressees to a reading.
 */
#include "reader/reader_own.h"

#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "reader/addressee.h"
#include "reader/citation.h"
#include "reader/clause.h"
#include "reader/deadline.h"
#include "reader/entity.h"
#include "reader/kind.h"
#include "reader/language.h"
#include "reader/layout.h"
#include "reader/lexicon.h"
#include "reader/normalize.h"
#include "reader/structure.h"

#define CONDITIONS 16 /* of one clause */
#define CONDITION_WORDS 8
#define VEHICLE_WORDS 40
#define VEHICLE_WITHIN 14  /* words */

/* Of the clauses without one. */
static const struct deadline no_deadline = { .type = DEADLINE_NONE };

/* A reading with what it stands on. */
struct whole {
	struct reading reading;
	char *source;
	struct text clean, joined; /* the paragraphs' */
};

/* What one read needs and nobody keeps. */
struct work {
	const struct lexicon *lexicon, *other; /* other: see struct structure */
	const struct entities *entities;
	struct structure structure;
	struct text clean;
	struct layout layout;
	struct words words;
	struct clause_list clauses;
	struct names names;
	struct deadline_scope scope;
	/* Of the clause at hand: where its act is named (see struct addressee_list), and the clause that
	 * says what is asked and by when: the next one where two verbs share an infinitive. */
	size_t act;
	const struct clause_head *terms;
	struct citer citer;
	const struct reader_given *given;
	bool list; /* "RESUELVE:" or "We, the ministers …," has been said: the paragraphs go on in the verb's base form */
	bool decides; /* the paragraph above ended in "Decides:" */
	struct reading *reading;
};

static void reading_warn(struct reading *reading, const char *message)
{
	size_t room = reading->warning_count;
	struct warning *warning = arena_push(reading->arena, (void **)&reading->warnings,
	    &reading->warning_count, &room, sizeof(*warning));

	*warning = (struct warning){ .message = slice_of(message) };
}

static int reader_check(struct slice text, struct error *error)
{
	size_t bad;

	if (text.len > READER_MAX)
		return error_set(error, E_TOO_BIG, "too_big", "the text has %zu bytes; %zu is the most", text.len,
		    READER_MAX);
	if (slice_trim(text).len == 0)
		return error_set(error, E_INPUT, "empty_text", "the text is empty");
	if (slice_find_byte(text, '\0') >= 0)
		return error_set(error, E_INPUT, "not_text",
		    "this is not text (a zero byte at offset %td); convert it to plain text first",
		    slice_find_byte(text, '\0'));
	if (!utf8_valid(text, &bad))
		return error_set(error, E_INPUT, "not_text", "not UTF-8 at byte %zu; convert it to UTF-8 first", bad);
	return 0;
}

/* The official name and code of who is asked, where the table of entities has them. */
static void work_entity(const struct work *work, struct addressee *addressee)
{
	const struct entity *entity = entities_find(work->entities, addressee->name);

	if (entity == NULL)
		return;
	addressee->code = arena_slice(work->reading->arena, entity->code);
	addressee->name = arena_slice(work->reading->arena, entity->name);
}

/* Most paragraphs have one clause and most clauses no condition: an array of none is NULL. */
static void *work_array(const struct work *work, size_t count, size_t size)
{
	return count > 0 ? arena_alloc(work->reading->arena, count * size) : NULL;
}

/* Words inside a known name part nothing: "Committee for Programme and Coordination". */
static void work_mark_names(struct work *work)
{
	struct words *words = &work->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t len, start = words->at[i].at;

		if (!(words->at[i].flags & WORD_CAPITAL))
			continue;
		len = entities_compound(work->entities, slice_from(words->text, start));
		for (; len > 0 && i + 1 < words->count && words->at[i + 1].at < start + len; i++)
			words->at[i + 1].flags |= WORD_NAMED;
	}
}

static const struct phrase *work_pronoun(const struct work *work, const struct addressee_list *list)
{
	const struct addressee_span *span = &list->at[0];
	const struct phrase *pronoun = list->count != 1 ? NULL :
	    lexicon_at(work->lexicon, &work->words, span->from, ROLE_BIT(ROLE_PRONOUN));

	return pronoun != NULL && span->from + pronoun->count == span->end ? pronoun : NULL;
}

/* "y los exhorta": the pronoun stands before the verb, in one phrase with it. */
static bool work_is_clitic(const struct work *work, const struct clause_head *head)
{
	for (size_t i = head->start; i < head->end; i++) {
		const struct phrase *verb = lexicon_at(work->lexicon, &work->words, i, ROLE_BIT(ROLE_THIRD));

		if (verb != NULL && verb->verb->asks)
			return verb->count > 1 && lexicon_is(work->lexicon, &work->words, i, ROLE_PRONOUN);
	}
	return false;
}

/* Whether a clause asks as many as the pronoun means: "them" is not the Secretary-General. */
static bool clause_answers(const struct clause *clause, const struct phrase *pronoun)
{
	const bool one = clause->addressee_count == 1 && clause->addressees[0].code.len > 0 && !clause->addressees[0].set;

	return clause->addressee_count > 0 && !(one && pronoun != NULL && slice_is(pronoun->value, "many"));
}

/* "… and invites them": whoever was asked last in this paragraph. */
static bool work_antecedent(const struct work *work, const struct clause_head *head,
    const struct addressee_list *list, struct clause *clause)
{
	const struct phrase *pronoun = work_pronoun(work, list);
	const struct clause *before = clause;

	if (clause->n < 2 || list->count > 1)
		return false;
	if (list->count == 1 ? pronoun == NULL : !work_is_clitic(work, head))
		return false;
	do
		before--;
	while (!clause_answers(before, pronoun) && before->n > 1);
	if (!clause_answers(before, pronoun))
		return false;
	clause->addressees = before->addressees;
	clause->addressee_count = before->addressee_count;
	return true;
}

/* "encourages and urges all parties to": a verb with nothing of its own has what the next one has. */
static size_t clause_own(const struct clause_head *heads, size_t left)
{
	size_t own = 0;

	while (own + 1 < left && heads[own].end == heads[own].stop && heads[0].verb->asks && heads[own + 1].subject_end == 0)
		own++;
	return own;
}

/* heads: of the paragraph, from this clause's own on; left: how many. */
static void work_addressees(struct work *work, const struct clause_head *heads, size_t left, struct clause *clause)
{
	const size_t own = clause_own(heads, left);
	struct clause_head head = heads[own];
	struct addressee_list list;

	head.verb = heads[0].verb;
	addressee_find(work->lexicon, &work->words, &head, own + 1 < left, &list);
	work->act = list.act;
	work->terms = &heads[own];
	clause->action = words_range(&work->words, list.action, head.stop);
	if (own + 1 < left && list.count > 0 && list.action == head.stop) {
		struct addressee_list next;

		work->terms = &heads[own + 1];
		addressee_find(work->lexicon, &work->words, work->terms, false, &next);
		clause->action = words_range(&work->words, next.action, work->terms->stop);
		work->act = next.act;
	}
	if (work_antecedent(work, &head, &list, clause))
		return;
	/* "Welcomes the efforts of Governments and invites them": nobody has been asked, but somebody acts. */
	if (clause->n > 1 && (work_pronoun(work, &list) != NULL || (list.count == 0 && work_is_clitic(work, &head)))) {
		struct addressee_list agents;

		addressee_agents(work->lexicon, &work->words, &heads[-1], &agents);
		if (agents.count > 0)
			list = agents;
	}
	clause->addressees = work_array(work, list.count, sizeof(struct addressee));
	for (size_t i = 0; i < list.count; i++) {
		const struct addressee_span *span = &list.at[i];
		struct addressee *addressee = &clause->addressees[clause->addressee_count++];

		addressee->text = words_range(&work->words, span->from, span->end);
		addressee->name = addressee_name(work->lexicon, &work->names, &work->words, span);
		addressee->restrictor = words_range(&work->words, span->restrictor, span->end);
		addressee->role = span->role;
		addressee->set = span->set != NULL;
		if (span->set != NULL)
			addressee->code = span->set->value;
		else
			work_entity(work, addressee);
		addressee->where = structure_span(&work->structure, addressee->text);
	}
}

/* The bytes from the first word of a clause to the last, with a closing bracket or quote. */
static struct slice work_range(const struct work *work, size_t from, size_t stop)
{
	struct slice text = words_range(&work->words, from, stop);

	if (from == 0)
		text = slice_range(work->words.text.at, text.at + text.len);
	if (stop >= work->words.count)
		text.len = (size_t)(work->words.text.at + work->words.text.len - text.at);
	return text;
}

/* "subject to the availability of resources": a condition does not end in a small word, nor does one that the
 * lexicon calls open. i: its first word; stop: the clause's. */
static size_t work_condition_end(const struct work *work, const struct phrase *phrase, size_t i, size_t stop)
{
	size_t end = i + phrase->count;
	const size_t most = end + CONDITION_WORDS;

	if (!lexicon_is(work->lexicon, &work->words, end - 1, ROLE_NEVER) &&
	    !lexicon_is(work->lexicon, &work->words, end - 1, ROLE_ARTICLE) && !slice_is(phrase->value, "open"))
		return end;
	while (end < stop && end < most && work->words.at[end].gap == 0 &&
	    lexicon_infinitive(work->lexicon, &work->words, end) == 0)
		end++;
	return end;
}

/* The condition that begins at word i, or NULL; *ret_end: the word behind it. */
static const struct phrase *work_condition(const struct work *work, size_t i, size_t stop, size_t *ret_end)
{
	const struct phrase *phrase = lexicon_at(work->lexicon, &work->words, i, ROLE_BIT(ROLE_CONDITION));

	/* "on the subject to the Council" is no "subject to". */
	if (phrase != NULL && !lexicon_is(work->lexicon, &work->words, i - 1, ROLE_ARTICLE)) {
		*ret_end = work_condition_end(work, phrase, i, stop);
		return phrase;
	}
	phrase = lexicon_at(work->lexicon, &work->words, i, ROLE_BIT(ROLE_WEAK));
	if (phrase == NULL)
		return NULL;
	*ret_end = i + phrase->count;
	return *ret_end < stop && lexicon_is_verbal(work->lexicon, word_text(&work->words, *ret_end)) ? phrase : NULL;
}

/* "in his report on the work of the Office", up to a mark or an infinitive. i: its first word. */
static struct slice work_vehicle(const struct work *work, const struct phrase *phrase, size_t i, size_t stop)
{
	size_t end = i + phrase->count;

	while (end < stop && work->words.at[end].gap == 0 && end < i + VEHICLE_WORDS &&
	    lexicon_infinitive(work->lexicon, &work->words, end) == 0)
		end++;
	return words_range(&work->words, i + 1, end);
}

static void work_conditions(struct work *work, const struct clause_head *head, struct clause *clause)
{
	struct slice found[CONDITIONS];
	const size_t stop = work->terms->stop;
	const uint64_t begins = ROLE_BIT(ROLE_CONDITION) | ROLE_BIT(ROLE_WEAK) | ROLE_BIT(ROLE_VEHICLE);
	size_t count = 0, i = head->end, end;

	while (i < stop) {
		const struct phrase *phrase;

		if ((lexicon_roles(&work->words, i) & begins) == 0) {
			i++;
			continue;
		}
		phrase = work_condition(work, i, stop, &end);

		if (phrase != NULL && count < CONDITIONS)
			found[count++] = words_range(&work->words, i, end);
		else if (phrase == NULL && (phrase = lexicon_at(work->lexicon, &work->words, i, ROLE_BIT(ROLE_VEHICLE))) != NULL &&
		    clause->vehicle.len == 0)
			clause->vehicle = work_vehicle(work, phrase, i, stop);
		i += phrase != NULL ? phrase->count : 1;
	}
	clause->conditions = work_array(work, count, sizeof(*found));
	if (count > 0)
		memcpy(clause->conditions, found, count * sizeof(*found));
	clause->condition_count = (uint8_t)count;
}

static bool clause_is_obligation(const struct clause *clause, const struct verb *verb)
{
	if (strcmp(clause->force, "none") == 0)
		return false;
	return strcmp(clause->class, "directive") == 0 || verb->self || strcmp(verb->class, "deciding") != 0;
}

/* Who speaks, in which session: the number before the slash, but for bodies that count by years. */
static void work_scope(struct work *work, const char *speaker)
{
	const struct reading *reading = work->reading;
	struct slice rest = reading->symbol;
	struct civil civil = date_to_civil(reading->adopted_on);
	uint64_t number = 0;
	ptrdiff_t slash;

	if (speaker == NULL || speaker[0] == '\0')
		speaker = reading->body;
	work->scope = (struct deadline_scope){.speaker = speaker ? speaker : "",
	    .has_adopted_on = reading->has_adopted_on, .adopted_on = reading->adopted_on,
	    .names = &work->names, .entities = work->entities};
	if (strcmp(work->scope.speaker, "GA") == 0 && reading->has_adopted_on)
		work->scope.session = civil.year - 1945 - (civil.month < 9);
	else if (reading->body != NULL && strcmp(work->scope.speaker, reading->body) == 0) {
		while ((slash = slice_find(rest, SLICE("RES/"))) >= 0)
			rest = slice_from(rest, (size_t)slash + 4);
		if (slice_take_number(&rest, 199, &number) && slice_take_byte(&rest, '/'))
			work->scope.session = (int)number;
	}
}

/* "to include in his next report": the vehicle stands close to the act, and no other act comes first. */
static bool work_is_vehicle_of_act(const struct work *work, const struct clause *clause)
{
	const size_t most = work->act + VEHICLE_WITHIN, stop = most < work->terms->stop ? most : work->terms->stop;

	if (clause->vehicle.len == 0)
		return false;
	for (size_t i = work->act; i < stop; i++) {
		if (word_text(&work->words, i).at >= clause->vehicle.at)
			return true;
		if (i > work->act && lexicon_infinitive(work->lexicon, &work->words, i) > 0)
			return false;
	}
	return false;
}

static bool clause_is_of_kind(const struct clause *clause, const char *kind)
{
	return strcmp(clause->kind, kind) == 0;
}

/* To consider something at a session is to have it on the agenda. */
static void work_kind(const struct work *work, struct clause *clause)
{
	const size_t stop = work->terms->stop;
	size_t due = work->act;

	if (clause->deadline->type != DEADLINE_NONE && clause->deadline->type != DEADLINE_SOFT)
		while (due < stop && word_text(&work->words, due).at < clause->deadline->text.at)
			due++;
	clause->kind = kind_find(work->lexicon, &work->words, work->act, stop, due);
	if ((clause_is_of_kind(clause, "other") || clause_is_of_kind(clause, "consideration")) && work_is_vehicle_of_act(work, clause))
		clause->kind = "reporting";
	if (clause_is_of_kind(clause, "consideration"))
		clause->kind = clause->deadline->type == DEADLINE_SESSION || strcmp(clause->force, "decision") == 0 ? "agenda" : "other";
}

/* Where the restrictor that text stands in ends ("organizations that will have done so by 2020"); NULL: in none. */
static const char *work_restrictor_end(const struct clause *clause, struct slice text)
{
	for (size_t i = 0; i < clause->addressee_count; i++) {
		const struct slice *restrictor = &clause->addressees[i].restrictor;

		if (restrictor->len > 0 && text.at >= restrictor->at && text.at < restrictor->at + restrictor->len)
			return restrictor->at + restrictor->len;
	}
	return NULL;
}

static const struct deadline *work_deadline(const struct work *work, const struct clause *clause)
{
	size_t from = work->terms->end;
	struct deadline found, *deadline;
	const char *behind;

	for (;;) {
		found = deadline_find(work->lexicon, &work->words, from, work->terms->stop, &work->scope, work->reading->arena);
		behind = found.type != DEADLINE_NONE ? work_restrictor_end(clause, found.text) : NULL;
		if (behind == NULL)
			break;
		while (from < work->terms->stop && word_text(&work->words, from).at < behind)
			from++;
	}
	if (found.type == DEADLINE_NONE)
		return &no_deadline;
	found.where = structure_span(&work->structure, found.text);
	deadline = arena_alloc(work->reading->arena, sizeof(*deadline));
	*deadline = found;
	return deadline;
}

/* What kind of thing is asked, and by when. */
static void work_terms(const struct work *work, struct clause *clause)
{
	clause->deadline = &no_deadline;
	/* "Recalls the decision taken at its sixtieth session" sets no term. */
	if (!clause->obligation)
		return;
	clause->deadline = work_deadline(work, clause);
	work_kind(work, clause);
}

static void work_clause(struct work *work, const struct clause_head *heads, size_t left, struct clause *clause)
{
	const struct clause_head *head = &heads[0];
	size_t end = head->end + (head->directive != NULL ? head->directive->count : 0);

	clause->text = work_range(work, head->start, head->stop);
	clause->where = structure_span(&work->structure, clause->text);
	clause->verb = words_range(&work->words, head->start, end);
	clause->lemma = head->verb->lemma;
	clause->class = head->verb->class;
	clause->force = head->verb->force;
	if (head->directive != NULL)
		for (const char *const *force = (const char *const[]){ "binding", "request", "decision", "urging",
		         "encouragement", NULL }; *force != NULL; force++)
			if (slice_is(head->directive->value, *force))
				clause->force = *force;
	/* "Renews its call": nothing is renewed but the call. */
	if (head->directive != NULL && strcmp(clause->class, "deciding") == 0 && strcmp(clause->force, "decision") != 0)
		clause->class = "reinforcing";
	clause->confidence = head->confidence;
	clause->reason = slice_of(head->reason);
	work_addressees(work, heads, left, clause);
	work_conditions(work, head, clause);
	clause->obligation = clause_is_obligation(clause, head->verb);
	if (clause->obligation && head->verb->asks && clause->addressee_count == 0) {
		clause->confidence = clause->confidence > 0.75 ? 0.75 : clause->confidence;
		clause->reason = SLICE("nobody is named who is asked");
	}
	work_terms(work, clause);
}

/* "RESUELVE:", a line of its own: a list of what is resolved follows. */
static bool work_is_list(const struct work *work, const struct paragraph *paragraph)
{
	return paragraph->number.len == 0 && work->words.count > 0 && work->words.count < 3 &&
	    (work->words.gap_end & GAP_COLON) && lexicon_is(work->lexicon, &work->words, 0, ROLE_THIRD);
}

/* "Decides:", and the organ's acts below: a request among them is its own. */
static bool work_decides(const struct work *work)
{
	const struct clause_list *clauses = &work->clauses;

	return clauses->count > 0 && clauses->at[clauses->count - 1].verb->self && !clauses->at[clauses->count - 1].verb->asks &&
	    (work->words.gap_end & GAP_COLON);
}

static void work_paragraph(struct work *work, struct paragraph *paragraph)
{
	enum clause_place place;

	lexicon_words(work->lexicon, paragraph->text, &work->words);
	work_mark_names(work);
	names_learn(&work->names, work->lexicon, &work->words);
	citation_find(&work->citer, &work->words, (size_t)(paragraph - work->reading->paragraphs));
	if (paragraph->part == PART_OPENER)
		work->list = lexicon_is(work->lexicon, &work->words, 0, ROLE_SUBJECT);
	if (paragraph->part != PART_OPERATIVE || work->reading->structure_only)
		return;
	place = work->list ? CLAUSE_LIST : paragraph->depth == 0 ? CLAUSE_FULL : work->decides ? CLAUSE_DECIDED : CLAUSE_SUB;
	clause_find(work->lexicon, &work->words, place, &work->clauses);
	if (paragraph->depth == 0)
		work->decides = work_decides(work);
	work->list |= work_is_list(work, paragraph);
	paragraph->clauses = work_array(work, work->clauses.count, sizeof(struct clause));
	paragraph->clause_count = (uint32_t)work->clauses.count;
	work_scope(work, paragraph->speaker);
	for (size_t i = 0; i < work->clauses.count; i++) {
		paragraph->clauses[i].n = (int)i + 1;
		work_clause(work, &work->clauses.at[i], work->clauses.count - i, &paragraph->clauses[i]);
	}
}

static size_t work_operative(const struct reading *reading)
{
	size_t count = 0;

	for (size_t i = 0; i < reading->paragraph_count; i++)
		count += reading->paragraphs[i].part == PART_OPERATIVE;
	return count;
}

/* What is known of the text stands; the body that a symbol is one of, where nothing else names it. */
static void work_given(struct work *work)
{
	const struct reader_given *given = work->given;
	struct reading *reading = work->reading;
	struct arena *arena = reading->arena;

	if (given->symbol != NULL)
		reading->symbol = arena_slice(arena, slice_of(given->symbol));
	if (given->title != NULL)
		reading->title = arena_slice(arena, slice_of(given->title));
	if (given->body != NULL)
		reading->body = arena_text(arena, slice_of(given->body));
	else if (reading->body == NULL)
		reading->body = masthead_symbol_body(reading->symbol);
	if (given->has_adopted_on) {
		reading->has_adopted_on = true;
		reading->adopted_on = given->adopted_on;
	}
}

static int work_read(struct work *work, struct error *error)
{
	struct reading *reading = work->reading;

	normalize(reading->source, &work->clean);
	layout_read(work->lexicon, (struct slice){ work->clean.at, work->clean.len }, &work->layout);
	work->structure = (struct structure){ .lexicon = work->lexicon, .clean = &work->clean,
		.layout = &work->layout, .reading = reading, .other = work->other,
		.lenient = reading->structure_only };
	structure_read(&work->structure);
	if (work_operative(reading) == 0 && !work->structure.lenient) {
		/* Excerpts have no opener, and a list of requests may stand alone. */
		work->structure.lenient = true;
		structure_read(&work->structure);
	}
	layout_drop_blocks(&work->layout);
	work_given(work);
	work->citer = (struct citer){ .structure = &work->structure, .warning_room = reading->warning_count };
	for (size_t i = 0; i < reading->paragraph_count; i++)
		work_paragraph(work, &reading->paragraphs[i]);
	if (reading->body == NULL)
		reading->body = "";
	if (work_operative(reading) == 0)
		return error_set(error, E_INPUT, "no_operative_paragraph",
		    "no operative paragraph was found; is this the text of a resolution?%s",
		    reading->language[0] == '\0' ? " Its language is not known; if it is English, French or Spanish, say so with --language en, fr or es" : "");
	return 0;
}

static void work_release(struct work *work)
{
	text_release(&work->clean);
	layout_release(&work->layout);
	words_release(&work->words);
	clause_list_release(&work->clauses);
}

/* The text without its way back. */
static struct text text_keep(struct text *text)
{
	struct text kept = { .at = text->at, .len = text->len, .room = text->room };

	text->at = NULL;
	text_release(text);
	return kept;
}

/* Chooses the lexicon, and says what cannot be read. */
static int reader_choose(const struct reader *reader, struct slice text, struct work *work, struct error *error)
{
	struct language language;
	int code = language_tell(reader->lexicons, reader->lexicon_count, text, work->given->language, &language, error);

	if (code != 0)
		return code;
	work->lexicon = language.lexicon;
	work->other = language.structure_only ? NULL : language.other;
	work->reading->language = language.code;
	work->reading->structure_only = language.structure_only;
	if (language.code[0] == '\0')
		reading_warn(work->reading, "the language of this text is not known: read in structure only, and nothing in it is taken for a request; "
		    "if it is English, French or Spanish, say so with --language en, fr or es");
	else if (language.structure_only)
		reading_warn(work->reading, "the verbs of this language are not known yet: read in structure only");
	return 0;
}

int reader_read_given(const struct reader *reader, struct slice text, const struct reader_given *given, struct reading **ret,
    struct error *error)
{
	struct whole *whole;
	struct work work = { .given = given };
	int code = reader_check(text, error);

	if (code < 0)
		return code;
	whole = xcalloc(1, sizeof(*whole));
	whole->source = xmalloc(text.len + 1);
	memcpy(whole->source, text.at, text.len);
	whole->reading.arena = arena_new();
	whole->reading.source = (struct slice){ whole->source, text.len };
	work.reading = &whole->reading;
	work.entities = reader->entities;
	code = reader_choose(reader, text, &work, error);
	if (code == 0)
		code = work_read(&work, error);
	/* The paragraphs' text stays with the reading; its way back is no longer needed. */
	whole->clean = text_keep(&work.clean);
	whole->joined = text_keep(&work.layout.text);
	work_release(&work);
	if (code < 0) {
		reading_free(&whole->reading);
		return code;
	}
	*ret = &whole->reading;
	return 0;
}

int reader_read(const struct reader *reader, struct slice text, struct reading **ret, struct error *error)
{
	return reader_read_given(reader, text, &(struct reader_given){ .language = NULL }, ret, error);
}

size_t reading_size(const struct reading *reading)
{
	const struct whole *whole = (const struct whole *)reading;

	return sizeof *whole + reading->source.len + 1 + whole->clean.room + whole->joined.room + arena_size(reading->arena);
}

void reading_free(struct reading *reading)
{
	struct whole *whole = (struct whole *)reading;

	if (reading == NULL)
		return;
	arena_free(reading->arena);
	text_release(&whole->clean);
	text_release(&whole->joined);
	free(whole->source);
	free(whole);
}
