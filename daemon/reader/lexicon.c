/*
 * A lexicon file becomes two tables: words by their hash, and phrases chained
 * at their first word, the longest first. Everything lives on one arena.
 */
#include "reader/lexicon.h"

#include <libconfig.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"

#define LEXICON_WORD_MAX 40 /* words of one phrase */
#define PAIRS 65536         /* bits; a lexicon has some five thousand pairs */

struct entry {
	struct slice word; /* lower case */
	uint32_t hash;
	uint32_t single;      /* index + 1 of the first phrase that it is */
	uint32_t longer;      /* index + 1 of the first phrase of several words that it begins */
	uint64_t longer_roles;
};

/* The hash stands beside the number, so that a word that is not here is told without a look at the entries. */
struct seat {
	uint32_t hash, entry;
};

struct strings {
	struct slice *at;
	size_t count;
};

struct lexicon {
	struct arena *arena;
	char language[8];
	bool structure_only;
	struct entry *entries; /* entries[0] is the unknown word */
	size_t entry_count, entry_room;
	struct seat *table; /* by hash */
	size_t table_size;
	struct phrase *phrases;
	size_t phrase_count, phrase_room;
	uint64_t *roles; /* by entry: of the phrases that begin with it */
	uint8_t *common; /* by entry: among the commonest words */
	uint8_t pairs[PAIRS / 8]; /* the first two words of phrases: most words in a row begin none */
	struct strings participles, pasts, adjectives, infinitives;
	struct strings year_middles;
	struct strings elisions; /* whole words, before an apostrophe */
};

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
	lexicon->table[at] = (struct seat){ hash, entry };
}

static void lexicon_table_grow(struct lexicon *lexicon)
{
	size_t size = lexicon->table_size == 0 ? 1024 : lexicon->table_size * 2;

	lexicon->table = arena_alloc(lexicon->arena, size * sizeof(*lexicon->table));
	lexicon->table_size = size;
	for (uint32_t i = 1; i < lexicon->entry_count; i++)
		lexicon_seat(lexicon, lexicon->entries[i].hash, i);
}

static uint32_t lexicon_lookup(const struct lexicon *lexicon, struct slice word, uint32_t hash)
{
	size_t at = hash & (lexicon->table_size - 1);

	while (lexicon->table[at].entry != 0) {
		const struct seat *seat = &lexicon->table[at];

		if (seat->hash == hash && word_equal(word, lexicon->entries[seat->entry].word))
			return seat->entry;
		at = (at + 1) & (lexicon->table_size - 1);
	}
	return 0;
}

static uint32_t lexicon_intern(struct lexicon *lexicon, struct slice word, uint32_t hash)
{
	uint32_t id = lexicon_lookup(lexicon, word, hash);
	struct entry *entry;
	char *folded;

	if (id != 0)
		return id;
	folded = arena_text(lexicon->arena, word);
	word_fold(folded, word.len);
	entry = arena_push(lexicon->arena, (void **)&lexicon->entries, &lexicon->entry_count,
	    &lexicon->entry_room, sizeof(*entry));
	*entry = (struct entry){ .word = { folded, word.len }, .hash = hash };
	id = (uint32_t)(lexicon->entry_count - 1);
	if (lexicon->entry_count * 2 > lexicon->table_size) {
		lexicon_table_grow(lexicon);
		return id;
	}
	lexicon_seat(lexicon, hash, id);
	return id;
}

/* Where the bit of two words in a row stands. */
static uint32_t pair_bit(uint32_t first, uint32_t second)
{
	return (first * 2654435761U ^ second * 40503U) % PAIRS;
}

static bool lexicon_has_pair(const struct lexicon *lexicon, uint32_t first, uint32_t second)
{
	const uint32_t bit = pair_bit(first, second);

	return lexicon->pairs[bit / 8] & (1 << bit % 8);
}

