/* Pictures of a PDF. */
#include "pdf.h"
#include "picture.h"
#include "picture_draw.h"

static void pdf_picture_paint(struct report_page *page, struct slice svg)
{
	struct pdf_painter *painter = page->state;
	RsvgHandle *handle = picture_load(page, svg);
	double across = pdf_room_across(painter), most = painter->height - 160, height;

	if (handle == NULL)
		return;
	height = picture_height(handle, across);
	/* A tall one is made to fit a page. */
	if (height > most) {
		across *= most / height;
		height = most;
	}
	pdf_need(page, height + 24);
	if (!painter->measuring)
		(void)picture_paint(page, handle, painter->ink, pdf_left(painter), painter->y, across);
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
		pdf_picture_paint(page, picture_find(buf_slice(&drawn)));
		pdf_text(page, PDF_SMALL, 0, picture_caption(page, picture));
		pdf_space(painter, 8);
	}
	buf_release(&drawn);
}
