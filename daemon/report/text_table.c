/*
 * Tables on a terminal. Rows come one at a time and are never gathered, so a column's width is what
 * the table of fields says; those without one share what is left. Long values wrap in their cell.
 */
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "phrase.h"
#include "text.h"

#define TABLE_GAP 2
#define TABLE_LEAST 14 /* of a column that takes what is left */

static size_t table_room(const struct report_page *page)
{
	return page->options->width >= 40 ? (size_t)page->options->width : page->options->width > 0 ? 40 : 80;
}

static void table_measure(struct report_page *page)
{
	struct text_table *table = page->state;
	size_t fixed = 0, open = 0, room = table_room(page);

	table->count = page->part->count < TEXT_COLUMNS ? page->part->count : TEXT_COLUMNS;
	for (size_t i = 0; i < table->count; i++) {
		const struct field_row *field = page->part->columns[i];
		size_t heading = utf8_columns(slice_of(field_heading(page->language, field)));

		table->width[i] = field->width == 0 ? 0 : (size_t)field->width > heading ? (size_t)field->width : heading;
		fixed += table->width[i] + TABLE_GAP;
		open += field->width == 0;
	}
	table->fits = page->part->count <= TEXT_COLUMNS && fixed + open * TABLE_LEAST <= room;
	for (size_t i = 0; i < table->count; i++)
		if (table->width[i] == 0)
			table->width[i] = table->fits ? (room - fixed) / open : TABLE_LEAST;
}

/* The next line of a cell, at most so wide, cut at a blank where there is one. */
static struct slice table_piece(struct slice *rest, size_t width)
{
	struct slice piece = {rest->at, 0};
	size_t blank = 0;

	*rest = slice_trim(*rest);
	piece.at = rest->at;
	while (piece.len < rest->len) {
		size_t next = piece.len + 1;

		while (next < rest->len && ((unsigned char)rest->at[next] & 0xC0) == 0x80)
			next++;
		if (rest->at[piece.len] == ' ' || rest->at[piece.len] == '\n')
			blank = piece.len;
		if (utf8_columns((struct slice){rest->at, next}) > width)
			break;
		piece.len = next;
	}
	if (piece.len < rest->len && blank > 0 && rest->at[piece.len] != ' ')
		piece.len = blank;
	*rest = slice_from(*rest, piece.len);
	return slice_trim(piece);
}

static void table_cell(struct report_page *page, size_t i, struct slice piece, bool last)
{
	const struct text_table *table = page->state;
	size_t columns = utf8_columns(piece), pad = columns < table->width[i] ? table->width[i] - columns : 0;
	bool right = field_is_number(page->part->columns[i]);

	if (right)
		buf_append_repeat(page->out, ' ', pad);
	for (size_t c = 0; c < piece.len; c++)
		buf_append_byte(page->out, piece.at[c] == '\n' || piece.at[c] == '\t' ? ' ' : piece.at[c]);
	if (!last)
		buf_append_repeat(page->out, ' ', (right ? 0 : pad) + TABLE_GAP);
}

/* Cells side by side, as many lines as the longest needs. */
static void table_line(struct report_page *page, struct slice rest[TEXT_COLUMNS])
{
	const struct text_table *table = page->state;
	size_t last = 0;
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < table->count; i++)
			if (rest[i].len > 0)
				last = i;
		for (size_t i = 0; i <= last && i < table->count; i++) {
			table_cell(page, i, table_piece(&rest[i], table->width[i]), i == last);
			more = more || slice_trim(rest[i]).len > 0;
		}
		last = 0;
		buf_append_byte(page->out, '\n');
	}
}

void text_table_begin(struct report_page *page)
{
	struct text_table *table = page->state;
	struct slice rest[TEXT_COLUMNS];

	table_measure(page);
	if (!table->fits)
		return;
	for (size_t i = 0; i < table->count; i++)
		rest[i] = slice_of(field_heading(page->language, page->part->columns[i]));
	table_line(page, rest);
	for (size_t i = 0; i < table->count; i++) {
		buf_append_repeat(page->out, '-', table->width[i]);
		if (i + 1 < table->count)
			buf_append_repeat(page->out, ' ', TABLE_GAP);
	}
	buf_append_byte(page->out, '\n');
}

bool text_table_row(struct report_page *page, const json_t *row)
{
	const struct text_table *table = page->state;
	struct slice rest[TEXT_COLUMNS] = {{NULL, 0}};

	if (!table->fits)
		return false;
	for (size_t i = 0; i < table->count; i++) {
		const struct field_row *field = page->part->columns[i];

		rest[i] = slice_of(field_prose(page->arena, page->language, field, json_object_get(row, field->name)));
	}
	table_line(page, rest);
	return true;
}

static const char *picture_label(struct report_page *page, const json_t *one, const char *part)
{
	return arena_printf(page->arena, "%s %s", json_text_of(one, "label"), phrase_word(page->arena, page->language, part));
}

/* A picture in words: each column of it a line with its bar. What a time line or a curve shows, the rows
 * say already, and the summary has the figures of bars. */
void text_picture(struct report_page *page, const json_t *picture)
{
	const json_t *series = json_object_get(picture, "series"), *one;
	size_t columns = TEXT_BAR_LABEL;
	double most = 0;
	const char *name;
	json_t *value;
	size_t i;

	if (strcmp(json_text_of(picture, "kind"), "columns") != 0 || json_array_size(series) == 0)
		return;
	json_array_foreach(series, i, one)
		json_object_foreach(json_object_get(one, "parts"), name, value) {
			most = json_number_value(value) > most ? json_number_value(value) : most;
			columns = text_bar_label(columns, picture_label(page, one, name));
		}
	buf_printf(page->out, "\n  %s\n", report_say(page->language, json_text_of(picture, "title")));
	json_array_foreach(series, i, one)
		json_object_foreach(json_object_get(one, "parts"), name, value)
			text_bar(page, picture_label(page, one, name), columns, "", (int64_t)json_number_value(value), (int64_t)most,
			    phrase_number(page->arena, page->language, (int64_t)json_number_value(value)));
}
