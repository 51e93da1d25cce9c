/*
 * A lexicon file becomes two tables (see lexicon_table.h). What they are asked
 * is in lexicon_words.c.
 */
#include "reader/lexicon_table.h"

#include <libconfig.h>
#include <string.h>

#include "base/alloc.h"

#define LEXICON_WORD_MAX 40 /* words of one phrase */

_Static_assert(ROLE_COUNT <= 64, "roles are bits of a mask of 64");

static const char *const role_key[ROLE_COUNT] = {
	"third", "base", "participle", "past", "modifiers", "adverbials", "joiners", "subjects",
	"relatives", "noun_directives", "openers", "preamble", "infinitive", "that", "articles",
	"restrictors", "consult", "include", "conditions", "vehicles", "recommends",
	"furniture", "mastheads", "meetings", "months", "annexes", "votes", "notes",
	"resolution_words", "modals", "never", "sets", "short_forms", "continuers", "actors",
	"states_of_mind", "ordinals", "numbers", "sessions", "units", "by", "ends", "within", "every",
	"periods", "softs", "events", "occasions", "at", "session_kinds", "histories", "in",
	"origins", "starts", "kinds", "light_verbs", "looked_through", "weakeners",
	"agents", "things", "pronouns", "bodies", "number_ranges", "belongs",
};

static void lexicon_seat(struct lexicon *lexicon, uint32_t hash, uint32_t entry)
{
	size_t at = hash & (lexicon->table_size - 1);

	while (lexicon->table[at].entry != 0)
		at = (at + 1) & (lexicon->table_size - 1);
	lexicon->table[at] = (struct seat){ seat_tag(hash), (uint16_t)entry };
}

static void lexicon_table_grow(struct lexicon *lexicon)
{
	size_t size = lexicon->table_size == 0 ? 1024 : lexicon->table_size * 2;

	lexicon->table = arena_alloc(lexicon->arena, size * sizeof(*lexicon->table));
	lexicon->table_size = size;
	for (uint32_t i = 1; i < lexicon->entry_count; i++)
		lexicon_seat(lexicon, word_key(lexicon->entries[i].word).hash, i);
}

static uint32_t lexicon_intern(struct lexicon *lexicon, struct slice word)
{
	const struct word_key key = word_key(word);
	uint32_t id = lexicon_lookup(lexicon, word, &key);
	struct entry *entry;
	char *folded;

	if (id != 0)
		return id;
	folded = arena_text(lexicon->arena, word);
	word_fold(folded, word.len);
	entry = arena_push(lexicon->arena, (void **)&lexicon->entries, &lexicon->entry_count,
	    &lexicon->entry_room, sizeof(*entry));
	*entry = (struct entry){ .low = key.low, .high = key.high, .word = { folded, word.len } };
	id = (uint32_t)(lexicon->entry_count - 1);
	if (lexicon->entry_count * 4 > lexicon->table_size) {
		lexicon_table_grow(lexicon);
		return id;
	}
	lexicon_seat(lexicon, key.hash, id);
	return id;
}

/* Keeps the chain in order, longest first. Returns its first link: index + 1. */
static uint32_t lexicon_chain(struct lexicon *lexicon, uint32_t first, uint32_t index)
{
	const struct phrase *phrase = &lexicon->phrases[index];
	uint32_t before = 0, at = first;

	for (; at != 0 && lexicon->phrases[at - 1].count >= phrase->count; at = lexicon->links[at - 1].next)
		before = at;
	lexicon->links[index] = (struct link){ .next = at & PHRASES_MOST, .role = (uint8_t)phrase->role };
	if (before == 0)
		return index + 1;
	lexicon->links[before - 1].next = (index + 1) & PHRASES_MOST;
	return first;
}

