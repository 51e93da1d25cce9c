#include "message.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"

#define SOURCE_MOST 96 /* of a resolution's title below it */
#define TITLE_MOST 72 /* bytes of an action in a heading */

static const struct milestone {
	const char *name, *label;
} milestones[] = {
    {"forecast", "Forecast"},
    {"forecast_confirmed", "Forecast confirmation"},
    {"clearance", "Draft for clearance"},
    {"slot", "Submission"},
    {"issuance", "Issuance"},
    {"deadline", "Deadline"},
    {"review", "Review"},
};

static bool message_is_deadline(const json_t *item)
{
	return strcmp(json_text_of(item, "milestone"), "deadline") == 0;
}

/* The name of a milestone as people say it. */
static const char *message_milestone(const struct message *message, const char *name)
{
	char *label;

	for (size_t i = 0; i < sizeof milestones / sizeof *milestones; i++)
		if (strcmp(milestones[i].name, name) == 0)
			return milestones[i].label;
	label = arena_text(message->arena, slice_of(name));
	*label = (char)toupper((unsigned char)*label);
	for (char *at = label; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return label;
}

const char *message_label(const struct message *message, const json_t *item)
{
	return message_milestone(message, json_text_of(item, "milestone"));
}

const char *message_date(const struct message *message, const char *iso)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0)
		return iso;
	civil = date_to_civil(day);
	return arena_printf(message->arena, "%d %s %d", civil.day, date_month_name(civil.month), civil.year);
}

static const char *message_weekday(const char *iso)
{
	static const char *const names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
	struct day day;

	return date_parse(slice_of(iso), &day, NULL) == 0 ? names[date_weekday(day)] : "";
}

/* "10 days", "4 weeks", "5 months", "3 years": the further away, the rougher. */
static const char *message_span(const struct message *message, int64_t days)
{
	int64_t length = days >= 730 ? 365 : days >= 120 ? 30 : days % 7 == 0 ? 7 : 1, many = days / length;
	const char *unit = length == 365 ? "year" : length == 30 ? "month" : length == 7 ? "week" : "day";

	return arena_printf(message->arena, "%lld %s%s", (long long)many, unit, many == 1 ? "" : "s");
}

static const char *message_when(const struct message *message, const json_t *item)
{
	int64_t days = json_integer_of(item, "days");

	if (days < 0)
		return arena_printf(message->arena, "overdue by %s", message_span(message, -days));
	if (days <= 1)
		return days == 0 ? "due today" : "due tomorrow";
	return arena_printf(message->arena, "due in %s", message_span(message, days));
}

const char *message_heading(const struct message *message, const json_t *item)
{
	const char *when = message_when(message, item);
	char *heading;

	if (!message_is_deadline(item))
		return arena_printf(message->arena, "%s %s", message_label(message, item), when);
	heading = arena_text(message->arena, slice_of(when));
	*heading = (char)toupper((unsigned char)*heading);
	return heading;
}

