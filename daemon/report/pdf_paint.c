/* What a PDF shows of each record. */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "pdf.h"
#include "page.h"
#include "phrase.h"
#include "picture_draw.h"

#define PDF_UPRIGHT 540.0   /* what a table may want on an upright page */
#define PDF_LYING 761.0     /* what there is on one that lies on its side */
#define PDF_SHORT 26        /* letters of a value that stands beside another */
#define PDF_BOOKMARKS 10000 /* the library keeps them in memory */

static const char *const pdf_fonts[PDF_FONTS] = {
    [PDF_TITLE] = "bold 20", [PDF_PART] = "bold 15", [PDF_HEADING] = "bold 11.5", [PDF_SMALL_HEADING] = "bold 10",
    [PDF_BOLD] = "bold 9.5", [PDF_BODY] = "9.5", [PDF_SMALL] = "8", [PDF_SMALL_BOLD] = "bold 8",
    [PDF_TINY] = "7.2", [PDF_TINY_BOLD] = "bold 7.2",
};

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig keeps what it has found as long as the process lives. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

static cairo_status_t pdf_write(void *closure, const unsigned char *bytes, unsigned int len)
{
	struct pdf_painter *painter = closure;

	if (painter->out == NULL)
		return CAIRO_STATUS_WRITE_ERROR;
	buf_append(painter->out, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void pdf_metadata(struct report_page *page, const char *title)
{
	struct pdf_painter *painter = page->state;
	/* Of the data and not of now, so that the same report is the same file. */
	const char *at = arena_printf(page->whole, "%.19sZ", *page->head->known_at ? page->head->known_at : "1970-01-01T00:00:00");

	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_AUTHOR, "Mandate");
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_SUBJECT, page->head->filter);
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_KEYWORDS,
	    arena_printf(page->whole, "language: %s", page->language ? page->language : "en"));
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_MOD_DATE, at);
}

static void pdf_prepare(struct report_page *page)
{
	struct pdf_painter *painter = page->state;

	painter->measuring = *(const int *)page->given == 0;
	painter->leftward = report_is_leftward(page->language);
	/* Without ink the library is given nowhere to write. */
	painter->surface = cairo_pdf_surface_create_for_stream(painter->measuring ? NULL : pdf_write, painter, 595.28, 841.89);
	painter->ink = cairo_create(painter->surface);
	for (int i = 0; i < PDF_FONTS; i++)
		painter->fonts[i] = pango_font_description_from_string(arena_printf(page->whole, PICTURE_FAMILIES " %s", pdf_fonts[i]));
	painter->plain = pango_attr_list_new();
	/* A symbol that is cut at the end of a line gets no hyphen that it does not have. */
	pango_attr_list_insert(painter->plain, pango_attr_insert_hyphens_new(FALSE));
	pango_attr_list_insert(painter->plain, pango_attr_language_new(pango_language_from_string(page->language ? page->language : "en")));
}

static void pdf_bookmark(struct report_page *page, const char *text, bool part)
{
	struct pdf_painter *painter = page->state;
	int id;

	if (painter->measuring || painter->bookmarks++ >= PDF_BOOKMARKS)
		return;
	id = cairo_pdf_surface_add_outline(painter->surface, part ? CAIRO_PDF_OUTLINE_ROOT : painter->part_bookmark, text,
	    arena_printf(page->arena, "page=%d pos=[%.1f %.1f]", painter->page, pdf_left(painter), painter->y), 0);
	if (part)
		painter->part_bookmark = id;
}

/* Of a third of the page, the part of the names: as their longest word is to the longest share. */
static double pdf_tally_names(const struct report_page *page, const struct report_tally *tally)
{
	size_t name = 8, share = 10;

	for (size_t i = 0; i < tally->count; i++) {
		size_t word = field_longest_word(phrase_word(page->arena, page->language, tally->items[i].name));
		size_t said = utf8_columns(slice_of(phrase_share(page->arena, page->language, tally->items[i].n, page->head->summary.obligations)));

		name = word > name ? word : name;
		share = said > share ? said : share;
	}
	return (double)(name + 2) / (double)(name + 2 + share);
}

