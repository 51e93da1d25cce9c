/* Word's numbered lists: how they are described, and how they count. */
#include "docx.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define LEVELS 9
#define BASES 16         /* how far a style is looked for in what it is based on */
#define START_MAX 32767  /* Word's own limit */
#define LETTERS_MAX 20   /* of one number: "zz" and so on */

struct level {
	int start;
	int restart; /* -1: after any higher level, 0: never, n: after level n or a higher one */
	bool legal;  /* numbers of higher levels stand in it as 1, 2, 3 */
	const char *format, *text, *style;
};

/* How a list looks; lists that look the same count together. */
struct abstract {
	int id;
	const char *link; /* a numbering style that says how, in its place */
	struct level levels[LEVELS];
	int counts[LEVELS];
	bool counting[LEVELS];
};

struct list {
	int id, abstract;
	int starts[LEVELS];     /* -1: as the level says */
	struct level *override; /* NULL, or LEVELS of them; those without a format are none */
	bool begun;
};

struct style {
	const char *id, *base;
	int list, level;
	bool usual; /* of paragraphs that name none */
};

struct docx_lists {
	struct arena *arena;
	struct abstract *abstracts;
	struct list *lists;
	struct style *styles;
	const struct style *usual;
	size_t abstract_count, abstract_room, list_count, list_room, style_count, style_room;
	/* While the parts are read. */
	struct abstract *abstract;
	struct list *list;
	struct level *level;
	int override;
};

struct docx_lists *docx_lists_new(void)
{
	struct arena *arena = arena_new();
	struct docx_lists *lists = arena_alloc(arena, sizeof *lists);

	lists->arena = arena;
	return lists;
}

void docx_lists_free(struct docx_lists *lists)
{
	if (lists != NULL)
		arena_free(lists->arena);
}

static const char *lists_text(struct docx_lists *lists, xmlTextReaderPtr reader, const char *attribute)
{
	xmlChar *value = docx_attribute(reader, attribute);
	const char *text = arena_text(lists->arena, slice_of((const char *)value));

	xmlFree(value);
	return text;
}

static void lists_abstract(struct docx_lists *lists, int id)
{
	struct abstract *abstract = arena_push(lists->arena, (void **)&lists->abstracts, &lists->abstract_count,
	    &lists->abstract_room, sizeof *abstract);

	*abstract = (struct abstract){.id = id};
	for (size_t i = 0; i < LEVELS; i++)
		abstract->levels[i] = (struct level){.restart = -1, .format = "decimal", .text = ""};
	lists->abstract = abstract;
	lists->list = NULL;
	lists->level = NULL;
}

static void lists_list(struct docx_lists *lists, int id)
{
	struct list *list = arena_push(lists->arena, (void **)&lists->lists, &lists->list_count, &lists->list_room, sizeof *list);

	*list = (struct list){.id = id, .abstract = -1};
	for (size_t i = 0; i < LEVELS; i++)
		list->starts[i] = -1;
	lists->list = list;
	lists->abstract = NULL;
	lists->level = NULL;
}

/* A level's description begins, of a list's look or of one list alone. */
static void lists_level(struct docx_lists *lists, int i)
{
	lists->level = NULL;
	if (i < 0 || i >= LEVELS)
		return;
	if (lists->abstract != NULL) {
		lists->level = &lists->abstract->levels[i];
	} else if (lists->list != NULL) {
		if (lists->list->override == NULL)
			lists->list->override = arena_alloc(lists->arena, LEVELS * sizeof *lists->list->override);
		lists->level = &lists->list->override[i];
		*lists->level = (struct level){.restart = -1, .format = "decimal", .text = ""};
	}
}

static void lists_of_level(struct docx_lists *lists, xmlTextReaderPtr reader, const char *name)
{
	struct level *level = lists->level;

	if (strcmp(name, "start") == 0)
		level->start = docx_number(reader, "w:val", 0);
	else if (strcmp(name, "numFmt") == 0)
		level->format = lists_text(lists, reader, "w:val");
	else if (strcmp(name, "lvlText") == 0)
		level->text = lists_text(lists, reader, "w:val");
	else if (strcmp(name, "lvlRestart") == 0)
		level->restart = docx_number(reader, "w:val", -1);
	else if (strcmp(name, "pStyle") == 0)
		level->style = lists_text(lists, reader, "w:val");
	else if (strcmp(name, "isLgl") == 0)
		level->legal = true;
}