static void lexicon_link(struct lexicon *lexicon, uint32_t index)
{
	const struct phrase *phrase = &lexicon->phrases[index];
	const uint32_t first = phrase->ids[0];

	lexicon->roles[2 * first + 1] |= ROLE_BIT(phrase->role);
	if (phrase->count == 1) {
		lexicon->roles[2 * first] |= ROLE_BIT(phrase->role);
		lexicon->singles[first] = lexicon_chain(lexicon, lexicon->singles[first], index);
	} else {
		const uint32_t second = phrase->ids[1], bit = pair_hash(first, second);
		struct pair *pair = lexicon_pair(lexicon, first, second);

		lexicon->pair_bits[bit / 8] |= (uint8_t)(1 << bit % 8);
		pair->first = first;
		pair->second = second;
		pair->phrase = lexicon_chain(lexicon, pair->phrase, index);
	}
}

static void lexicon_add(struct lexicon *lexicon, enum role role, const char *text,
    const char *value, const struct verb *verb)
{
	uint32_t ids[LEXICON_WORD_MAX];
	struct word_key key;
	size_t count = 0, at = 0;
	struct slice whole = slice_of(text);
	struct phrase *phrase;
	struct word word;

	while (count < LEXICON_WORD_MAX && lexicon_next(lexicon, whole, &at, &word, &key))
		ids[count++] = lexicon_intern(lexicon, slice_cut(whole, word.at, word.at + word.len));
	if (count == 0)
		return;
	phrase = arena_push(lexicon->arena, (void **)&lexicon->phrases, &lexicon->phrase_count,
	    &lexicon->phrase_room, sizeof(*phrase));
	*phrase = (struct phrase){ .count = (uint32_t)count, .role = role, .verb = verb };
	phrase->ids = arena_alloc(lexicon->arena, count * sizeof(*ids));
	memcpy(phrase->ids, ids, count * sizeof(*ids));
	phrase->value = arena_slice(lexicon->arena, slice_of(value));
}

/* A verb's form of several words with each of what may stand behind its first ("takes also note"), and one that
 * asks with each pronoun that may stand before it ("les prie instamment"). */
static void lexicon_add_form(struct lexicon *lexicon, enum role role, const char *text, const struct verb *verb)
{
	const int first = (int)strcspn(text, " ");
	const size_t inserts = text[first] != '\0' ? lexicon->inserts.count : 0;
	const size_t clitics = role == ROLE_THIRD && verb->asks ? lexicon->clitics.count : 0;

	for (size_t i = 0; i <= inserts; i++) {
		const char *form = i == 0 ? text : arena_printf(lexicon->arena, "%.*s %.*s%s", first, text,
		    SLICE_ARG(lexicon->inserts.at[i - 1]), text + first);

		lexicon_add(lexicon, role, form, NULL, verb);
		for (size_t k = 0; k < clitics; k++)
			lexicon_add(lexicon, role, arena_printf(lexicon->arena, "%.*s %s", SLICE_ARG(lexicon->clitics.at[k]), form),
			    NULL, verb);
	}
}

/* "the general assembly" is "General Assembly resolution" as well, and "l'assemblée" is "assemblée". */
static void lexicon_add_body(struct lexicon *lexicon, const char *opener, const char *value)
{
	const size_t article = strcspn(opener, " '");

	lexicon_add(lexicon, ROLE_BODY, article <= 3 && opener[article] != '\0' ? opener + article + 1 : opener, value, NULL);
}

static const char *lexicon_text_of(const config_setting_t *group, const char *key)
{
	const char *text = NULL;

	return config_setting_lookup_string(group, key, &text) ? text : NULL;
}

static int lexicon_fault(const char *path, const config_setting_t *at, const char *message,
    struct error *error)
{
	return error_set(error, E_INPUT, "bad_lexicon", "%s:%u: %s", path,
	    (unsigned)config_setting_source_line(at), message);
}

static const char *lexicon_one_of(const char *text, const char *const words[], size_t count)
{
	for (size_t i = 0; text != NULL && i < count; i++)
		if (strcmp(text, words[i]) == 0)
			return words[i];
	return NULL;
}