/* One line of a tally in its third of the page: the name, the share at the end. Its heading where the row is -1. */
static void pdf_tally_place(struct report_page *page, struct pdf_cell cells[2], const char *title, const struct report_tally *tally,
    int row, int third)
{
	struct pdf_painter *painter = page->state;
	double across = (pdf_room_across(painter) - 24) / 3, name = across * pdf_tally_names(page, tally);
	double left = pdf_left(painter) + (across + 12) * (painter->leftward ? 2 - third : third);
	bool head = row < 0, beyond = row >= (int)tally->count;
	const char *text = head ? report_say(page->language, title) : beyond ? "" :
	    phrase_word(page->arena, page->language, tally->items[row].name);
	const char *share = head ? report_say(page->language, SAY("Obligations")) : beyond ? "" :
	    phrase_share(page->arena, page->language, tally->items[row].n, page->head->summary.obligations);
	enum pdf_font font = head ? PDF_TINY_BOLD : PDF_TINY;

	pdf_cell_set(painter, &cells[0], font, text, painter->leftward ? left + across - name : left, name, false);
	pdf_cell_set(painter, &cells[1], font, share, painter->leftward ? left : left + name, across - name, true);
}

/* Status, timeliness and kind side by side. */
static void pdf_tallies(struct report_page *page)
{
	const struct report_summary *sum = &page->head->summary;
	const struct report_tally *tallies[] = {&sum->status, &sum->timeliness, &sum->kind};
	const char *titles[] = {SAY("Status"), SAY("Timeliness"), SAY("Kind")};
	struct pdf_painter *painter = page->state;
	struct pdf_cell cells[6] = {{0}};
	size_t rows = 0;

	for (int i = 0; i < 3; i++)
		rows = tallies[i]->count > rows ? tallies[i]->count : rows;
	if (rows == 0)
		return;
	pdf_need(page, 60);
	pdf_space(painter, 10);
	for (int row = -1; row < (int)rows; row++) {
		for (int i = 0; i < 3; i++)
			pdf_tally_place(page, &cells[2 * i], titles[i], tallies[i], row, i);
		pdf_cells(page, cells, 6, NULL);
		painter->y += 1;
		if (row < 0)
			pdf_rule(painter, 0.4);
		painter->y += 1.5;
	}
	for (int i = 0; i < 6; i++)
		pdf_cell_release(&cells[i]);
}

static void pdf_begin(struct report_page *page)
{
	struct pdf_painter *painter = page->state;
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY], *title = phrase_title(page);
	size_t n = phrase_origin(page, origin);

	pdf_prepare(page);
	painter->footer = arena_printf(page->whole, "%s – %s %s", title, report_say(page->language, SAY("As of")),
	    phrase_date(page->whole, page->language, page->head->as_of));
	pdf_metadata(page, title);
	pdf_text(page, PDF_TITLE, 0, title);
	pdf_space(painter, 8);
	for (size_t i = 0; i < n; i++)
		pdf_pair(page, origin[i].label, origin[i].text);
	for (size_t i = 0; i < page->head->note_count; i++)
		pdf_text(page, PDF_BODY, 0, report_say(page->language, page->head->notes[i]));
	n = phrase_summary(page, lines);
	if (n == 0)
		return;
	pdf_space(painter, 10);
	pdf_bookmark(page, report_say(page->language, SAY("Summary")), true);
	pdf_text(page, PDF_PART, 0, report_say(page->language, SAY("Summary")));
	pdf_space(painter, 4);
	for (size_t i = 0; i < n; i++)
		pdf_text(page, PDF_BODY, 0, lines[i]);
	pdf_tallies(page);
}

static void pdf_part(struct report_page *page)
{
	struct pdf_painter *painter = page->state;
	const char *title = report_say(page->language, page->part->title);
	/* A table too wide for an upright page gets pages that lie on their side. */
	bool landscape = page->part->table && pdf_table_wanted(page) > PDF_UPRIGHT && pdf_table_fits(page, PDF_LYING);

	pdf_table_end(painter);
	if (landscape != painter->landscape)
		pdf_close_page(page);
	painter->landscape = landscape;
	pdf_need(page, 90);
	pdf_space(painter, 18);
	pdf_bookmark(page, title, true);
	pdf_text(page, PDF_PART, 0, title);
	pdf_rule(painter, 0.4);
	pdf_space(painter, 6);
	if (page->part->table)
		pdf_table_begin(page);
}

