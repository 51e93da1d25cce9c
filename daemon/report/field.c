#include "field.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "phrase.h"

static const char *const field_group_names[GROUP_COUNT] = {"", SAY("What is asked"), SAY("Status"), SAY("When"),
    SAY("Who follows it"), SAY("Record")};

/* In the order of the groups; within one as a reader wants them. */
static const struct field_row fields[] = {
    {"reference", SAY("Reference"), SHAPE_TEXT, GROUP_HEADING, 18},
    {"resolution", SAY("Resolution"), SHAPE_TEXT, GROUP_HEADING, 16},
    {"resolution_title", SAY("Title"), SHAPE_TEXT, GROUP_HEADING, 0},
    {"body", SAY("Body"), SHAPE_TEXT, GROUP_HEADING, 8},
    {"resolution_state", SAY("State of the resolution"), SHAPE_WORD, GROUP_HEADING, 10},
    {"adopted_on", SAY("Adopted"), SHAPE_DATE, GROUP_HEADING, 12},
    {"lineage", SAY("Lineage"), SHAPE_LINEAGE, GROUP_HEADING, 0},
    {"paragraph", SAY("Paragraph"), SHAPE_TEXT, GROUP_HEADING, 9},
    {"text", SAY("Text"), SHAPE_TEXT, GROUP_HEADING, 0},
    {"addressee", SAY("Asked of"), SHAPE_TEXT, GROUP_HEADING, 0},
    {"age", SAY("Overdue for"), SHAPE_WORD, GROUP_HEADING, 14},
    {"due_month", SAY("Month"), SHAPE_MONTH, GROUP_HEADING, 14},

    {"addressees", SAY("Asked of"), SHAPE_ADDRESSEES, GROUP_ASKED, 0},
    {"action", SAY("Action"), SHAPE_TEXT, GROUP_ASKED, 0},
    {"conditions", SAY("Conditions"), SHAPE_LIST, GROUP_ASKED, 0},
    {"vehicle", SAY("Vehicle"), SHAPE_TEXT, GROUP_ASKED, 0},
    {"speaker", SAY("Speaker"), SHAPE_TEXT, GROUP_ASKED, 8},
    {"clause", SAY("Clause"), SHAPE_NUMBER, GROUP_ASKED, 6},
    {"verb", SAY("Verb"), SHAPE_TEXT, GROUP_ASKED, 12},
    {"class", SAY("Class"), SHAPE_WORD, GROUP_ASKED, 12},
    {"force", SAY("Force"), SHAPE_WORD, GROUP_ASKED, 13},
    {"kind", SAY("Kind"), SHAPE_WORD, GROUP_ASKED, 13},
    {"treaty", SAY("Treaty"), SHAPE_TEXT, GROUP_ASKED, 0},
    {"fund", SAY("Fund"), SHAPE_TEXT, GROUP_ASKED, 0},

    {"status", SAY("Status"), SHAPE_WORD, GROUP_STATUS, 14},
    {"status_since", SAY("Since"), SHAPE_DATE, GROUP_STATUS, 17},
    {"timeliness", SAY("Timeliness"), SHAPE_WORD, GROUP_STATUS, 10},
    {"days_left", SAY("Days left"), SHAPE_NUMBER, GROUP_STATUS, 9},
    {"days_overdue", SAY("Days overdue"), SHAPE_NUMBER, GROUP_STATUS, 12},
    {"clearance", SAY("Clearance"), SHAPE_WORD, GROUP_STATUS, 10},
    {"live", SAY("In force"), SHAPE_FLAG, GROUP_STATUS, 8},
    {"last_action_on", SAY("Last action"), SHAPE_DATE, GROUP_STATUS, 17},
    {"last_action", SAY("Nature of the last action"), SHAPE_WORD, GROUP_STATUS, 10},
    {"last_action_by", SAY("Recorded by"), SHAPE_PERSON, GROUP_STATUS, 0},
    {"note", SAY("Note"), SHAPE_TEXT, GROUP_STATUS, 0},
    {"evidence", SAY("Evidence"), SHAPE_LIST, GROUP_STATUS, 0},
    {"document", SAY("Document"), SHAPE_TEXT, GROUP_STATUS, 14},
    {"late_reason", SAY("Reason for lateness"), SHAPE_TEXT, GROUP_STATUS, 0},

    {"next_milestone", SAY("Next milestone"), SHAPE_NEXT, GROUP_WHEN, 0},
    {"deadline", SAY("Deadline in the text"), SHAPE_DEADLINE, GROUP_WHEN, 0},
    {"due_on", SAY("Planning date"), SHAPE_DATE, GROUP_WHEN, 17},
    {"due_end", SAY("Customary end"), SHAPE_DATE, GROUP_WHEN, 17},
    {"legal_end", SAY("Legal end"), SHAPE_DATE, GROUP_WHEN, 17},
    {"due_why", SAY("How the date was found"), SHAPE_TEXT, GROUP_WHEN, 0},
    {"due_override", SAY("Override"), SHAPE_TEXT, GROUP_WHEN, 0},
    {"review_on", SAY("To be reviewed"), SHAPE_DATE, GROUP_WHEN, 17},
    {"milestones", SAY("Milestones"), SHAPE_MILESTONES, GROUP_WHEN, 0},

    {"owner", SAY("Owner"), SHAPE_PERSON, GROUP_WHO, 18},
    {"alternate", SAY("Alternate"), SHAPE_PERSON, GROUP_WHO, 18},
    {"team", SAY("Team"), SHAPE_LIST, GROUP_WHO, 0},
    {"unit", SAY("Unit"), SHAPE_TEXT, GROUP_WHO, 10},

    {"former_references", SAY("Formerly"), SHAPE_LIST, GROUP_RECORD, 0},
    {"updates", SAY("Updates"), SHAPE_NUMBER, GROUP_RECORD, 7},
    {"last_recorded_at", SAY("Last recorded"), SHAPE_TIME, GROUP_RECORD, 27},
    {"last_hash", SAY("Hash"), SHAPE_TEXT, GROUP_RECORD, 64},
    {"previous_hash", SAY("Hash before it"), SHAPE_TEXT, GROUP_RECORD, 64},
    {"confidence", SAY("Confidence of the reading"), SHAPE_NUMBER, GROUP_RECORD, 10},

    /* Slots. */
    {"slot_on", SAY("Slot"), SHAPE_DATE, GROUP_WHEN, 17},
    {"slot_done_on", SAY("Submitted"), SHAPE_DATE, GROUP_WHEN, 17},
    {"slot_result", SAY("Compliance"), SHAPE_WORD, GROUP_STATUS, 11},
    {"slot_days", SAY("Days late"), SHAPE_NUMBER, GROUP_STATUS, 9},
    {"slots", SAY("Slots"), SHAPE_NUMBER, GROUP_STATUS, 7},
    {"slots_due", SAY("Due so far"), SHAPE_NUMBER, GROUP_STATUS, 10},
    {"slots_on_time", SAY("On time"), SHAPE_SHARE, GROUP_STATUS, 22},
    {"slots_late", SAY("Late"), SHAPE_SHARE, GROUP_STATUS, 22},
    {"slots_outstanding", SAY("Outstanding"), SHAPE_NUMBER, GROUP_STATUS, 11},

    /* Treaties and funds. */
    {"figure", SAY("Figure"), SHAPE_WORD, GROUP_HEADING, 28},
    {"value", SAY("Value"), SHAPE_VALUE, GROUP_STATUS, 0},
    {"participant", SAY("Participant"), SHAPE_PARTY, GROUP_HEADING, 0},
    {"state_group", SAY("Group of States"), SHAPE_TEXT, GROUP_HEADING, 16},
    {"signed_on", SAY("Signed"), SHAPE_DATE, GROUP_STATUS, 17},
    {"act", SAY("Act"), SHAPE_WORD, GROUP_STATUS, 12},
    {"deposited_on", SAY("Deposited"), SHAPE_DATE, GROUP_STATUS, 17},
    {"in_force_on", SAY("In force since"), SHAPE_DATE, GROUP_STATUS, 17},
    {"in_force_why", SAY("How the date was found"), SHAPE_TEXT, GROUP_STATUS, 0},
    {"withdrew_on", SAY("Withdrew"), SHAPE_DATE, GROUP_STATUS, 17},
    {"donor", SAY("Donor"), SHAPE_PARTY, GROUP_HEADING, 0},
    {"year", SAY("Year"), SHAPE_TEXT, GROUP_HEADING, 5},
    {"pledged", SAY("Pledged"), SHAPE_AMOUNT, GROUP_STATUS, 18},
    {"received", SAY("Received"), SHAPE_AMOUNT, GROUP_STATUS, 18},
    {"outstanding", SAY("Outstanding"), SHAPE_AMOUNT, GROUP_STATUS, 18},

    /* The record. */
    {"entry", SAY("Entry"), SHAPE_NUMBER, GROUP_HEADING, 5},
    {"what", SAY("What"), SHAPE_WORD, GROUP_STATUS, 15},
    {"before", SAY("Before"), SHAPE_VALUE, GROUP_STATUS, 0},
    {"after", SAY("After"), SHAPE_VALUE, GROUP_STATUS, 0},
    {"changed_on", SAY("Took effect"), SHAPE_DATE, GROUP_WHEN, 17},
    {"recorded_at", SAY("Recorded"), SHAPE_TIME, GROUP_RECORD, 27},
    {"changes", SAY("Sets"), SHAPE_LIST, GROUP_STATUS, 0},
    {"by", SAY("By"), SHAPE_PERSON, GROUP_RECORD, 18},
    {"hash", SAY("Hash"), SHAPE_TEXT, GROUP_RECORD, 64},
    {"milestone", SAY("Milestone"), SHAPE_WORD, GROUP_HEADING, 18},
    {"planned_on", SAY("Planned"), SHAPE_DATE, GROUP_WHEN, 17},
    {"done_on", SAY("Done"), SHAPE_DATE, GROUP_WHEN, 17},
    {"why", SAY("Why"), SHAPE_TEXT, GROUP_WHEN, 0},
};
#define FIELDS (sizeof fields / sizeof *fields)