/* NULL where the key is missing: an empty list. */
static int lexicon_member(const config_setting_t *parent, const char *key, const char *path,
    const config_setting_t **ret_list, struct error *error)
{
	const config_setting_t *list = config_setting_get_member(parent, key);

	if (list != NULL && !config_setting_is_list(list) && !config_setting_is_array(list))
		return lexicon_fault(path, list, "expected a list", error);
	*ret_list = list;
	return 0;
}

static int lexicon_flag(const config_setting_t *group, const char *key, const char *path, bool *ret,
    struct error *error)
{
	const config_setting_t *flag = config_setting_get_member(group, key);

	if (flag != NULL && config_setting_type(flag) != CONFIG_TYPE_BOOL)
		return lexicon_fault(path, flag, "expected true or false", error);
	*ret = flag != NULL && config_setting_get_bool(flag);
	return 0;
}

/* What a kind is called is a word of the design, and no word of a language. */
static bool lexicon_is_kind(const char *value)
{
	static const char *const kinds[] = {
		"adoption", "ratification", "contribution", "reporting", "assistance", "cooperation", "dissemination",
		"resources", "legislation", "convening", "appointment", "agenda", "other",
		"consideration", /* an agenda's or no kind, as the deadline says */
	};

	return lexicon_one_of(value, kinds, sizeof kinds / sizeof *kinds) != NULL;
}

/* A list of strings or of groups { text, value }. */
static int lexicon_list(struct lexicon *lexicon, const config_setting_t *parent, enum role role,
    const struct verb *verb, const char *path, struct error *error)
{
	const config_setting_t *list = NULL;
	int code = lexicon_member(parent, role_key[role], path, &list, error);

	if (code < 0)
		return code;
	for (int i = 0; list != NULL && i < config_setting_length(list); i++) {
		const config_setting_t *item = config_setting_get_elem(list, (unsigned)i);
		const char *text = config_setting_get_string(item), *value = NULL;

		if (text == NULL && config_setting_is_group(item)) {
			text = lexicon_text_of(item, "text");
			value = lexicon_text_of(item, "value");
		}
		if (text == NULL)
			return lexicon_fault(path, item, "expected a string, or a group with text and value", error);
		if (role == ROLE_KIND && !lexicon_is_kind(value))
			return lexicon_fault(path, item, "value is one of adoption, ratification, contribution, reporting, "
			    "assistance, cooperation, dissemination, resources, legislation, convening, appointment, "
			    "agenda, consideration, other", error);
		if (verb != NULL)
			lexicon_add_form(lexicon, role, text, verb);
		else
			lexicon_add(lexicon, role, text, value, verb);
		if (role == ROLE_OPENER)
			lexicon_add_body(lexicon, text, value);
	}
	return 0;
}

/* A misspelt key would be a list that is never read: refused, with its line. */
static int lexicon_keys(const config_setting_t *group, const char *const known[], const char *path, struct error *error)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
		const char *key = config_setting_name(member);
		size_t k = 0;
		bool role = false;

		while (known[k] != NULL && strcmp(known[k], key) != 0)
			k++;
		for (enum role r = ROLE_MODIFIER; r < ROLE_COUNT && config_setting_is_root(group); r++)
			role |= strcmp(role_key[r], key) == 0;
		if (known[k] == NULL && !role)
			return error_set(error, E_INPUT, "bad_lexicon", "%s:%u: there is no key \"%s\"", path,
			    (unsigned)config_setting_source_line(member), key);
	}
	return 0;
}

static int lexicon_verb(struct lexicon *lexicon, const config_setting_t *group, const char *path,
    struct error *error)
{
	static const char *const classes[] = {
		"directive", "deciding", "reinforcing", "evaluative", "observing", "none",
	};
	static const char *const forces[] = {
		"binding", "request", "decision", "urging", "encouragement", "none",
	};
	static const char *const keys[] = {
		"lemma", "class", "force", "third", "base", "participle", "past", "noun", "asks", "somebody",
		"self", NULL,
	};
	struct verb *verb = arena_alloc(lexicon->arena, sizeof(*verb));
	int code;

