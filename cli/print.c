#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "exit.h"
#include "terminal.h"

#define PAGE_FIELD 14
#define TABLE_LEAST 24 /* columns for what is wrapped; else it stands below */

/* *ret_said: the width was asked for. */
static size_t page_columns(const struct invocation *invocation, bool terminal, bool *ret_said)
{
	const char *given = option_value(invocation, OPTION_WIDTH);
	const char *wish = given ? given : getenv("COLUMNS");
	struct slice rest = slice_of(wish);
	struct winsize window;
	uint64_t columns;

	*ret_said = slice_take_number(&rest, 1000, &columns) && columns >= 40;
	if (*ret_said)
		return (size_t)columns;
	if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col >= 40)
		return window.ws_col;
	return 100;
}

void page_init(struct page *page, const struct invocation *invocation)
{
	const char *plain = getenv("NO_COLOR");

	*page = (struct page){.terminal = isatty(STDOUT_FILENO)};
	buf_init(&page->out, BUF_MAX_DOCUMENT);
	page->colour = page->terminal && (plain == NULL || *plain == '\0') && !option_given(invocation, OPTION_NO_COLOR);
	page->width = page_columns(invocation, page->terminal, &page->fit);
	page->fit |= page->terminal;
}

void page_like(struct page *page, const struct page *other)
{
	*page = (struct page){.terminal = other->terminal, .fit = other->fit, .colour = other->colour, .width = other->width};
	buf_init(&page->out, BUF_MAX_DOCUMENT);
}

/* Of what goes to a terminal, only what it may be shown. */
static void page_guard(struct page *page)
{
	struct terminal terminal = {.len = 0};
	struct buf whole = page->out;

	if (!page->terminal)
		return;
	buf_init(&page->out, whole.max);
	terminal_show(&terminal, buf_slice(&whole), &page->out);
	buf_release(&whole);
}

bool page_flush(struct page *page)
{
	struct slice rest;

	page_guard(page);
	rest = buf_slice(&page->out);

	while (rest.len > 0) {
		ssize_t put = write(STDOUT_FILENO, rest.at, rest.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			/* Who closes the pipe has seen enough; anything else is worth a word. */
			if (errno != EPIPE)
				fprintf(stderr, "mandate: cannot write the answer: %s\n", strerror(errno));
			return false;
		}
		rest = slice_from(rest, (size_t)put);
	}
	buf_clear(&page->out);
	return true;
}

int page_finish(struct page *page, int exit_code)
{
	if (!page_flush(page))
		exit_code = exit_code != EXIT_DONE ? exit_code : EXIT_REFUSED;
	buf_release(&page->out);
	return exit_code;
}

void page_slice(struct page *page, enum tone tone, struct slice text)
{
	static const char *const codes[] = {"", "1", "2", "32", "33", "31", "4"};

	if (page->colour && tone != TONE_PLAIN)
		buf_printf(&page->out, "\033[%sm%.*s\033[0m", codes[tone], SLICE_ARG(text));
	else
		buf_append_slice(&page->out, text);
}

void page_text(struct page *page, enum tone tone, const char *text)
{
	page_slice(page, tone, slice_of(text));
}

/* The next line's worth of words; a word longer than the line stands alone. */
static struct slice page_take_line(struct slice *text, size_t columns)
{
	struct slice fit = utf8_fit(*text, columns), line = fit;
	ptrdiff_t broken = slice_find_byte(fit, '\n');

	if (broken >= 0) {
		line = slice_cut(fit, 0, (size_t)broken);
	} else if (fit.len < text->len && text->at[fit.len] != ' ') {
		while (line.len > 0 && line.at[line.len - 1] != ' ')
			line.len--;
		if (line.len == 0)
			line = fit.len > 0 ? fit : slice_cut(*text, 0, 1);
	}
	*text = slice_from(*text, line.len);
	if (text->len > 0 && text->at[0] == '\n')
		*text = slice_from(*text, 1);
	while (text->len > 0 && text->at[0] == ' ')
		*text = slice_from(*text, 1);
	return slice_trim(line);
}

static void page_wrap_from(struct page *page, size_t indent, size_t first, struct slice text)
{
	size_t columns = page->width > indent + 20 ? page->width - indent : 20;

	buf_append_repeat(&page->out, ' ', first);
	for (;;) {
		buf_append_slice(&page->out, page_take_line(&text, columns));
		buf_append_byte(&page->out, '\n');
		if (text.len == 0)
			break;
		buf_append_repeat(&page->out, ' ', indent);
	}
}

void page_wrap(struct page *page, size_t indent, const char *text)
{
	page_wrap_from(page, indent, indent, slice_of(text));
}

void page_fold(struct page *page)
{
	struct buf whole = page->out;
	struct slice rest = buf_slice(&whole), line;

	buf_init(&page->out, whole.max);
	while (slice_take_until(&rest, '\n', &line)) {
		size_t indent = 0;

		while (indent < line.len && line.at[indent] == ' ')
			indent++;
		line = slice_from(line, indent);
		do {
			buf_append_repeat(&page->out, ' ', line.len > 0 ? indent : 0);
			buf_append_slice(&page->out, page_take_line(&line, page->width > indent + 20 ? page->width - indent : 20));
			buf_append_byte(&page->out, '\n');
			indent = indent > PAGE_FIELD ? indent : PAGE_FIELD;
		} while (line.len > 0);
	}
	buf_release(&whole);
}