const struct field_row *field_find(struct slice name)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (slice_is(name, fields[i].name))
			return &fields[i];
	return NULL;
}

const struct field_row *field_at(size_t i)
{
	return i < FIELDS ? &fields[i] : NULL;
}

const char *field_group_name(const char *language, enum field_group group)
{
	return report_say(language, field_group_names[group]);
}

const char *field_heading(const char *language, const struct field_row *field)
{
	return report_say(language, field->heading);
}

size_t field_longest_word(const char *text)
{
	size_t longest = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");
		size_t columns = utf8_columns((struct slice){text, len});

		longest = columns > longest ? columns : longest;
		text += len + (text[len] == ' ');
	}
	return longest;
}

size_t field_heading_word(const char *language, const struct field_row *field)
{
	return field_longest_word(field_heading(language, field));
}

bool field_is_number(const struct field_row *field)
{
	return field->shape == SHAPE_NUMBER || field->shape == SHAPE_AMOUNT || field->shape == SHAPE_SHARE;
}

/* How one value is read: for a program where plain, else in a language. */
struct field_reader {
	struct arena *arena;
	const char *language;
	bool plain;
};

static const char *field_date(const struct field_reader *reader, const char *iso)
{
	return reader->plain ? iso : phrase_date(reader->arena, reader->language, iso);
}

