#include "field.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "phrase.h"

const char *const field_group_names[GROUP_COUNT] = {"", "What is asked", "Status", "When", "Who follows it", "Record"};

const struct field_row field_table[FIELD_COUNT] = {
    [FIELD_REFERENCE] = {"reference", "Reference", "reference", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_FORMER] = {"former_references", "Formerly", "former_references", SHAPE_LIST, GROUP_RECORD},
    [FIELD_SYMBOL] = {"resolution", "Resolution", "resolution.symbol", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_TITLE] = {"resolution_title", "Title", "resolution.title", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_BODY] = {"body", "Body", "resolution.body", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_STATE] = {"resolution_state", "State", "resolution.state", SHAPE_WORD, GROUP_HEADING},
    [FIELD_ADOPTED] = {"adopted_on", "Adopted", "resolution.adopted_on", SHAPE_DATE, GROUP_HEADING},
    [FIELD_LINEAGE] = {"lineage", "Lineage", "lineage", SHAPE_LINEAGE, GROUP_HEADING},
    [FIELD_PARAGRAPH] = {"paragraph", "Paragraph", "paragraph", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_TEXT] = {"text", "Text", "text", SHAPE_TEXT, GROUP_HEADING},
    [FIELD_ADDRESSEES] = {"addressees", "Asked of", "addressees", SHAPE_ADDRESSEES, GROUP_ASKED},
    [FIELD_ACTION] = {"action", "Action", "action", SHAPE_TEXT, GROUP_ASKED},
    [FIELD_CONDITIONS] = {"conditions", "Conditions", "conditions", SHAPE_LIST, GROUP_ASKED},
    [FIELD_VEHICLE] = {"vehicle", "Vehicle", "vehicle", SHAPE_TEXT, GROUP_ASKED},
    [FIELD_SPEAKER] = {"speaker", "Speaker", "speaker", SHAPE_TEXT, GROUP_ASKED},
    [FIELD_CLAUSE] = {"clause", "Clause", "clause", SHAPE_TEXT, GROUP_ASKED},
    [FIELD_VERB] = {"verb", "Verb", "verb", SHAPE_TEXT, GROUP_ASKED},
    [FIELD_CLASS] = {"class", "Class", "class", SHAPE_WORD, GROUP_ASKED},
    [FIELD_FORCE] = {"force", "Force", "force", SHAPE_WORD, GROUP_ASKED},
    [FIELD_KIND] = {"kind", "Kind", "kind", SHAPE_WORD, GROUP_ASKED},
    [FIELD_STATUS] = {"status", "Status", "status", SHAPE_WORD, GROUP_STATUS},
    [FIELD_SINCE] = {"status_since", "Since", "status_since", SHAPE_DATE, GROUP_STATUS},
    [FIELD_TIMELINESS] = {"timeliness", "Timeliness", "timeliness", SHAPE_WORD, GROUP_STATUS},
    [FIELD_DAYS] = {"days_left", "Days left", "days", SHAPE_TEXT, GROUP_STATUS},
    [FIELD_CLEARANCE] = {"clearance", "Clearance", "clearance", SHAPE_WORD, GROUP_STATUS},
    [FIELD_LIVE] = {"live", "In force", "live", SHAPE_TEXT, GROUP_STATUS},
    [FIELD_LAST_ON] = {"last_action_on", "Last action", "last_update.effective_on", SHAPE_DATE, GROUP_STATUS},
    [FIELD_LAST_KIND] = {"last_action", "Its nature", "last_update.kind", SHAPE_WORD, GROUP_STATUS},
    [FIELD_LAST_BY] = {"last_action_by", "Recorded by", "last_update.officer", SHAPE_PERSON, GROUP_STATUS},
    [FIELD_LAST_NOTE] = {"note", "Note", "last_update.note", SHAPE_TEXT, GROUP_STATUS},
    [FIELD_EVIDENCE] = {"evidence", "Evidence", "last_update.evidence", SHAPE_LIST, GROUP_STATUS},
    [FIELD_NEXT] = {"next_milestone", "Next milestone", "milestones", SHAPE_NEXT, GROUP_WHEN},
    [FIELD_DEADLINE] = {"deadline", "Deadline in the text", "deadline", SHAPE_DEADLINE, GROUP_WHEN},
    [FIELD_DUE_ON] = {"due_on", "Planning date", "due_on", SHAPE_DATE, GROUP_WHEN},
    [FIELD_DUE_END] = {"due_end", "Customary end", "due_end", SHAPE_DATE, GROUP_WHEN},
    [FIELD_LEGAL_END] = {"legal_end", "Legal end", "legal_end", SHAPE_DATE, GROUP_WHEN},
    [FIELD_DUE_WHY] = {"due_why", "How the date was found", "due_why", SHAPE_TEXT, GROUP_WHEN},
    [FIELD_OVERRIDE] = {"due_override", "Override", "due_override", SHAPE_TEXT, GROUP_WHEN},
    [FIELD_REVIEW] = {"review_on", "To be reviewed", "review_on", SHAPE_DATE, GROUP_WHEN},
    [FIELD_MILESTONES] = {"milestones", "Milestones", "milestones", SHAPE_MILESTONES, GROUP_WHEN},
    [FIELD_OWNER] = {"owner", "Owner", "owner", SHAPE_PERSON, GROUP_WHO},
    [FIELD_ALTERNATE] = {"alternate", "Alternate", "alternate", SHAPE_PERSON, GROUP_WHO},
    [FIELD_UNIT] = {"unit", "Unit", "unit", SHAPE_TEXT, GROUP_WHO},
    [FIELD_UPDATES] = {"updates", "Updates", "updates", SHAPE_TEXT, GROUP_RECORD},
    [FIELD_VERSION] = {"version", "Version", "version", SHAPE_TEXT, GROUP_RECORD},
    [FIELD_RECORDED] = {"last_recorded_at", "Last recorded", "last_update.recorded_at", SHAPE_TIME, GROUP_RECORD},
    [FIELD_HASH] = {"last_hash", "Hash", "last_update.hash", SHAPE_TEXT, GROUP_RECORD},
    [FIELD_PREVIOUS] = {"previous_hash", "Hash before it", "last_update.previous_hash", SHAPE_TEXT, GROUP_RECORD},
    [FIELD_CONFIDENCE] = {"confidence", "Confidence of the reading", "confidence", SHAPE_TEXT, GROUP_RECORD},
    [FIELD_AS_OF] = {"as_of", "As of", "as_of", SHAPE_DATE, GROUP_RECORD},
};

