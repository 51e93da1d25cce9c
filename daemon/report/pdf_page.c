/* Pages of a PDF: their margins and feet, and texts that go on from one to the next. */
#include <string.h>

#include "pdf.h"
#include "phrase.h"

#define PDF_MARGIN 40.0
#define PDF_NUMBER 110.0 /* across, of "Page 3 of 12" */
#define PDF_FOOT 34.0 /* of the lower margin, for the number of the page */

double pdf_left(const struct pdf_painter *painter)
{
	(void)painter;
	return PDF_MARGIN;
}

double pdf_room_across(const struct pdf_painter *painter)
{
	return painter->width - 2 * PDF_MARGIN;
}

static double pdf_bottom(const struct pdf_painter *painter)
{
	return painter->height - PDF_MARGIN - PDF_FOOT / 2;
}

static void pdf_grey(struct pdf_painter *painter, double grey)
{
	cairo_set_source_rgb(painter->ink, grey, grey, grey);
}

static void pdf_open_page(struct pdf_painter *painter)
{
	painter->width = painter->landscape ? 841.89 : 595.28;
	painter->height = painter->landscape ? 595.28 : 841.89;
	if (!painter->measuring)
		cairo_pdf_surface_set_size(painter->surface, painter->width, painter->height);
	painter->page++;
	painter->y = PDF_MARGIN;
	painter->open = true;
}

/* "Page 3 of 12" at the end of the line, the report's title at its beginning. */
static void pdf_foot(struct report_page *page)
{
	struct pdf_painter *painter = page->state;
	double y = painter->y, room = pdf_room_across(painter);
	struct pdf_cell cells[2] = {{0}};
	const char *number = arena_printf(page->whole, report_say(page->language, SAY("Page %s of %s")),
	    phrase_number(page->whole, page->language, painter->page), phrase_number(page->whole, page->language, *(const int *)page->given));

	painter->y = pdf_bottom(painter) + 10;
	pdf_grey(painter, 0.75);
	pdf_rule(painter, 0.75);
	painter->y += 4;
	pdf_cell_set(painter, &cells[0], PDF_SMALL, painter->footer, painter->leftward ? PDF_MARGIN + PDF_NUMBER : PDF_MARGIN, room - PDF_NUMBER, false);
	pdf_cell_set(painter, &cells[1], PDF_SMALL, number, painter->leftward ? PDF_MARGIN : PDF_MARGIN + room - PDF_NUMBER, PDF_NUMBER, true);
	for (int i = 0; i < 2; i++) {
		pango_layout_set_height(cells[i].layout, -1);
		pango_layout_set_ellipsize(cells[i].layout, PANGO_ELLIPSIZE_END);
		pdf_grey(painter, 0.35);
		cairo_move_to(painter->ink, cells[i].left, painter->y);
		pango_cairo_show_layout(painter->ink, cells[i].layout);
		pdf_cell_release(&cells[i]);
	}
	painter->y = y;
}

void pdf_close_page(struct report_page *page)
{
	struct pdf_painter *painter = page->state;

	if (!painter->open)
		return;
	if (!painter->measuring) {
		painter->out = page->out;
		pdf_foot(page);
		cairo_show_page(painter->ink);
	}
	painter->open = false;
}

void pdf_need(struct report_page *page, double height)
{
	struct pdf_painter *painter = page->state;

	if (painter->open && painter->y > PDF_MARGIN && painter->y + height > pdf_bottom(painter))
		pdf_close_page(page);
	if (!painter->open)
		pdf_open_page(painter);
}

void pdf_space(struct pdf_painter *painter, double height)
{
	if (painter->open && painter->y > PDF_MARGIN)
		painter->y += height;
}

void pdf_rule(struct pdf_painter *painter, double grey)
{
	if (painter->measuring)
		return;
	pdf_grey(painter, grey);
	cairo_set_line_width(painter->ink, 0.5);
	cairo_move_to(painter->ink, PDF_MARGIN, painter->y);
	cairo_line_to(painter->ink, painter->width - PDF_MARGIN, painter->y);
	cairo_stroke(painter->ink);
}

/* Whether a text begins from right to left; one without a letter does as its report. */
static bool pdf_begins_right(const struct pdf_painter *painter, const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		/* Hebrew to Arabic Extended-A, and the presentation forms of both. */
		if (g_unichar_isalpha(c))
			return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFEFF);
	}
	return painter->leftward;
}