/* One line of a marked text; *mark is the first that does not end before it. */
static void page_marked_line(struct page *page, const char *text, struct slice line, const struct mark *marks,
    size_t count, size_t *mark)
{
	size_t at = (size_t)(line.at - text), end = at + line.len;

	while (at < end) {
		size_t stop = end;
		enum tone tone = TONE_PLAIN;

		while (*mark < count && marks[*mark].end <= at)
			*mark += 1;
		if (*mark < count && marks[*mark].start <= at) {
			tone = marks[*mark].tone;
			stop = marks[*mark].end < end ? marks[*mark].end : end;
		} else if (*mark < count && marks[*mark].start < end) {
			stop = marks[*mark].start;
		}
		page_slice(page, tone, (struct slice){text + at, stop - at});
		at = stop;
	}
}

void page_wrap_marked(struct page *page, size_t indent, struct slice text, const struct mark *marks, size_t count)
{
	size_t columns = page->width > indent + 20 ? page->width - indent : 20, mark = 0;
	const char *whole = text.at;

	do {
		buf_append_repeat(&page->out, ' ', indent);
		page_marked_line(page, whole, page_take_line(&text, columns), marks, count, &mark);
		buf_append_byte(&page->out, '\n');
	} while (text.len > 0);
}

void page_field(struct page *page, const char *name, const char *value)
{
	size_t used = strlen(name);

	if (*value == '\0')
		return;
	page_text(page, TONE_FAINT, name);
	page_wrap_from(page, PAGE_FIELD, used < PAGE_FIELD ? PAGE_FIELD - used : 1, slice_of(value));
}

const char *word_of(int64_t many, const char *one, const char *several)
{
	return many == 1 ? one : several;
}

void page_count(struct buf *out, const json_t *answer, const char *member, const char *one, const char *several)
{
	int64_t many = json_integer_of(answer, member);

	buf_printf(out, "%lld %s", (long long)many, word_of(many, one, several));
}

void page_json(struct page *page, const json_t *value)
{
	char *text = json_dumps(value, JSON_INDENT(2) | JSON_ENCODE_ANY);

	buf_append_text(&page->out, text);
	buf_append_byte(&page->out, '\n');
	free(text);
}

void table_add(struct table *table, const char *text, enum tone tone)
{
	struct cell *cell = arena_push(table->arena, (void **)&table->cells, &table->count, &table->room, sizeof *cell);

	*cell = (struct cell){arena_text(table->arena, slice_of(text)), tone};
}

static void page_cell(struct page *page, struct cell cell, size_t width, bool last)
{
	struct slice text = slice_of(cell.text);
	size_t columns = utf8_columns(text);

	if (columns > width) {
		page_slice(page, cell.tone, utf8_fit(text, width - 1));
		buf_append_text(&page->out, "…");
		columns = width;
	} else {
		page_slice(page, cell.tone, text);
	}
	if (!last)
		buf_append_repeat(&page->out, ' ', width - columns + 2);
}

static void page_trim(struct page *page)
{
	while (page->out.len > 0 && page->out.at[page->out.len - 1] == ' ')
		page->out.len--;
}

/* The last cell beside the others, or below them where there is no room. */
static void page_cell_wrapped(struct page *page, struct cell cell, size_t before)
{
	if (before + TABLE_LEAST <= page->width) {
		page_wrap_from(page, before, 0, slice_of(cell.text));
	} else {
		page_trim(page);
		buf_append_byte(&page->out, '\n');
		page_wrap(page, 4, cell.text);
	}
}

static void page_row(struct page *page, const struct table *table, const struct cell *cells, const size_t *widths)
{
	size_t last = table->columns - 1, before = 0;

	for (size_t i = 0; i < table->columns - table->wrapped; i++) {
		page_cell(page, cells[i], widths[i], i == last);
		before += widths[i] + 2;
	}
	if (table->wrapped && utf8_columns(slice_of(cells[last].text)) > 0) {
		page_cell_wrapped(page, cells[last], before);
		return;
	}
	page_trim(page);
	buf_append_byte(&page->out, '\n');
}

/* The flexible column gives way first; then the widest of the others, but never the first. */
static void table_narrow(const struct table *table, size_t columns, size_t *widths, size_t over)
{
	for (; over > 0; over--) {
		size_t *give = &widths[table->flexible];

		for (size_t i = 1; *give <= 24 && i < columns; i++)
			if (widths[i] > *give && (table->kept >> i & 1) == 0)
				give = &widths[i];
		if (*give <= 11)
			break;
		(*give)--;
	}
}

void page_table(struct page *page, const struct table *table)
{
	size_t *widths = arena_alloc(table->arena, table->columns * sizeof *widths), total = 0;
	const size_t columns = table->columns - table->wrapped;
	struct cell *titles = arena_alloc(table->arena, table->columns * sizeof *titles);

	for (size_t i = 0; i < table->columns; i++) {
		titles[i] = (struct cell){table->titles[i], TONE_FAINT};
		widths[i] = utf8_columns(slice_of(table->titles[i]));
	}
	for (size_t i = 0; i < table->count; i++) {
		size_t wide = utf8_columns(slice_of(table->cells[i].text));

		if (wide > widths[i % table->columns])
			widths[i % table->columns] = wide;
	}
	/* What is wrapped goes below the others. */
	for (size_t i = 0; i < columns; i++)
		total += widths[i] + (i > 0 ? 2 : 0);
	if (page->fit && total > page->width && table->flexible < columns)
		table_narrow(table, columns, widths, total - page->width);
	page_row(page, table, titles, widths);
	for (size_t i = 0; i + table->columns <= table->count; i += table->columns)
		page_row(page, table, table->cells + i, widths);
}