	if (!config_setting_is_group(group))
		return lexicon_fault(path, group, "expected a group", error);
	if ((code = lexicon_keys(group, keys, path, error)) < 0)
		return code;
	verb->lemma = arena_slice(lexicon->arena, slice_of(lexicon_text_of(group, "lemma")));
	verb->class = lexicon_one_of(lexicon_text_of(group, "class"), classes, sizeof classes / sizeof *classes);
	verb->force = lexicon_one_of(lexicon_text_of(group, "force"), forces, sizeof forces / sizeof *forces);
	if (verb->lemma.len == 0)
		return lexicon_fault(path, group, "a verb needs a lemma", error);
	if (verb->class == NULL)
		return lexicon_fault(path, group, "class is one of directive, deciding, reinforcing, "
		    "evaluative, observing, none", error);
	if (verb->force == NULL)
		return lexicon_fault(path, group, "force is one of binding, request, decision, "
		    "urging, encouragement, none", error);
	if ((code = lexicon_flag(group, "noun", path, &verb->noun, error)) < 0 ||
	    (code = lexicon_flag(group, "asks", path, &verb->asks, error)) < 0 ||
	    (code = lexicon_flag(group, "somebody", path, &verb->somebody, error)) < 0 ||
	    (code = lexicon_flag(group, "self", path, &verb->self, error)) < 0)
		return code;
	for (enum role role = ROLE_THIRD; role <= ROLE_PAST && code == 0; role++)
		code = lexicon_list(lexicon, group, role, verb, path, error);
	return code;
}

/* Once every word has its number. */
static void lexicon_links(struct lexicon *lexicon)
{
	lexicon->roles = arena_alloc(lexicon->arena, 2 * lexicon->entry_count * sizeof(*lexicon->roles));
	lexicon->singles = arena_alloc(lexicon->arena, lexicon->entry_count * sizeof(*lexicon->singles));
	lexicon->links = arena_alloc(lexicon->arena, (lexicon->phrase_count + 1) * sizeof(*lexicon->links));
	for (lexicon->pair_size = 64; lexicon->pair_size < 2 * lexicon->phrase_count;)
		lexicon->pair_size *= 2;
	lexicon->pairs = arena_alloc(lexicon->arena, lexicon->pair_size * sizeof(*lexicon->pairs));
	for (uint32_t i = 0; i < lexicon->phrase_count; i++)
		lexicon_link(lexicon, i);
}

/* A list of words or endings. An empty one would fit every word. */
static int lexicon_strings(struct lexicon *lexicon, const config_setting_t *root, const char *key, const char *path,
    struct strings *ret, struct error *error)
{
	const config_setting_t *list = NULL;
	int code = lexicon_member(root, key, path, &list, error);

	if (code < 0)
		return code;
	ret->at = arena_alloc(lexicon->arena, list == NULL ? 1 : ((size_t)config_setting_length(list) + 1) * sizeof(*ret->at));
	for (int i = 0; list != NULL && i < config_setting_length(list); i++) {
		const config_setting_t *item = config_setting_get_elem(list, (unsigned)i);
		const struct slice text = slice_of(config_setting_get_string(item));

		if (text.len == 0)
			return lexicon_fault(path, item, "expected a string that is not empty", error);
		ret->at[ret->count++] = arena_slice(lexicon->arena, text);
	}
	return 0;
}

/* Every word has its number once these have theirs. */
static int lexicon_commons(struct lexicon *lexicon, const config_setting_t *root, const char *path, struct error *error)
{
	struct strings words = { 0 };
	int code = lexicon_strings(lexicon, root, "common", path, &words, error);

	for (size_t i = 0; i < words.count; i++)
		lexicon_intern(lexicon, words.at[i]);
	lexicon->common = arena_alloc(lexicon->arena, lexicon->entry_count);
	for (size_t i = 0; i < words.count; i++)
		lexicon->common[lexicon_intern(lexicon, words.at[i])] = 1;
	return code;
}