static const char *field_word(const struct field_reader *reader, const char *word)
{
	return reader->plain ? word : phrase_word(reader->arena, reader->language, word);
}

static const char *field_scalar(const struct field_reader *reader, const json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return reader->plain ? arena_printf(reader->arena, "%lld", (long long)json_integer_value(value)) :
		    phrase_number(reader->arena, reader->language, json_integer_value(value));
	if (json_is_real(value))
		return reader->plain ? arena_printf(reader->arena, "%.2f", json_real_value(value)) :
		    phrase_decimal(reader->arena, reader->language, arena_printf(reader->arena, "%.2f", json_real_value(value)));
	if (json_is_boolean(value))
		return report_say(reader->plain ? NULL : reader->language, json_is_true(value) ? SAY("yes") : SAY("no"));
	return "";
}

static const char *field_person(struct arena *arena, const json_t *person)
{
	const char *name = json_text_of(person, "name"), *login = json_text_of(person, "login");

	if (*name == '\0' || strcmp(name, login) == 0)
		return login;
	return *login == '\0' ? name : arena_printf(arena, "%s (%s)", name, login);
}

/* {"word": …} and so on: the value says itself what it is. */
static const char *field_value(const struct field_reader *reader, const json_t *value)
{
	const json_t *inside;

	if ((inside = json_object_get(value, "word")) != NULL)
		return field_word(reader, field_scalar(reader, inside));
	if ((inside = json_object_get(value, "date")) != NULL)
		return field_date(reader, field_scalar(reader, inside));
	if ((inside = json_object_get(value, "number")) != NULL)
		return field_scalar(reader, inside);
	if ((inside = json_object_get(value, "person")) != NULL)
		return field_person(reader->arena, inside);
	return field_scalar(reader, value);
}

