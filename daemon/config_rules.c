#include "config_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define BEFORE_MOST 20
#define DAYS_MOST 3650
#define NAME_MOST 40

static const char rules_kinds[] =
    "adoption ratification contribution reporting assistance cooperation dissemination resources legislation "
    "convening appointment agenda other";
static const char rules_milestones[] = "forecast forecast_confirmed clearance slot issuance deadline review";

/* Reports have steps by the 10-4-6 rule, so each is reminded of near its own day; all else has one day. */
static const struct rule {
	const char *kind, *milestone;
	int before[6], count;
} rules_built_in[] = {
    {"", "", {90, 30, 7, 1, 0}, 5},
    {"", "review", {0}, 1},
    {"reporting", "forecast", {28, 7, 0}, 3},
    {"reporting", "forecast_confirmed", {14, 7, 1, 0}, 4},
    {"reporting", "clearance", {14, 7, 1, 0}, 4},
    {"reporting", "slot", {28, 14, 7, 1, 0}, 5},
    {"reporting", "issuance", {14, 7, 1, 0}, 4},
    {"reporting", "deadline", {70, 28, 7, 0}, 4},
};

/* The numbers of a rule beside its days before. */
static const struct {
	const char *name;
	int number, least;
} rules_numbers[] = {{"overdue_every", 7, 1}, {"overdue_times", 4, 0}, {"overdue_then", 30, 1}, {"escalate_after", 14, 0}};
#define RULES_NUMBERS (sizeof rules_numbers / sizeof *rules_numbers)

static json_t *rule_json(const struct rule *rule)
{
	json_t *json = json_pack("{s:s, s:s, s:s}", "name", "", "kind", rule->kind, "milestone", rule->milestone), *before = json_array();

	for (int i = 0; i < rule->count; i++)
		json_array_append_new(before, json_integer(rule->before[i]));
	json_object_set_new(json, "before", before);
	for (size_t i = 0; i < RULES_NUMBERS; i++)
		json_object_set_new(json, rules_numbers[i].name, json_integer(rules_numbers[i].number));
	return json;
}

static char *rules_take_text(json_t *rules)
{
	char *text = json_dumps(rules, JSON_COMPACT);

	json_decref(rules);
	return text;
}

char *rules_default(void)
{
	json_t *rules = json_array();

	for (size_t i = 0; i < sizeof rules_built_in / sizeof *rules_built_in; i++)
		json_array_append_new(rules, rule_json(&rules_built_in[i]));
	return rules_take_text(rules);
}

static bool rules_word(const char *words, const char *value)
{
	struct slice rest = slice_of(words), word;

	if (*value == '\0')
		return true;
	while (slice_take_until(&rest, ' ', &word))
		if (slice_is(word, value))
			return true;
	return false;
}

/* Where a fault is found. */
struct place {
	const char *file;
	struct buf *faults;
};

static int place_line(const config_setting_t *setting)
{
	return (int)config_setting_source_line(setting);
}

static void rule_take_word(const struct place *place, const config_setting_t *member, const char *words, json_t *rule)
{
	const char *name = config_setting_name(member), *value = config_setting_get_string(member);

	if (value == NULL)
		buf_printf(place->faults, "%s:%d: reminders: %s is a text; write it in double quotes\n", place->file, place_line(member), name);
	else if (!rules_word(words, value))
		buf_printf(place->faults, "%s:%d: reminders: %s: \"%s\" is not one of: %s\n", place->file, place_line(member), name, value, words);
	else
		json_object_set_new(rule, name, json_string(value));
}

/* A name of rules is a word, since it is written on command lines; none takes one away there. */
static void rule_take_name(const struct place *place, const config_setting_t *member, json_t *rule)
{
	const char *value = config_setting_get_string(member);
	size_t len = value != NULL ? strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") : 0;

	if (value != NULL && value[len] == '\0' && len <= NAME_MOST && strcmp(value, "none") != 0)
		json_object_set_new(rule, "name", json_string(value));
	else
		buf_printf(place->faults, "%s:%d: reminders: name is a word of at most %d letters, digits, - and _ in double quotes, and not \"none\"\n",
		    place->file, place_line(member), NAME_MOST);
}

static bool rule_number_good(const config_setting_t *member, int least, int *ret)
{
	int type = config_setting_type(member);

	*ret = config_setting_get_int(member);
	return type == CONFIG_TYPE_INT && *ret >= least && *ret <= DAYS_MOST;
}

static void rule_take_before(const struct place *place, const config_setting_t *member, json_t *rule)
{
	json_t *before = json_array();
	int count = config_setting_length(member), number;
	bool good = config_setting_type(member) == CONFIG_TYPE_ARRAY && count <= BEFORE_MOST;

	for (int i = 0; good && i < count; i++) {
		good = rule_number_good(config_setting_get_elem(member, (unsigned)i), 0, &number);
		json_array_append_new(before, json_integer(number));
	}
	if (good) {
		json_object_set_new(rule, "before", before);
		return;
	}
	json_decref(before);
	buf_printf(place->faults, "%s:%d: reminders: before is a list of at most %d numbers of days from 0 to %d, such as [ 30, 7, 0 ]\n", place->file,
	    place_line(member), BEFORE_MOST, DAYS_MOST);
}