/* Keeps the chain of the first word in order: longest first. */
static void lexicon_link(struct lexicon *lexicon, uint32_t index)
{
	struct phrase *phrase = &lexicon->phrases[index];
	struct entry *entry = &lexicon->entries[phrase->ids[0]];
	uint32_t *link = phrase->count == 1 ? &entry->single : &entry->longer;

	if (phrase->count > 1) {
		entry->longer_roles |= ROLE_BIT(phrase->role);
		lexicon->pairs[pair_bit(phrase->ids[0], phrase->ids[1]) / 8] |=
		    (uint8_t)(1 << pair_bit(phrase->ids[0], phrase->ids[1]) % 8);
	}
	lexicon->roles[phrase->ids[0]] |= ROLE_BIT(phrase->role);
	while (*link != 0 && lexicon->phrases[*link - 1].count >= phrase->count)
		link = &lexicon->phrases[*link - 1].next;
	phrase->next = *link;
	*link = index + 1;
}

/* Where the apostrophe of an elision stands in the word ("l'Assemblée", "qu’il"), 0: it has none. */
static size_t lexicon_elision(const struct lexicon *lexicon, struct slice word)
{
	for (size_t i = 0; i < lexicon->elisions.count; i++) {
		struct slice elision = lexicon->elisions.at[i], rest = slice_from(word, elision.len);

		if (word.len > elision.len + 1 && slice_starts_nocase(word, elision) &&
		    (rest.at[0] == '\'' || slice_starts(rest, SLICE("\xE2\x80\x99"))))
			return elision.len;
	}
	return 0;
}

/* The next word of the text as this language cuts it; as word_next. */
static inline bool lexicon_next(const struct lexicon *lexicon, struct slice text, size_t *at, struct word *ret,
    uint32_t *ret_hash)
{
	struct slice word;
	size_t cut;

	if (!word_next(text, at, ret, ret_hash))
		return false;
	if (lexicon->elisions.count == 0)
		return true;
	word = slice_cut(text, ret->at, ret->at + ret->len);
	cut = lexicon_elision(lexicon, word);
	if (cut > 0) {
		ret->len = (uint16_t)cut;
		ret->flags &= (uint8_t)~WORD_CAPITALS;
		*ret_hash = word_hash(slice_cut(word, 0, cut));
		*at = ret->at + cut + (word.at[cut] == '\'' ? 1 : 3);
	}
	return true;
}

