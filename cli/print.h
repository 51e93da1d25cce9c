#ifndef MANDATE_CLI_PRINT_H
#define MANDATE_CLI_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "command.h"

/*
 * What people see. Widths are columns of the terminal, not bytes. Colour only on a
 * terminal, and not with NO_COLOR; text is shortened only on a terminal or to a width that
 * was said, where the whole can be seen with `mandate show`.
 */
struct page {
	struct buf out;
	bool terminal; /* standard output is one */
	bool fit;      /* to the width: on a terminal, or where --width or COLUMNS says how wide */
	bool colour;
	size_t width;
};

enum tone { TONE_PLAIN, TONE_STRONG, TONE_FAINT, TONE_GOOD, TONE_WARN, TONE_BAD, TONE_MARK };

void page_init(struct page *page, const struct invocation *invocation);
/* Writes all out and releases. A full or closed pipe is an error: returns the exit code. */
int page_finish(struct page *page, int exit_code);
/* Writes out what there is and goes on. False: nobody can read it any more. */
bool page_flush(struct page *page);
/* A page of its own with the same width and colour, to be filled elsewhere. */
void page_like(struct page *page, const struct page *other);

void page_text(struct page *page, enum tone tone, const char *text);
void page_slice(struct page *page, enum tone tone, struct slice text);
/* Lines that are longer than the page is wide go on below, indented like them and at least as far as a field's value. */
void page_fold(struct page *page);
/* Words wrapped to the page's width, each line indented. */
void page_wrap(struct page *page, size_t indent, const char *text);

/* Bytes of a text and how they are shown. */
struct mark {
	size_t start, end;
	enum tone tone;
};

/* The same with marks, in the order of their start, none over another. */
void page_wrap_marked(struct page *page, size_t indent, struct slice text, const struct mark *marks, size_t count);
/* A name in a column of its own and a value wrapped beside it; nothing where the value is empty. */
void page_field(struct page *page, const char *name, const char *value);
/* The word beside a number: "party" of 1, "parties" of any other. */
const char *word_of(int64_t many, const char *one, const char *several);
/* "1 party", "2 parties", of a number in an answer. */
void page_count(struct buf *out, const json_t *answer, const char *member, const char *one, const char *several);
/* Pretty JSON. */
void page_json(struct page *page, const json_t *value);

struct cell {
	const char *text;
	enum tone tone;
};

/* Cells live as long as the arena that made them. flexible: the column that gives way where
 * the terminal is too narrow. kept: a bit for each column that never does, such as figures. wrapped: the
 * last column is never shortened, but goes on in the lines below it, also where there is no terminal. */
struct table {
	const char *const *titles;
	size_t columns, flexible;
	unsigned kept;
	bool wrapped;
	struct cell *cells;
	size_t count, room;
	struct arena *arena;
};

void table_add(struct table *table, const char *text, enum tone tone);
void page_table(struct page *page, const struct table *table);

#endif