static int lexicon_verbs(struct lexicon *lexicon, const config_setting_t *root, const char *path, struct error *error)
{
	const config_setting_t *verbs = NULL;
	int code = lexicon_member(root, "verbs", path, &verbs, error);

	if (code == 0 && verbs == NULL && !lexicon->structure_only)
		return lexicon_fault(path, root, "the list \"verbs\" is missing", error);
	for (int i = 0; code == 0 && verbs != NULL && i < config_setting_length(verbs); i++)
		code = lexicon_verb(lexicon, config_setting_get_elem(verbs, (unsigned)i), path, error);
	return code;
}

static int lexicon_language_of(struct lexicon *lexicon, const config_setting_t *root, const char *path, struct error *error)
{
	const char *language = lexicon_text_of(root, "language"), *letters = lexicon_text_of(root, "letters");

	if (language == NULL || strlen(language) >= sizeof(lexicon->language))
		return lexicon_fault(path, root, "language is missing (\"en\")", error);
	memcpy(lexicon->language, language, strlen(language) + 1);
	if (config_setting_get_member(root, "letters") != NULL && letters == NULL)
		return lexicon_fault(path, root, "letters is a text (\"éè\")", error);
	lexicon->letters = arena_slice(lexicon->arena, slice_of(letters));
	return lexicon_flag(root, "structure_only", path, &lexicon->structure_only, error);
}

/* Elisions come first: they cut what is added after them. */
static int lexicon_fill(struct lexicon *lexicon, const config_t *config, const char *path,
    struct error *error)
{
	static const char *const keys[] = {
		"language", "structure_only", "letters", "common", "verbs", "elisions", "participle_endings", "past_endings",
		"infinitive_endings", "adjective_endings", "year_middles", "clitics", "inserts", NULL,
	};
	const struct {
		const char *key;
		struct strings *ret;
	} strings[] = {
		{ "elisions", &lexicon->elisions }, { "clitics", &lexicon->clitics }, { "inserts", &lexicon->inserts }, { "participle_endings", &lexicon->participles },
		{ "past_endings", &lexicon->pasts }, { "infinitive_endings", &lexicon->infinitives },
		{ "adjective_endings", &lexicon->adjectives },
		{ "year_middles", &lexicon->year_middles },
	};
	const config_setting_t *root = config_root_setting(config);
	int code = lexicon_keys(root, keys, path, error);

	if (code == 0)
		code = lexicon_language_of(lexicon, root, path, error);
	for (size_t i = 0; code == 0 && i < sizeof strings / sizeof *strings; i++)
		code = lexicon_strings(lexicon, root, strings[i].key, path, strings[i].ret, error);
	if (code == 0)
		code = lexicon_verbs(lexicon, root, path, error);
	for (enum role role = ROLE_MODIFIER; code == 0 && role < ROLE_COUNT; role++)
		code = lexicon_list(lexicon, root, role, NULL, path, error);
	if (code == 0)
		code = lexicon_commons(lexicon, root, path, error);
	if (code == 0 && (lexicon->entry_count > ENTRIES_MOST || lexicon->phrase_count > PHRASES_MOST))
		code = lexicon_fault(path, root, "there are too many words; 65535 is the most", error);
	if (code == 0)
		lexicon_links(lexicon);
	return code;
}

struct lexicon *lexicon_open(const char *path, struct error *error)
{
	struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));
	struct entry *unknown;
	config_t config;
	int code = 0;

	lexicon->arena = arena_new();
	unknown = arena_push(lexicon->arena, (void **)&lexicon->entries, &lexicon->entry_count,
	    &lexicon->entry_room, sizeof(*unknown));
	*unknown = (struct entry){ 0 };
	lexicon_table_grow(lexicon);
	config_init(&config);
	if (config_read_file(&config, path) != CONFIG_TRUE)
		code = error_set(error, E_INPUT, "bad_lexicon", "%s:%d: %s", path,
		    config_error_line(&config), config_error_text(&config));
	else
		code = lexicon_fill(lexicon, &config, path, error);
	config_destroy(&config);
	if (code < 0) {
		lexicon_close(lexicon);
		return NULL;
	}
	return lexicon;
}

void lexicon_close(struct lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	arena_free(lexicon->arena);
	free(lexicon);
}
