/* Pictures of a PDF: the ones of the page in HTML, painted by librsvg with the same colours. */
#include <librsvg/rsvg.h>

#include <string.h>

#include "html.h"
#include "pdf.h"
#include "picture.h"

/* The bytes from one mark to another, both with them; empty where they are not there. */
static struct slice picture_between(struct slice text, const char *from, const char *to)
{
	ptrdiff_t start = slice_find(text, slice_of(from)), end;

	if (start < 0)
		return (struct slice){"", 0};
	text = slice_from(text, (size_t)start);
	end = slice_find(text, slice_of(to));
	return end < 0 ? (struct slice){"", 0} : slice_cut(text, 0, (size_t)end + strlen(to));
}

static RsvgHandle *picture_load(struct report_page *page, struct slice svg)
{
	GError *fault = NULL;
	const char *style = arena_printf(page->arena, "%s text{font-family:%s}", html_style, PDF_FAMILIES);
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg.at, svg.len, &fault);

	if (handle != NULL && !rsvg_handle_set_stylesheet(handle, (const guint8 *)style, strlen(style), &fault)) {
		g_object_unref(handle);
		handle = NULL;
	}
	if (handle == NULL)
		(void)error_set(page->error, E_SYSTEM, "system", "cannot draw a picture: %s", fault->message);
	g_clear_error(&fault);
	return handle;
}

static void picture_paint(struct report_page *page, struct slice svg)
{
	struct pdf_painter *painter = page->state;
	RsvgHandle *handle = picture_load(page, svg);
	double across = pdf_room_across(painter), height;
	gboolean has_box = FALSE;
	RsvgRectangle box;
	GError *fault = NULL;

	if (handle == NULL)
		return;
	rsvg_handle_get_intrinsic_dimensions(handle, NULL, NULL, NULL, NULL, &has_box, &box);
	height = has_box && box.width > 0 ? across * box.height / box.width : 200;
	/* A tall one is made to fit a page. */
	if (height > painter->height - 160) {
		across *= (painter->height - 160) / height;
		height = painter->height - 160;
	}
	pdf_need(page, height + 24);
	if (!painter->measuring && !rsvg_handle_render_document(handle, painter->ink,
	        &(RsvgRectangle){pdf_left(painter), painter->y, across, height}, &fault))
		(void)error_set(page->error, E_SYSTEM, "system", "cannot draw a picture: %s", fault->message);
	g_clear_error(&fault);
	painter->y += height + 4;
	g_object_unref(handle);
}

void pdf_picture(struct report_page *page, const json_t *picture)
{
	struct pdf_painter *painter = page->state;
	struct buf *out = page->out, drawn;

	buf_init(&drawn, BUF_MAX_BODY);
	page->out = &drawn;
	picture_svg(page, picture);
	page->out = out;
	if (drawn.len > 0) {
		pdf_need(page, 40);
		pdf_space(painter, 8);
		picture_paint(page, picture_between(buf_slice(&drawn), "<svg", "</svg>"));
		pdf_text(page, PDF_SMALL, 0, picture_caption(page, picture));
		pdf_space(painter, 8);
	}
	buf_release(&drawn);
}