static void rule_take_number(const struct place *place, const config_setting_t *member, json_t *rule)
{
	const char *name = config_setting_name(member);
	int number;

	for (size_t i = 0; i < RULES_NUMBERS; i++) {
		if (strcmp(rules_numbers[i].name, name) != 0)
			continue;
		if (rule_number_good(member, rules_numbers[i].least, &number))
			json_object_set_new(rule, name, json_integer(number));
		else
			buf_printf(place->faults, "%s:%d: reminders: %s is a whole number from %d to %d\n", place->file, place_line(member), name,
			    rules_numbers[i].least, DAYS_MOST);
		return;
	}
	buf_printf(place->faults, "%s:%d: reminders: a rule has no \"%s\"; it has: name kind milestone before overdue_every overdue_times overdue_then escalate_after\n",
	    place->file, place_line(member), name);
}

static json_t *rule_read(const struct place *place, const config_setting_t *setting)
{
	json_t *rule = rule_json(&rules_built_in[0]);

	if (!config_setting_is_group(setting)) {
		buf_printf(place->faults, "%s:%d: reminders: a rule stands in braces, such as { kind = \"reporting\"; milestone = \"slot\"; before = [ 28, 7, 0 ]; }\n",
		    place->file, place_line(setting));
		return rule;
	}
	for (int i = 0; i < config_setting_length(setting); i++) {
		const config_setting_t *member = config_setting_get_elem(setting, (unsigned)i);
		const char *name = config_setting_name(member);

		if (strcmp(name, "name") == 0)
			rule_take_name(place, member, rule);
		else if (strcmp(name, "kind") == 0)
			rule_take_word(place, member, rules_kinds, rule);
		else if (strcmp(name, "milestone") == 0)
			rule_take_word(place, member, rules_milestones, rule);
		else if (strcmp(name, "before") == 0)
			rule_take_before(place, member, rule);
		else
			rule_take_number(place, member, rule);
	}
	return rule;
}

static bool rules_have(const json_t *rules, const char *name, const char *kind, const char *milestone)
{
	const json_t *rule;
	size_t i;

	json_array_foreach (rules, i, rule)
		if (strcmp(json_text_of(rule, "name"), name) == 0 && strcmp(json_text_of(rule, "kind"), kind) == 0 &&
		    strcmp(json_text_of(rule, "milestone"), milestone) == 0)
			return true;
	return false;
}

static bool rules_all_named(const json_t *rules)
{
	const json_t *rule;
	size_t i;

	json_array_foreach (rules, i, rule)
		if (*json_text_of(rule, "name") == '\0')
			return false;
	return true;
}

/* Where only rules with a name are given they are beside the built-in ones; there is always one for any. */
static void rules_complete(json_t *rules)
{
	size_t given = json_array_size(rules), built_in = 1;

	if (given > 0 && rules_all_named(rules))
		built_in = sizeof rules_built_in / sizeof *rules_built_in;
	for (size_t i = built_in; i-- > 0;)
		if (!rules_have(rules, "", rules_built_in[i].kind, rules_built_in[i].milestone))
			json_array_insert_new(rules, 0, rule_json(&rules_built_in[i]));
}

char *rules_read(const config_setting_t *setting, const char *file, struct buf *faults)
{
	struct place place = {file, faults};
	json_t *rules = json_array();
	size_t faults_before = faults->len;

	if (!config_setting_is_list(setting))
		buf_printf(faults, "%s:%d: reminders is a list of rules; write it in round brackets\n", file, place_line(setting));
	for (int i = 0; config_setting_is_list(setting) && i < config_setting_length(setting); i++) {
		const config_setting_t *at = config_setting_get_elem(setting, (unsigned)i);
		json_t *rule = rule_read(&place, at);

		if (faults->len == faults_before &&
		    rules_have(rules, json_text_of(rule, "name"), json_text_of(rule, "kind"), json_text_of(rule, "milestone")))
			buf_printf(faults, "%s:%d: reminders: there are two rules%s%s for kind \"%s\" and milestone \"%s\"\n", file, place_line(at),
			    *json_text_of(rule, "name") != '\0' ? " named " : "", json_text_of(rule, "name"), json_text_of(rule, "kind"),
			    json_text_of(rule, "milestone"));
		json_array_append_new(rules, rule);
	}
	rules_complete(rules);
	if (faults->len == faults_before)
		return rules_take_text(rules);
	json_decref(rules);
	return NULL;
}

static void rule_print(const json_t *rule, struct buf *out)
{
	const json_t *before = json_member(rule, "before"), *days;
	size_t i;

	buf_append_text(out, "  {");
	if (*json_text_of(rule, "name") != '\0')
		buf_printf(out, " name = \"%s\";", json_text_of(rule, "name"));
	buf_printf(out, " kind = \"%s\"; milestone = \"%s\"; before = [", json_text_of(rule, "kind"), json_text_of(rule, "milestone"));
	json_array_foreach (before, i, days)
		buf_printf(out, "%s%lld", i > 0 ? ", " : " ", (long long)json_integer_value(days));
	buf_append_text(out, " ];");
	for (i = 0; i < RULES_NUMBERS; i++)
		buf_printf(out, " %s = %lld;", rules_numbers[i].name, (long long)json_integer_of(rule, rules_numbers[i].name));
	buf_append_text(out, " }");
}

void rules_print(const char *json, struct buf *out)
{
	json_t *rules = NULL;
	const json_t *rule;
	struct error error;
	size_t i;

	if (json_read(slice_of(json), &rules, &error) != 0)
		return;
	buf_append_text(out, "(\n");
	json_array_foreach (rules, i, rule) {
		rule_print(rule, out);
		buf_append_text(out, i + 1 < json_array_size(rules) ? ",\n" : "\n");
	}
	buf_append_text(out, ");\n");
	json_decref(rules);
}