/* A State has a name in each language, others have one. */
static const char *field_party(const struct field_reader *reader, const json_t *party)
{
	const char *name = reader->plain || reader->language == NULL ? "" : json_text_of(party, reader->language);

	return *name == '\0' ? json_text_of(party, "name") : name;
}

static const char *field_share(const struct field_reader *reader, const json_t *share)
{
	int64_t n = json_integer_of(share, "n"), of = json_integer_of(share, "of");

	return reader->plain ? arena_printf(reader->arena, "%lld/%lld", (long long)n, (long long)of) :
	    phrase_share(reader->arena, reader->language, n, of);
}

static const char *field_amount(const struct field_reader *reader, const json_t *amount)
{
	const char *number = json_text_of(amount, "amount"), *currency = json_text_of(amount, "currency");

	return reader->plain ? arena_printf(reader->arena, "%s%s%s", number, *currency ? " " : "", currency) :
	    phrase_amount(reader->arena, reader->language, number, currency);
}

static const char *field_addressee(const struct field_reader *reader, const json_t *who)
{
	const char *text = json_text_of(who, "text"), *name = json_text_of(who, "name");
	const char *code = json_text_of(who, "code"), *role = json_text_of(who, "role");
	bool renamed = *name != '\0' && *text != '\0' && slice_find_nocase(slice_of(text), slice_of(name)) < 0;
	bool lead = *role == '\0' || strcmp(role, "lead") == 0;

	return arena_printf(reader->arena, "%s%s%s%s%s%s%s%s", *text ? text : name, renamed ? " = " : "", renamed ? name : "",
	    *code ? " [" : "", code, *code ? "]" : "", lead ? "" : ", ", lead ? "" : field_word(reader, role));
}

/* Why a step is on its day. The day that steps are counted back from is said by the first of them and referred to by the
 * others; that of the planning is the deadline's own and stands beside it. */
static const char *milestone_why(const struct field_reader *reader, const json_t *stone, const char **base)
{
	static const char before[] = " before ";
	const char *why = json_text_of(stone, "why"), *at = NULL, *found = why;

	if (reader->plain)
		return why;
	if (strcmp(json_text_of(stone, "name"), "planning") == 0)
		return "";
	while ((found = strstr(found, before)) != NULL)
		at = found++;
	if (at == NULL)
		return why;
	if (*base != NULL && strcmp(*base, at) == 0)
		return arena_printf(reader->arena, "%.*s before that day", (int)(at - why), why);
	*base = at;
	return why;
}

/* ", done 2 August 2005, late, A/60/131, 8,500 words": what is known of a step, after its day. */
static const char *field_milestone_more(const struct field_reader *reader, const json_t *stone)
{
	const char *language = reader->plain ? NULL : reader->language, *done = json_text_of(stone, "done_on");
	const char *ret = "";
	const json_t *one;
	size_t i;

	if (*done != '\0')
		ret = arena_printf(reader->arena, ", %s %s", report_say(language, SAY("done")), field_date(reader, done));
	if (json_flag_of(stone, "late") || json_flag_of(stone, "missed"))
		ret = arena_printf(reader->arena, "%s, %s", ret, field_word(reader, json_flag_of(stone, "late") ? "late" : "missed"));
	json_array_foreach(json_object_get(stone, "evidence"), i, one)
		ret = arena_printf(reader->arena, "%s, %s", ret, field_scalar(reader, one));
	if (json_integer_of(stone, "words") > 0)
		ret = arena_printf(reader->arena, "%s, %s", ret, arena_printf(reader->arena, report_say(language, SAY("%s words")),
		    field_scalar(reader, json_object_get(stone, "words"))));
	return ret;
}

static const char *field_milestone(const struct field_reader *reader, const json_t *stone, const char **base)
{
	const char *why = milestone_why(reader, stone, base);

	return arena_printf(reader->arena, "%s: %s%s%s%s", field_word(reader, json_text_of(stone, "name")),
	    field_date(reader, json_text_of(stone, "on")), field_milestone_more(reader, stone), *why ? " – " : "", why);
}

static const char *field_next(const struct field_reader *reader, const json_t *stone)
{
	const char *past = report_say(reader->plain ? NULL : reader->language, SAY("past"));

	if (!json_is_object(stone))
		return "";
	return arena_printf(reader->arena, json_flag_of(stone, "past") ? "%s: %s (%s)" : "%s: %s",
	    field_word(reader, json_text_of(stone, "name")), field_date(reader, json_text_of(stone, "on")), past);
}