/*
 * A paragraph is written in its own direction, so that English in an Arabic report keeps its stops
 * in place, but it begins at the side on which the report's language begins.
 */
void pdf_cell_set(struct pdf_painter *painter, struct pdf_cell *cell, enum pdf_font font, const char *text, double left,
    double width, bool at_end)
{
	bool right = at_end != painter->leftward;

	if (cell->layout == NULL) {
		cell->layout = pango_cairo_create_layout(painter->ink);
		pango_layout_set_wrap(cell->layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_attributes(cell->layout, painter->plain);
		pango_context_set_base_dir(pango_layout_get_context(cell->layout),
		    painter->leftward ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
		pango_layout_context_changed(cell->layout);
	}
	pango_layout_set_font_description(cell->layout, painter->fonts[font]);
	pango_layout_set_width(cell->layout, (int)(width * PANGO_SCALE));
	/* The library changes sides itself for a paragraph that runs against the report's direction. */
	pango_layout_set_alignment(cell->layout,
	    right == (pdf_begins_right(painter, text) == painter->leftward) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_text(cell->layout, text, -1);
	cell->left = left;
	cell->coloured = font == PDF_PART || font == PDF_HEADING;
	cell->soft = false;
	if (cell->at != NULL)
		pango_layout_iter_free(cell->at);
	cell->at = pango_layout_get_iter(cell->layout);
}

double pdf_cell_height(const struct pdf_cell *cell)
{
	int height;

	pango_layout_get_size(cell->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

void pdf_cell_release(struct pdf_cell *cell)
{
	if (cell->at != NULL)
		pango_layout_iter_free(cell->at);
	if (cell->layout != NULL)
		g_object_unref(cell->layout);
	*cell = (struct pdf_cell){0};
}

static void pdf_cell_done(struct pdf_cell *cell)
{
	pango_layout_iter_free(cell->at);
	cell->at = NULL;
}

/* How far the baseline of a cell's next line lies under the line's top. */
static double pdf_cell_ascent(const struct pdf_cell *cell)
{
	PangoRectangle line;

	if (cell->at == NULL)
		return 0;
	pango_layout_iter_get_line_extents(cell->at, NULL, &line);
	return (double)(pango_layout_iter_get_baseline(cell->at) - line.y) / PANGO_SCALE;
}

/*
 * The lines of a cell that fit on this page, at least one of them on a fresh page. The first has its
 * baseline where its neighbours have theirs. Returns their height.
 */
static double pdf_cell_slice(struct pdf_painter *painter, struct pdf_cell *cell, double ascent)
{
	double room = pdf_bottom(painter) - painter->y, top = 0, used = 0;
	bool first = true;

	while (cell->at != NULL) {
		PangoRectangle line;
		double low;

		pango_layout_iter_get_line_extents(cell->at, NULL, &line);
		if (first)
			top = (double)line.y / PANGO_SCALE - ascent + pdf_cell_ascent(cell);
		low = (double)(line.y + line.height) / PANGO_SCALE - top;
		if (low > room && !(first && painter->y <= PDF_MARGIN))
			break;
		if (!painter->measuring) {
			if (cell->coloured)
				cairo_set_source_rgb(painter->ink, 0.04, 0.36, 0.56);
			else
				pdf_grey(painter, cell->soft ? 0.35 : 0.1);
			cairo_move_to(painter->ink, cell->left + (double)line.x / PANGO_SCALE,
			    painter->y + (double)pango_layout_iter_get_baseline(cell->at) / PANGO_SCALE - top);
			pango_cairo_show_layout_line(painter->ink, pango_layout_iter_get_line_readonly(cell->at));
		}
		used = low;
		first = false;
		if (!pango_layout_iter_next_line(cell->at))
			pdf_cell_done(cell);
	}
	return used;
}

/* What the first lines of cells need, on one baseline: fonts of several scripts differ in height. */
static double pdf_cells_first(const struct pdf_cell *cells, size_t count)
{
	double above = 0, under = 0;

	for (size_t i = 0; i < count; i++) {
		double ascent = pdf_cell_ascent(&cells[i]);
		PangoRectangle line;

		if (cells[i].at == NULL)
			continue;
		pango_layout_iter_get_line_extents(cells[i].at, NULL, &line);
		above = ascent > above ? ascent : above;
		under = (double)line.height / PANGO_SCALE - ascent > under ? (double)line.height / PANGO_SCALE - ascent : under;
	}
	return above + under;
}

void pdf_cells(struct report_page *page, struct pdf_cell *cells, size_t count, void (*fresh)(struct report_page *page))
{
	struct pdf_painter *painter = page->state;
	int before = painter->page;
	bool more = true;

	/* No cell begins on the next page where its neighbours begin on this one. */
	pdf_need(page, pdf_cells_first(cells, count));
	if (fresh != NULL && painter->page != before)
		fresh(page);
	while (more) {
		double used = 0, ascent = 0;

		more = false;
		for (size_t i = 0; i < count; i++)
			ascent = pdf_cell_ascent(&cells[i]) > ascent ? pdf_cell_ascent(&cells[i]) : ascent;
		for (size_t i = 0; i < count; i++) {
			double slice = pdf_cell_slice(painter, &cells[i], ascent);

			used = slice > used ? slice : used;
			more = more || cells[i].at != NULL;
		}
		painter->y += used;
		if (!more)
			break;
		pdf_close_page(page);
		pdf_need(page, 0);
		if (fresh != NULL)
			fresh(page);
	}
}

void pdf_text(struct report_page *page, enum pdf_font font, double indent, const char *text)
{
	struct pdf_painter *painter = page->state;
	double left = PDF_MARGIN + (painter->leftward ? 0 : indent);

	if (*text == '\0')
		return;
	pdf_need(page, 12);
	pdf_cell_set(painter, &painter->values[0], font, text, left, pdf_room_across(painter) - indent, false);
	pdf_cells(page, &painter->values[0], 1, NULL);
}

#define PDF_LABEL 106.0

/* The names of fields come with every row, and to set a text costs more than all else. */
static struct pdf_cell *pdf_label(struct pdf_painter *painter, int side, const char *text, double left)
{
	struct pdf_cell *cell = &painter->labels[side][g_str_hash(text) % PDF_LABELS];

	if (cell->layout != NULL && strcmp(pango_layout_get_text(cell->layout), text) == 0 && cell->at == NULL) {
		cell->left = left;
		cell->at = pango_layout_get_iter(cell->layout);
	} else {
		pdf_cell_set(painter, cell, PDF_SMALL, text, left, PDF_LABEL - 10, false);
	}
	cell->soft = true;
	return cell;
}

/* Puts a field on a side of the line: its label, and its value after it in the direction of reading. */
static struct pdf_cell *pdf_pair_place(struct pdf_painter *painter, int side, struct pdf_pair pair, double left, double across)
{
	pdf_cell_set(painter, &painter->values[side], PDF_SMALL, pair.value, painter->leftward ? left : left + PDF_LABEL,
	    across - PDF_LABEL, false);
	return pdf_label(painter, side, pair.label, painter->leftward ? left + across - PDF_LABEL + 10 : left);
}

void pdf_pairs(struct report_page *page, struct pdf_pair first, struct pdf_pair second)
{
	struct pdf_painter *painter = page->state;
	struct pdf_cell cells[4], *names[2];
	double room, half;
	size_t count = second.label == NULL ? 1 : 2;

	pdf_need(page, 12);
	room = pdf_room_across(painter);
	half = (room - 10) / 2;
	names[0] = count == 1 ? pdf_pair_place(painter, 0, first, PDF_MARGIN, room) :
	    pdf_pair_place(painter, 0, first, painter->leftward ? PDF_MARGIN + room - half : PDF_MARGIN, half);
	if (count > 1)
		names[1] = pdf_pair_place(painter, 1, second, painter->leftward ? PDF_MARGIN : PDF_MARGIN + room - half, half);
	for (size_t i = 0; i < count; i++) {
		cells[2 * i] = *names[i];
		cells[2 * i + 1] = painter->values[i];
	}
	pdf_cells(page, cells, 2 * count, NULL);
	for (size_t i = 0; i < count; i++) {
		*names[i] = cells[2 * i];
		painter->values[i] = cells[2 * i + 1];
	}
	painter->y += 1.5;
}

void pdf_pair(struct report_page *page, const char *label, const char *value)
{
	pdf_pairs(page, (struct pdf_pair){label, value}, (struct pdf_pair){0});
}