static void lexicon_add(struct lexicon *lexicon, enum role role, const char *text,
    const char *value, const struct verb *verb)
{
	uint32_t ids[LEXICON_WORD_MAX], hash;
	size_t count = 0, at = 0;
	struct slice whole = slice_of(text);
	struct phrase *phrase;
	struct word word;

	while (count < LEXICON_WORD_MAX && lexicon_next(lexicon, whole, &at, &word, &hash))
		ids[count++] = lexicon_intern(lexicon, slice_cut(whole, word.at, word.at + word.len), hash);
	if (count == 0)
		return;
	phrase = arena_push(lexicon->arena, (void **)&lexicon->phrases, &lexicon->phrase_count,
	    &lexicon->phrase_room, sizeof(*phrase));
	*phrase = (struct phrase){ .count = (uint32_t)count, .role = role, .verb = verb };
	phrase->ids = arena_alloc(lexicon->arena, count * sizeof(*ids));
	memcpy(phrase->ids, ids, count * sizeof(*ids));
	phrase->second = count > 1 ? ids[1] : 0;
	phrase->value = arena_slice(lexicon->arena, slice_of(value));
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
static void lexicon_roles(struct lexicon *lexicon)
{
	lexicon->roles = arena_alloc(lexicon->arena, lexicon->entry_count * sizeof(*lexicon->roles));
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
		lexicon_intern(lexicon, words.at[i], word_hash(words.at[i]));
	lexicon->common = arena_alloc(lexicon->arena, lexicon->entry_count);
	for (size_t i = 0; i < words.count; i++)
		lexicon->common[lexicon_lookup(lexicon, words.at[i], word_hash(words.at[i]))] = 1;
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
	const char *language = lexicon_text_of(root, "language");

	if (language == NULL || strlen(language) >= sizeof(lexicon->language))
		return lexicon_fault(path, root, "language is missing (\"en\")", error);
	memcpy(lexicon->language, language, strlen(language) + 1);
	return lexicon_flag(root, "structure_only", path, &lexicon->structure_only, error);
}

/* Elisions come first: they cut what is added after them. */
static int lexicon_fill(struct lexicon *lexicon, const config_t *config, const char *path,
    struct error *error)
{
	static const char *const keys[] = {
		"language", "structure_only", "common", "verbs", "elisions", "participle_endings", "past_endings",
		"infinitive_endings", "adjective_endings", "year_middles", NULL,
	};
	const struct {
		const char *key;
		struct strings *ret;
	} strings[] = {
		{ "elisions", &lexicon->elisions }, { "participle_endings", &lexicon->participles },
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
	if (code == 0)
		lexicon_roles(lexicon);
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

bool lexicon_structure_only(const struct lexicon *lexicon)
{
	return lexicon->structure_only;
}

const char *lexicon_language(const struct lexicon *lexicon)
{
	return lexicon->language;
}

/* An opening mark that never closes quotes nothing: forgotten from there on. */
static void words_unquote(struct words *words, size_t from, uint8_t flag)
{
	for (size_t i = from; i < words->count; i++)
		words->at[i].flags &= (uint8_t)~flag;
}

void lexicon_words(const struct lexicon *lexicon, struct slice text, struct words *words)
{
	size_t at = 0, opened = 0, bracketed = 0;
	bool quoted = false, bracket = false;
	struct word word;
	uint32_t hash;

	words->count = 0;
	words->text = text;
	words->roles = lexicon->roles;
	while (lexicon_next(lexicon, text, &at, &word, &hash)) {
		if (words->count == words->room) {
			words->room = words->room == 0 ? 256 : words->room + words->room / 2;
			words->at = xreallocarray(words->at, words->room, sizeof(*words->at));
		}
		if (word.gap & GAP_QUOTE) {
			quoted = !quoted;
			opened = words->count;
		}
		if (word.gap & GAP_CLOSE)
			bracket = false;
		if (word.gap & GAP_OPEN) {
			bracket = true;
			bracketed = words->count;
		}
		word.flags |= (uint8_t)((quoted ? WORD_QUOTED : 0) | (bracket ? WORD_BRACKETED : 0));
		word.id = lexicon_lookup(lexicon, slice_cut(text, word.at, word.at + word.len), hash);
		words->at[words->count++] = word;
	}
	words->gap_end = word.gap;
	if (quoted && !(word.gap & GAP_QUOTE))
		words_unquote(words, opened, WORD_QUOTED);
	if (bracket && !(word.gap & GAP_CLOSE))
		words_unquote(words, bracketed, WORD_BRACKETED);
}

void words_release(struct words *words)
{
	free(words->at);
	*words = (struct words){ 0 };
}

/* The rest of a phrase whose first two words stand at i. */
static bool lexicon_fits(const struct phrase *phrase, const struct words *words, size_t i)
{
	if (phrase->count > words->count - i)
		return false;
	for (uint32_t k = 2; k < phrase->count; k++)
		if (words->at[i + k].id != phrase->ids[k] || words->at[i + k].gap != 0)
			return false;
	return true;
}

static bool endings_have(const struct strings *endings, struct slice word, size_t least)
{
	for (size_t i = 0; i < endings->count; i++)
		if (word.len >= endings->at[i].len + least &&
		    slice_equal_nocase(slice_from(word, word.len - endings->at[i].len), endings->at[i]))
			return true;
	return false;
}

/* "a" is Spanish for "to" in "a presentar" and not in "a Haití": where its value is "verb", the next
 * word must end as infinitives do. */
static bool lexicon_stands(const struct lexicon *lexicon, const struct phrase *phrase,
    const struct words *words, size_t i)
{
	const size_t next = i + phrase->count;

	if (phrase->role != ROLE_INFINITIVE || !slice_is(phrase->value, "verb"))
		return true;
	/* "à moyen terme": an ending alone may deceive, a noun that can be asked does not. */
	return next < words->count && words->at[next].gap == 0 && !(words->at[next].flags & WORD_CAPITAL) &&
	    (words->roles[words->at[next].id] & (ROLE_BIT(ROLE_ACTOR) | ROLE_BIT(ROLE_NEVER))) == 0 &&
	    lexicon_is_infinitive(lexicon, word_text(words, next));
}

const struct phrase *lexicon_find(const struct lexicon *lexicon, const struct words *words, size_t i,
    uint64_t roles)
{
	const struct entry *entry = &lexicon->entries[words->at[i].id];
	const struct phrase *phrase;
	uint32_t at;

	if ((entry->longer_roles & roles) && i + 1 < words->count && words->at[i + 1].gap == 0 &&
	    lexicon_has_pair(lexicon, words->at[i].id, words->at[i + 1].id))
		for (at = entry->longer; at != 0; at = phrase->next) {
			phrase = &lexicon->phrases[at - 1];
			if (phrase->second == words->at[i + 1].id && (ROLE_BIT(phrase->role) & roles) && lexicon_fits(phrase, words, i) &&
			    lexicon_stands(lexicon, phrase, words, i))
				return phrase;
		}
	for (at = entry->single; at != 0; at = phrase->next) {
		phrase = &lexicon->phrases[at - 1];
		if ((ROLE_BIT(phrase->role) & roles) && lexicon_stands(lexicon, phrase, words, i))
			return phrase;
	}
	return NULL;
}

bool lexicon_is_participle(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->participles, word, 3);
}

size_t lexicon_infinitive(const struct lexicon *lexicon, const struct words *words, size_t i)
{
	const struct phrase *marker = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_INFINITIVE));
	size_t next = marker != NULL ? i + marker->count : 0;

	if (marker == NULL || next >= words->count)
		return 0;
	if (slice_is(marker->value, "clause"))
		return marker->count;
	if (words->at[next].flags & WORD_CAPITAL)
		return 0;
	return slice_is(marker->value, "verb") ||
	        lexicon_at(lexicon, words, next, ROLE_BIT(ROLE_ARTICLE) | ROLE_BIT(ROLE_RELATIVE) | ROLE_BIT(ROLE_THAT)) == NULL ?
	    marker->count : 0;
}

