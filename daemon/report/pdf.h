#ifndef MANDATE_REPORT_PDF_H
#define MANDATE_REPORT_PDF_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "model.h"

/*
 * What the files pdf*.c share. A report is painted twice by the same code, the first time without
 * ink, to learn how many pages it has. All lengths are points; y grows downwards.
 */
#define PDF_COLUMNS 40
#define PDF_LABELS 128

enum pdf_font {
	PDF_TITLE, PDF_PART, PDF_HEADING, PDF_SMALL_HEADING, PDF_BOLD, PDF_BODY, PDF_SMALL, PDF_SMALL_BOLD, PDF_TINY, PDF_TINY_BOLD, PDF_FONTS
};

/* A text in its place; what does not fit on the page goes on on the next. */
struct pdf_cell {
	PangoLayout *layout;
	bool coloured, soft; /* a heading; a label beside its value */
	PangoLayoutIter *at; /* NULL: all of it is painted */
	double left;
};

struct pdf_table {
	size_t count;
	bool fits; /* else each row is a list of its fields */
	double left[PDF_COLUMNS], width[PDF_COLUMNS];
	struct pdf_cell header[PDF_COLUMNS], cells[PDF_COLUMNS];
};

struct pdf_painter {
	cairo_surface_t *surface;
	cairo_t *ink;
	PangoFontDescription *fonts[PDF_FONTS];
	PangoAttrList *plain;
	bool measuring;
	bool leftward;   /* written from right to left */
	bool open;       /* a page is */
	bool landscape;  /* the next pages are */
	int page;
	double y, width, height; /* of the page */
	int bookmarks;
	int part_bookmark;
	const char *footer;
	struct buf *out; /* where the library's bytes go now */
	struct pdf_cell values[2]; /* on the left and on the right of a line */
	struct pdf_cell labels[2][PDF_LABELS]; /* of fields, set once and used again and again */
	struct pdf_table table;
};

/* --- Pages ---------------------------------------------------------------------------------- */

double pdf_left(const struct pdf_painter *painter);
double pdf_room_across(const struct pdf_painter *painter); /* between the margins */
/* Begins another page unless so much of this one is left. */
void pdf_need(struct report_page *page, double height);
void pdf_close_page(struct report_page *page);
void pdf_space(struct pdf_painter *painter, double height);
void pdf_rule(struct pdf_painter *painter, double grey);

/* --- Texts ---------------------------------------------------------------------------------- */

void pdf_cell_set(struct pdf_painter *painter, struct pdf_cell *cell, enum pdf_font font, const char *text, double left,
    double width, bool at_end);
double pdf_cell_height(const struct pdf_cell *cell);
void pdf_cell_release(struct pdf_cell *cell);
/* Cells side by side; fresh is called on each page that they go on to. */
void pdf_cells(struct report_page *page, struct pdf_cell *cells, size_t count, void (*fresh)(struct report_page *page));
void pdf_text(struct report_page *page, enum pdf_font font, double indent, const char *text);
void pdf_pair(struct report_page *page, const char *label, const char *value);
/* Two fields in one line; none of the second where its label is NULL. */
struct pdf_pair {
	const char *label, *value;
};
void pdf_pairs(struct report_page *page, struct pdf_pair first, struct pdf_pair second);

/* --- Tables and pictures ------------------------------------------------------------------- */

/* How wide the part's table would like to be. */
double pdf_table_wanted(const struct report_page *page);
/* Whether it can be read in so much room. */
bool pdf_table_fits(const struct report_page *page, double room);
void pdf_table_begin(struct report_page *page);
void pdf_table_row(struct report_page *page, const json_t *row);
void pdf_table_end(struct pdf_painter *painter);
void pdf_picture(struct report_page *page, const json_t *picture);

/* The painter of one pass: what it is given is an int, the number of pages; 0 in the first pass, which fills it in. */
extern const struct report_writer pdf_painter_writer;

#endif