static bool lists_enter(void *arg, xmlTextReaderPtr reader, const char *name)
{
	struct docx_lists *lists = arg;

	if (strcmp(name, "Fallback") == 0)
		return false;
	if (strcmp(name, "abstractNum") == 0)
		lists_abstract(lists, docx_number(reader, "w:abstractNumId", -1));
	else if (strcmp(name, "num") == 0)
		lists_list(lists, docx_number(reader, "w:numId", -1));
	else if (strcmp(name, "lvl") == 0)
		lists_level(lists, docx_number(reader, "w:ilvl", -1));
	else if (strcmp(name, "numStyleLink") == 0 && lists->abstract != NULL)
		lists->abstract->link = lists_text(lists, reader, "w:val");
	else if (strcmp(name, "abstractNumId") == 0 && lists->list != NULL)
		lists->list->abstract = docx_number(reader, "w:val", -1);
	else if (strcmp(name, "lvlOverride") == 0)
		lists->override = docx_number(reader, "w:ilvl", -1);
	else if (strcmp(name, "startOverride") == 0 && lists->list != NULL && lists->override >= 0 && lists->override < LEVELS)
		lists->list->starts[lists->override] = docx_number(reader, "w:val", -1);
	else if (lists->level != NULL)
		lists_of_level(lists, reader, name);
	return true;
}

int docx_lists_read(struct docx_lists *lists, struct slice numbering, struct error *error)
{
	return docx_scan(numbering, &(struct docx_scan){.enter = lists_enter, .arg = lists}, error);
}

static bool styles_enter(void *arg, xmlTextReaderPtr reader, const char *name)
{
	struct docx_lists *lists = arg;
	struct style *style = lists->style_count > 0 ? &lists->styles[lists->style_count - 1] : NULL;

	if (strcmp(name, "style") == 0) {
		const char *type = lists_text(lists, reader, "w:type"), *usual = lists_text(lists, reader, "w:default");

		style = arena_push(lists->arena, (void **)&lists->styles, &lists->style_count, &lists->style_room, sizeof *style);
		*style = (struct style){.id = lists_text(lists, reader, "w:styleId"), .base = "", .list = -1, .level = -1,
		    .usual = strcmp(type, "paragraph") == 0 && (strcmp(usual, "1") == 0 || strcmp(usual, "true") == 0)};
	} else if (style != NULL && strcmp(name, "basedOn") == 0) {
		style->base = lists_text(lists, reader, "w:val");
	} else if (style != NULL && strcmp(name, "numId") == 0) {
		style->list = docx_number(reader, "w:val", -1);
	} else if (style != NULL && strcmp(name, "ilvl") == 0) {
		style->level = docx_number(reader, "w:val", -1);
	}
	return strcmp(name, "pPrChange") != 0;
}

int docx_lists_styles(struct docx_lists *lists, struct slice styles, struct error *error)
{
	return docx_scan(styles, &(struct docx_scan){.enter = styles_enter, .arg = lists}, error);
}

static int abstract_compare(const void *a, const void *b)
{
	const struct abstract *one = a, *other = b;

	return (one->id > other->id) - (one->id < other->id);
}

static int list_compare(const void *a, const void *b)
{
	const struct list *one = a, *other = b;

	return (one->id > other->id) - (one->id < other->id);
}

static int style_compare(const void *a, const void *b)
{
	const struct style *one = a, *other = b;

	return strcmp(one->id, other->id);
}

static struct abstract *abstract_find(struct docx_lists *lists, int id)
{
	const struct abstract key = {.id = id};

	return lists->abstract_count == 0 ? NULL
	    : bsearch(&key, lists->abstracts, lists->abstract_count, sizeof key, abstract_compare);
}

static struct list *list_find(struct docx_lists *lists, int id)
{
	const struct list key = {.id = id};

	return lists->list_count == 0 ? NULL : bsearch(&key, lists->lists, lists->list_count, sizeof key, list_compare);
}

static const struct style *style_find(struct docx_lists *lists, const char *id)
{
	const struct style key = {.id = id};

	return lists->style_count == 0 || id == NULL || *id == '\0' ? NULL
	    : bsearch(&key, lists->styles, lists->style_count, sizeof key, style_compare);
}

void docx_lists_ready(struct docx_lists *lists)
{
	if (lists->abstract_count > 0)
		qsort(lists->abstracts, lists->abstract_count, sizeof *lists->abstracts, abstract_compare);
	if (lists->list_count > 0)
		qsort(lists->lists, lists->list_count, sizeof *lists->lists, list_compare);
	if (lists->style_count > 0)
		qsort(lists->styles, lists->style_count, sizeof *lists->styles, style_compare);
	for (size_t i = 0; i < lists->style_count && lists->usual == NULL; i++)
		if (lists->styles[i].usual)
			lists->usual = &lists->styles[i];
}

/* How a list looks; where it leaves that to a numbering style, how that style's list looks. */
static struct abstract *list_abstract(struct docx_lists *lists, const struct list *list)
{
	struct abstract *abstract = abstract_find(lists, list->abstract);

	if (abstract != NULL && abstract->link != NULL) {
		const struct style *style = style_find(lists, abstract->link);
		const struct list *linked = style != NULL ? list_find(lists, style->list) : NULL;

		return linked != NULL ? abstract_find(lists, linked->abstract) : NULL;
	}
	return abstract;
}