bool lexicon_is_past(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->pasts, word, 2);
}

size_t lexicon_year_middle(const struct lexicon *lexicon, struct slice word)
{
	for (size_t i = 0; i < lexicon->year_middles.count; i++)
		if (slice_starts_nocase(word, lexicon->year_middles.at[i]))
			return lexicon->year_middles.at[i].len;
	return 0;
}

bool lexicon_adjectives_follow(const struct lexicon *lexicon)
{
	return lexicon->adjectives.count == 0;
}

/* An ending of four letters and more is a verb itself ("faire"). */
bool lexicon_is_infinitive(const struct lexicon *lexicon, struct slice word)
{
	if (endings_have(&lexicon->infinitives, word, 1))
		return true;
	for (size_t i = 0; i < lexicon->infinitives.count; i++)
		if (lexicon->infinitives.at[i].len >= 4 && slice_equal_nocase(word, lexicon->infinitives.at[i]))
			return true;
	return false;
}

bool lexicon_is_verbal(const struct lexicon *lexicon, struct slice word)
{
	return lexicon_is_participle(lexicon, word) || lexicon_is_infinitive(lexicon, word);
}

bool lexicon_is_adjective(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->adjectives, word, 0);
}

size_t lexicon_common(const struct lexicon *lexicon, struct slice text, size_t *ret_words)
{
	size_t at = 0, common = 0;
	struct word word;
	uint32_t hash;

	*ret_words = 0;
	while (lexicon_next(lexicon, text, &at, &word, &hash)) {
		common += lexicon->common[lexicon_lookup(lexicon,
		    slice_cut(text, word.at, word.at + word.len), hash)];
		*ret_words += 1;
	}
	return common;
}