static void pdf_heading(struct report_page *page, const struct report_heading *heading)
{
	struct pdf_painter *painter = page->state;
	const char *title = phrase_heading(page, heading);

	/* With something of what it heads. */
	pdf_need(page, page->part->table ? 110 : 80);
	pdf_space(painter, heading->level == 1 ? 12 : 8);
	if (heading->level == 1)
		pdf_bookmark(page, title, false);
	pdf_text(page, heading->level == 1 ? PDF_HEADING : PDF_SMALL_HEADING, 0, title);
	pdf_text(page, PDF_SMALL, 0, phrase_under(page, heading));
	pdf_space(painter, 2);
	pdf_text(page, PDF_BODY, 14, heading->text);
	if (heading->asks_nothing)
		pdf_text(page, PDF_SMALL, 14, report_say(page->language, SAY("Asks nothing.")));
	pdf_space(painter, 4);
}

/* The fields of a row; two that are short stand in one line. */
static void pdf_fields(struct report_page *page, const json_t *row)
{
	struct pdf_painter *painter = page->state;
	struct pdf_pair waiting = {0}, none = {0};
	struct page_field at = {0};

	while (page_field_next(page, row, &at)) {
		struct pdf_pair pair = {at.heading, at.value};
		bool is_short = utf8_columns(slice_of(at.value)) <= PDF_SHORT, opens = at.opens && at.field->group != GROUP_HEADING;

		if (waiting.label != NULL && (opens || !is_short)) {
			pdf_pairs(page, waiting, none);
			waiting = none;
		}
		if (opens) {
			pdf_need(page, 30);
			pdf_space(painter, 3);
			pdf_text(page, PDF_SMALL_BOLD, 0, field_group_name(page->language, at.field->group));
		}
		if (is_short && waiting.label == NULL) {
			waiting = pair;
		} else {
			pdf_pairs(page, is_short ? waiting : pair, is_short ? pair : none);
			waiting = none;
		}
	}
	if (waiting.label != NULL)
		pdf_pairs(page, waiting, none);
}

static void pdf_row(struct report_page *page, const json_t *row)
{
	struct pdf_painter *painter = page->state;

	if (page->part->table && painter->table.fits) {
		pdf_table_row(page, row);
		return;
	}
	pdf_need(page, 60);
	pdf_space(painter, 6);
	pdf_text(page, PDF_BOLD, 0, page_row_title(page, row));
	pdf_space(painter, 2);
	pdf_fields(page, row);
	painter->y += 3;
	pdf_rule(painter, 0.8);
}

static void pdf_end(struct report_page *page, int64_t rows)
{
	struct pdf_painter *painter = page->state;

	pdf_need(page, 30);
	pdf_space(painter, 12);
	pdf_text(page, PDF_SMALL, 0, phrase_end(page, rows));
	pdf_close_page(page);
	painter->out = page->out;
	if (painter->measuring)
		*(int *)page->given = painter->page;
	cairo_surface_finish(painter->surface);
	if (cairo_surface_status(painter->surface) != CAIRO_STATUS_SUCCESS)
		(void)error_set(page->error, E_SYSTEM, "system", "cannot write the PDF: %s",
		    cairo_status_to_string(cairo_surface_status(painter->surface)));
}

static void pdf_release(struct report_page *page)
{
	struct pdf_painter *painter = page->state;

	painter->out = NULL;
	pdf_table_end(painter);
	for (int i = 0; i < PDF_LABELS; i++)
		for (int side = 0; side < 2; side++)
			pdf_cell_release(&painter->labels[side][i]);
	for (int side = 0; side < 2; side++)
		pdf_cell_release(&painter->values[side]);
	for (int i = 0; i < PDF_FONTS; i++)
		pango_font_description_free(painter->fonts[i]);
	if (painter->plain != NULL)
		pango_attr_list_unref(painter->plain);
	cairo_destroy(painter->ink);
	cairo_surface_destroy(painter->surface);
}

const struct report_writer pdf_painter_writer = {
    .state = sizeof(struct pdf_painter),
    .begin = pdf_begin,
    .part = pdf_part,
    .heading = pdf_heading,
    .row = pdf_row,
    .picture = pdf_picture,
    .end = pdf_end,
    .release = pdf_release,
};