static const char *field_ancestor(const struct field_reader *reader, const json_t *from)
{
	const char *relation = json_text_of(from, "relation"), *on = json_text_of(from, "adopted_on");
	const char *body = json_text_of(from, "body"), *state = json_text_of(from, "state");

	relation = report_say(reader->plain ? NULL : reader->language, relation);
	return arena_printf(reader->arena, "%s%s%s%s%s%s%s%s%s%s", relation, *relation ? " " : "", json_text_of(from, "symbol"),
	    *body ? " (" : "", body, *body ? ")" : "", *state ? ", " : "", field_word(reader, state), *on ? " " : "",
	    *on ? field_date(reader, on) : "");
}

/* One piece of a list, by its shape. *base: see milestone_why. */
static const char *field_piece(const struct field_reader *reader, const json_t *piece, enum field_shape shape, const char **base)
{
	if (shape == SHAPE_ADDRESSEES)
		return field_addressee(reader, piece);
	if (shape == SHAPE_MILESTONES)
		return field_milestone(reader, piece, base);
	if (shape == SHAPE_LINEAGE)
		return field_ancestor(reader, piece);
	return field_scalar(reader, piece);
}

static const char *field_joined(const struct field_reader *reader, const json_t *list, enum field_shape shape)
{
	struct buf buf;
	const json_t *piece;
	const char *ret, *base = NULL;
	size_t i;

	buf_init(&buf, BUF_MAX_BODY);
	json_array_foreach(list, i, piece)
		buf_printf(&buf, "%s%s", i > 0 ? "; " : "", field_piece(reader, piece, shape, &base));
	ret = arena_text(reader->arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

/* As the text has it, and what that was read as: "by the end of May (date 2005-05-31)". */
static const char *field_deadline(const struct field_reader *reader, const json_t *deadline)
{
	const char *text = json_text_of(deadline, "text"), *type = field_word(reader, json_text_of(deadline, "type"));
	const char *value = json_text_of(deadline, "value");

	if (strcmp(json_text_of(deadline, "type"), "date") == 0)
		value = field_date(reader, value);
	if (*value != '\0' && strcmp(value, text) != 0)
		type = arena_printf(reader->arena, "%s %s", type, value);
	if (*text == '\0' || *type == '\0')
		return *text ? text : type;
	return arena_printf(reader->arena, "%s (%s)", text, type);
}

static const char *field_read(const struct field_reader *reader, const struct field_row *field, const json_t *value)
{
	if (value == NULL || json_is_null(value))
		return "";
	switch (field->shape) {
	case SHAPE_TEXT:
	case SHAPE_NUMBER:
	case SHAPE_FLAG:
		return field_scalar(reader, value);
	case SHAPE_WORD:
		return field_word(reader, field_scalar(reader, value));
	case SHAPE_DATE:
		return field_date(reader, field_scalar(reader, value));
	case SHAPE_TIME:
		return reader->plain ? field_scalar(reader, value) :
		    phrase_time(reader->arena, reader->language, field_scalar(reader, value));
	case SHAPE_MONTH:
		return reader->plain ? field_scalar(reader, value) :
		    phrase_month(reader->arena, reader->language, field_scalar(reader, value));
	case SHAPE_SHARE:
		return field_share(reader, value);
	case SHAPE_VALUE:
		return field_value(reader, value);
	case SHAPE_AMOUNT:
		return field_amount(reader, value);
	case SHAPE_PERSON:
		return field_person(reader->arena, value);
	case SHAPE_PARTY:
		return field_party(reader, value);
	case SHAPE_DEADLINE:
		return field_deadline(reader, value);
	case SHAPE_NEXT:
		return field_next(reader, value);
	case SHAPE_LIST:
	case SHAPE_ADDRESSEES:
	case SHAPE_MILESTONES:
	case SHAPE_LINEAGE:
		return field_joined(reader, value, field->shape);
	}
	return "";
}

const char *field_plain(struct arena *arena, const struct field_row *field, const json_t *value)
{
	return field_read(&(struct field_reader){arena, NULL, true}, field, value);
}

const char *field_prose(struct arena *arena, const char *language, const struct field_row *field, const json_t *value)
{
	return field_read(&(struct field_reader){arena, language, false}, field, value);
}