static const struct level *list_level(const struct list *list, const struct abstract *abstract, size_t i)
{
	return list->override != NULL && list->override[i].format != NULL ? &list->override[i] : &abstract->levels[i];
}

static int list_start(const struct list *list, const struct abstract *abstract, size_t i)
{
	return list->starts[i] >= 0 ? list->starts[i] : list_level(list, abstract, i)->start;
}

/* The list and the level of a paragraph, from itself or the nearest style that says it. */
static struct docx_numbered numbered_by_style(struct docx_lists *lists, const struct docx_numbered *paragraph)
{
	const struct style *style = style_find(lists, paragraph->style);
	struct docx_numbered n = *paragraph;

	if (style == NULL)
		style = lists->usual;
	n.style = style != NULL ? style->id : "";
	for (int i = 0; style != NULL && i < BASES; i++) {
		if (n.list < 0)
			n.list = style->list;
		if (n.level < 0)
			n.level = style->level;
		style = style_find(lists, style->base);
	}
	return n;
}

/* The level that is linked with a paragraph's style; the highest where none is. */
static int level_of_style(const struct list *list, const struct abstract *abstract, const char *style)
{
	for (size_t i = 0; i < LEVELS; i++) {
		const char *linked = list_level(list, abstract, i)->style;

		if (linked != NULL && strcmp(linked, style) == 0)
			return (int)i;
	}
	return 0;
}

/* Counts on at a level; the levels below it begin again. */
static void abstract_count(struct abstract *abstract, struct list *list, size_t level)
{
	for (size_t i = 0; i < LEVELS && !list->begun; i++)
		if (list->starts[i] >= 0)
			abstract->counting[i] = false;
	list->begun = true;
	abstract->counts[level] = abstract->counting[level] ? abstract->counts[level] + 1 : list_start(list, abstract, level);
	abstract->counting[level] = true;
	for (size_t i = level + 1; i < LEVELS; i++) {
		int restart = list_level(list, abstract, i)->restart;

		if (restart < 0 || (int)level < restart)
			abstract->counting[i] = false;
	}
}

static void number_letters(struct buf *out, int value, char first)
{
	buf_append_repeat(out, (char)(first + (value - 1) % 26), (size_t)((value - 1) / 26 + 1));
}

static void number_roman(struct buf *out, int value, bool upper)
{
	static const int values[] = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
	static const char *const lower_words[] = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
	static const char *const upper_words[] = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		for (; value >= values[i]; value -= values[i])
			buf_append_text(out, upper ? upper_words[i] : lower_words[i]);
}

/* A format that is not here, the words of a language for example, is written in digits. */
static void number_put(struct buf *out, int value, const char *format)
{
	bool upper = strncmp(format, "upper", 5) == 0;

	if (strcmp(format, "none") == 0)
		return;
	if ((strcmp(format, "lowerLetter") == 0 || strcmp(format, "upperLetter") == 0) && value > 0 && value <= 26 * LETTERS_MAX)
		number_letters(out, value, upper ? 'A' : 'a');
	else if ((strcmp(format, "lowerRoman") == 0 || strcmp(format, "upperRoman") == 0) && value > 0 && value < 4000)
		number_roman(out, value, upper);
	else
		buf_printf(out, strcmp(format, "decimalZero") == 0 ? "%02d" : "%d", value);
}

/* The level's text with the numbers in their places: "%1.%2", "(%3)". */
static void level_put(const struct list *list, const struct abstract *abstract, size_t at, struct buf *out)
{
	const struct level *level = list_level(list, abstract, at);

	for (const char *c = level->text; *c != '\0'; c++) {
		size_t i = c[0] == '%' && c[1] >= '1' && c[1] <= '9' ? (size_t)(c[1] - '1') : LEVELS;

		if (i == LEVELS) {
			buf_append_byte(out, *c);
			continue;
		}
		c++;
		if (i > at)
			continue;
		number_put(out, abstract->counting[i] ? abstract->counts[i] : list_start(list, abstract, i),
		    level->legal ? "decimal" : list_level(list, abstract, i)->format);
	}
}

void docx_lists_count(struct docx_lists *lists, const struct docx_numbered *paragraph, struct buf *out)
{
	const struct docx_numbered n = numbered_by_style(lists, paragraph);
	struct list *list = n.list > 0 ? list_find(lists, n.list) : NULL; /* list 0 takes a style's number away */
	struct abstract *abstract = list != NULL ? list_abstract(lists, list) : NULL;
	int level;

	if (abstract == NULL)
		return;
	level = n.level >= 0 ? n.level : level_of_style(list, abstract, n.style);
	if (level >= LEVELS)
		return;
	abstract_count(abstract, list, (size_t)level);
	if (strcmp(list_level(list, abstract, (size_t)level)->format, "bullet") != 0)
		level_put(list, abstract, (size_t)level, out);
}