/* At most so many bytes, cut between words. */
static const char *message_shorten(const struct message *message, const char *text, size_t most)
{
	size_t len = strlen(text);

	if (len <= most)
		return text;
	len = most;
	while (len > 0 && text[len] != ' ')
		len--;
	if (len == 0)
		for (len = most; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
			len--;
	while (len > 0 && strchr(" ,;:", text[len - 1]) != NULL)
		len--;
	return arena_printf(message->arena, "%.*s…", (int)len, text);
}

const char *message_title(const struct message *message, const json_t *item)
{
	const char *what = json_text_of(item, "what"), *to = json_text_of(item, "to"), *deadline = json_text_of(item, "deadline");

	if (strcmp(json_text_of(item, "kind"), "reporting") == 0 && (*to != '\0' || *deadline != '\0'))
		return arena_printf(message->arena, "report%s%s%s%s", *to != '\0' ? " to the " : "", to, *deadline != '\0' ? " " : "", deadline);
	return message_shorten(message, strncmp(what, "to ", 3) == 0 ? what + 3 : what, TITLE_MOST);
}

const char *message_place(const struct message *message, const json_t *item)
{
	const char *paragraph = json_text_of(item, "paragraph");

	return arena_printf(message->arena, "%s%s%s", json_text_of(json_member(item, "resolution"), "symbol"),
	    *paragraph != '\0' ? ", para. " : "", paragraph);
}

const char *message_source(const struct message *message, const json_t *item)
{
	const char *title = json_text_of(json_member(item, "resolution"), "title");

	return arena_printf(message->arena, "%s%s%s", message_place(message, item), *title != '\0' ? ": " : "",
	    message_shorten(message, title, SOURCE_MOST));
}

const char *message_prompt(const json_t *item)
{
	return strcmp(json_text_of(item, "milestone"), "review") == 0 ? "When you have looked at it, the next day to look:" : "When it is done:";
}

const char *message_asked(const struct message *message, const json_t *item)
{
	const char *asked = json_text_of(item, "asked"), *what = json_text_of(item, "what");

	return arena_printf(message->arena, "%s%s%s", asked, *asked != '\0' && *what != '\0' ? ", " : "", what);
}

const char *message_due(const struct message *message, const json_t *item)
{
	const char *due = json_text_of(item, "due_on"), *because = json_text_of(item, "because");

	return arena_printf(message->arena, "%s, %s%s%s", message_weekday(due), message_date(message, due), *because != '\0' ? ": " : "", because);
}

/* An update that says nothing in words: "Submission: done", or what kind it is. */
static const char *message_wordless(const struct message *message, const json_t *update)
{
	json_t *steps = json_member(json_member(update, "change"), "milestones");
	const char *name;
	json_t *step;

	json_object_foreach (steps, name, step)
		if (*json_text_of(step, "done_on") != '\0')
			return arena_printf(message->arena, "%s: done", message_milestone(message, name));
	return json_text_of(update, "kind");
}

const char *message_last(const struct message *message, const json_t *item)
{
	const json_t *last = json_member(item, "last_update");
	const char *note = json_text_of(last, "note"), *on = json_text_of(last, "effective_on");
	char *status = arena_text(message->arena, slice_of(json_text_of(last, "status")));

	if (*on == '\0')
		return "";
	for (char *at = status; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return arena_printf(message->arena, "%s, %s: %s%s%s", message_date(message, on), json_text_of(json_member(last, "officer"), "name"), status,
	    *status != '\0' && *note != '\0' ? "; " : "", *note != '\0' || *status != '\0' ? note : message_wordless(message, last));
}

const char *message_part(const struct message *message, const json_t *item)
{
	const char *part = json_text_of(item, "part");

	if (strcmp(part, "administrator") == 0)
		return arena_printf(message->arena, "an administrator: nobody owns it yet (mandate assign %s LOGIN)", json_text_of(item, "reference"));
	if (strcmp(part, "supervisor") == 0)
		return "the owner's supervisor: it is long overdue";
	return *part != '\0' ? arena_printf(message->arena, "its %s", part) : "";
}

/* For a shell: a reference may have blanks and brackets in it. */
static const char *message_reference(const struct message *message, const json_t *item)
{
	const char *reference = json_text_of(item, "reference");

	for (const char *at = reference; *at != '\0'; at++)
		if (!isalnum((unsigned char)*at) && strchr("/:._-", *at) == NULL)
			return arena_printf(message->arena, "'%s'", reference);
	return reference;
}

const char *message_command(const struct message *message, const json_t *item)
{
	const char *reference = message_reference(message, item), *milestone = json_text_of(item, "milestone");
	bool report = strcmp(json_text_of(item, "kind"), "reporting") == 0;

	if (strcmp(milestone, "review") == 0)
		return arena_printf(message->arena, "mandate edit %s --review NEXT-DATE", reference);
	if (report && (strcmp(milestone, "issuance") == 0 || strcmp(milestone, "deadline") == 0))
		return arena_printf(message->arena, "mandate report-document SYMBOL --answers %s", reference);
	if (strcmp(milestone, "deadline") == 0)
		return arena_printf(message->arena, "mandate update %s --status implemented --evidence SYMBOL", reference);
	return arena_printf(message->arena, "mandate milestone %s %s --done %s", reference, milestone, message->on);
}

const char *message_exercise(const struct message *message)
{
	return arena_printf(message->arena, "EXERCISE: the clock of this service is moved; for it today is %s. Nothing here is real.",
	    message_date(message, message->on));
}

const char *message_hint(const struct message *message, size_t i, const char **ret_command)
{
	const char *reference = message->thread != NULL ? message_reference(message, message->items[0]) : "REF";
	const char *const hints[][2] = {
	    {"Seen, no more of this step", arena_printf(message->arena, "mandate remind ack %s", reference)},
	    {"Not now", arena_printf(message->arena, "mandate remind snooze %s --until DATE", reference)},
	    {"Never again", arena_printf(message->arena, "mandate remind mute %s --reason TEXT", reference)},
	    {"What is to come, and why", "mandate remind plan"},
	};

	if (i >= sizeof hints / sizeof *hints || message->count == 0)
		return NULL;
	*ret_command = hints[i][1];
	return hints[i][0];
}

const char *message_paragraph(const json_t *paragraph, bool *ret_command)
{
	*ret_command = json_is_object(paragraph);
	return *ret_command ? json_text_of(paragraph, "command") : json_is_string(paragraph) ? json_string_value(paragraph) : "";
}

static bool message_same(const json_t *a, const json_t *b)
{
	return strcmp(json_text_of(a, "reference"), json_text_of(b, "reference")) == 0 &&
	    strcmp(json_text_of(a, "milestone"), json_text_of(b, "milestone")) == 0 &&
	    strcmp(json_text_of(a, "due_on"), json_text_of(b, "due_on")) == 0;
}

static void message_gather(struct message *message, const json_t *items, bool overdue)
{
	const json_t *item;
	size_t i;

	json_array_foreach (items, i, item) {
		bool again = false;

		if ((json_integer_of(item, "days") < 0) != overdue)
			continue;
		for (size_t k = 0; k < message->count && !again; k++)
			again = message_same(message->items[k], item);
		if (!again)
			message->items[message->count++] = item;
	}
}

bool message_is_new(const struct message *message, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(json_text_of(message->items[k], "reference"), json_text_of(message->items[i], "reference")) == 0)
			return false;
	return true;
}

static bool message_one_symbol(const struct message *message)
{
	const char *first = json_text_of(json_member(message->items[0], "resolution"), "symbol");

	for (size_t i = 1; i < message->count; i++)
		if (strcmp(json_text_of(json_member(message->items[i], "resolution"), "symbol"), first) != 0)
			return false;
	return true;
}

static const char *message_counts(const struct message *message)
{
	size_t soon = message->count - message->overdue;

	if (message->overdue == 0)
		return arena_printf(message->arena, "%zu due soon", soon);
	return soon == 0 ? arena_printf(message->arena, "%zu overdue", message->overdue)
	                 : arena_printf(message->arena, "%zu overdue, %zu due soon", message->overdue, soon);
}

static const char *message_thread(const struct message *message)
{
	const char *thread = message->count > 0 ? json_text_of(message->items[0], "thread") : "";

	for (size_t i = 1; i < message->count; i++)
		if (strcmp(json_text_of(message->items[i], "thread"), thread) != 0)
			return NULL;
	return *thread != '\0' ? thread : NULL;
}

static const char *message_subject(const struct message *message)
{
	const json_t *first = message->count > 0 ? message->items[0] : NULL;

	if (json_array_size(message->paragraphs) > 0)
		return message->title;
	if (first == NULL)
		return "Reminders cannot be delivered: an administrator must look";
	if (message->count == 1)
		return arena_printf(message->arena, "%s: %s (%s)", message_heading(message, first), message_title(message, first),
		    message_place(message, first));
	if (message_thread(message) != NULL)
		return arena_printf(message->arena, "%s, and %zu more: %s (%s)", message_heading(message, first), message->count - 1,
		    message_title(message, first), message_place(message, first));
	return arena_printf(message->arena, "%zu matters: %s (%s%s)", message->count, message_counts(message),
	    json_text_of(json_member(first, "resolution"), "symbol"), message_one_symbol(message) ? "" : " and others");
}

void message_open(struct message *message, const json_t *content, bool exercise)
{
	const json_t *person = json_member(content, "person"), *items = json_member(content, "items");
	const char *on;

	*message = (struct message){.arena = arena_new(), .exercise = exercise, .on = json_text_of(content, "on"),
	    .name = json_text_of(person, "name"), .login = json_text_of(person, "login"), .role = json_text_of(person, "role"),
	    .alarms = json_member(content, "alarms"), .paragraphs = json_member(json_member(content, "letter"), "paragraphs"),
	    .title = json_text_of(json_member(content, "letter"), "subject")};
	message->items = arena_alloc(message->arena, (json_array_size(items) + 1) * sizeof *message->items);
	message_gather(message, items, true);
	message->overdue = message->count;
	message_gather(message, items, false);
	message->subject = arena_printf(message->arena, "%s%s", exercise ? "[Exercise] " : "", message_subject(message));
	message->thread = message_thread(message);
	on = arena_printf(message->arena, "%s, %s", message_weekday(message->on), message_date(message, message->on));
	if (json_array_size(message->paragraphs) > 0)
		message->summary = message->title;
	else if (message->count == 0)
		message->summary = arena_printf(message->arena, "Nothing is owed to you on %s.", on);
	else
		message->summary = arena_printf(message->arena, "%zu matter%s on %s: %s.", message->count, message->count == 1 ? "" : "s", on,
		    message_counts(message));
}

void message_close(struct message *message)
{
	arena_free(message->arena);
}