static const json_t *field_at(const json_t *object, const char *path)
{
	const char *dot = strchr(path, '.');

	if (dot == NULL)
		return json_object_get(object, path);
	return json_object_get(json_object_getn(object, path, (size_t)(dot - path)), dot + 1);
}

static const char *field_scalar(struct arena *arena, const json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return arena_printf(arena, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return arena_printf(arena, "%.2f", json_real_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? "yes" : "no";
	return "";
}

static const char *field_person(struct arena *arena, const json_t *person)
{
	const char *name = json_text_of(person, "name"), *login = json_text_of(person, "login");

	if (*name == '\0' || strcmp(name, login) == 0)
		return login;
	return *login == '\0' ? name : arena_printf(arena, "%s (%s)", name, login);
}

static const char *field_addressee(struct arena *arena, const json_t *who)
{
	const char *text = json_text_of(who, "text"), *name = json_text_of(who, "name");
	const char *code = json_text_of(who, "code"), *role = json_text_of(who, "role");
	struct buf buf;
	const char *ret;

	buf_init(&buf, BUF_MAX_LINE);
	buf_append_text(&buf, *text ? text : name);
	if (*name != '\0' && *text != '\0' && slice_find_nocase(slice_of(text), slice_of(name)) < 0)
		buf_printf(&buf, " = %s", name);
	if (*code != '\0')
		buf_printf(&buf, " [%s]", code);
	if (*role != '\0' && strcmp(role, "lead") != 0)
		buf_printf(&buf, ", %s", role);
	ret = arena_text(arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

static const char *field_milestone(struct arena *arena, const json_t *stone)
{
	const char *done = json_text_of(stone, "done_on"), *why = json_text_of(stone, "why");

	return arena_printf(arena, "%s: %s%s%s%s%s", json_text_of(stone, "name"),
	    phrase_date(arena, json_text_of(stone, "on")), *done ? ", done " : "", *done ? phrase_date(arena, done) : "",
	    *why ? " – " : "", why);
}

/* The first that is neither done nor past; where all are past, the last that is not done. */
static const char *field_next(struct arena *arena, const json_t *stones, const json_t *obligation)
{
	const char *as_of = json_text_of(obligation, "as_of"), *ret = "";
	const json_t *stone;
	size_t i;

	if (phrase_status_is_done(json_text_of(obligation, "status")))
		return "";
	json_array_foreach(stones, i, stone) {
		const char *on = json_text_of(stone, "on");

		if (*on == '\0' || *json_text_of(stone, "done_on") != '\0')
			continue;
		ret = arena_printf(arena, "%s: %s%s", json_text_of(stone, "name"), phrase_date(arena, on),
		    strcmp(on, as_of) < 0 ? " (past)" : "");
		if (strcmp(on, as_of) >= 0)
			break;
	}
	return ret;
}

static const char *field_ancestor(struct arena *arena, const json_t *from)
{
	const char *relation = json_text_of(from, "relation"), *on = json_text_of(from, "adopted_on");
	const char *body = json_text_of(from, "body"), *state = json_text_of(from, "state");

	return arena_printf(arena, "%s%s%s%s%s%s%s%s%s%s", relation, *relation ? " " : "", json_text_of(from, "symbol"),
	    *body ? " (" : "", body, *body ? ")" : "", *state ? ", " : "", phrase_word(arena, state), *on ? " " : "",
	    *on ? phrase_date(arena, on) : "");
}

/* One piece of a list, by its shape. */
static const char *field_piece(struct arena *arena, const json_t *piece, enum field_shape shape)
{
	switch (shape) {
	case SHAPE_ADDRESSEES:
		return field_addressee(arena, piece);
	case SHAPE_MILESTONES:
		return field_milestone(arena, piece);
	case SHAPE_LINEAGE:
		return field_ancestor(arena, piece);
	default:
		return field_scalar(arena, piece);
	}
}

static const char *field_joined(struct arena *arena, const json_t *list, enum field_shape shape)
{
	struct buf buf;
	const json_t *piece;
	const char *ret;
	size_t i;

	buf_init(&buf, BUF_MAX_BODY);
	json_array_foreach(list, i, piece)
		buf_printf(&buf, "%s%s", i > 0 ? "; " : "", field_piece(arena, piece, shape));
	ret = arena_text(arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

const char *field_lineage(struct arena *arena, const json_t *lineage)
{
	return field_joined(arena, lineage, SHAPE_LINEAGE);
}

static const char *field_deadline(struct arena *arena, const json_t *deadline)
{
	const char *text = json_text_of(deadline, "text"), *type = json_text_of(deadline, "type");

	if (*text == '\0')
		return type;
	return *type == '\0' ? text : arena_printf(arena, "%s (%s)", text, type);
}

const char *field_value(struct arena *arena, const json_t *obligation, enum field field)
{
	const json_t *value = field_at(obligation, field_table[field].path);
	enum field_shape shape = field_table[field].shape;

	if (value == NULL || json_is_null(value))
		return "";
	switch (shape) {
	case SHAPE_TEXT:
	case SHAPE_WORD:
	case SHAPE_DATE:
	case SHAPE_TIME:
		return field_scalar(arena, value);
	case SHAPE_PERSON:
		return field_person(arena, value);
	case SHAPE_DEADLINE:
		return field_deadline(arena, value);
	case SHAPE_NEXT:
		return field_next(arena, value, obligation);
	case SHAPE_LIST:
	case SHAPE_ADDRESSEES:
	case SHAPE_MILESTONES:
	case SHAPE_LINEAGE:
		return field_joined(arena, value, shape);
	}
	return "";
}

const char *field_prose(struct arena *arena, enum field field, const char *value)
{
	switch (field_table[field].shape) {
	case SHAPE_WORD:
		return phrase_word(arena, value);
	case SHAPE_DATE:
		return phrase_date(arena, value);
	default:
		return value;
	}
}
