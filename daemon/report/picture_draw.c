#include "picture_draw.h"

#include <string.h>

#include "html.h"

static void picture_fail(struct report_page *page, const char *why)
{
	(void)error_set(page->error, E_SYSTEM, "system", "cannot draw a picture: %s", why);
}

struct slice picture_find(struct slice html)
{
	ptrdiff_t start = slice_find(html, SLICE("<svg")), end = slice_find(html, SLICE("</svg>"));

	return start < 0 || end < start ? (struct slice){"", 0} : slice_cut(html, (size_t)start, (size_t)end + 6);
}

RsvgHandle *picture_load(struct report_page *page, struct slice svg)
{
	const char *style = arena_printf(page->arena, "%s text{font-family:%s}", html_picture_style, PICTURE_FAMILIES);
	GError *fault = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg.at, svg.len, &fault);

	if (handle != NULL && !rsvg_handle_set_stylesheet(handle, (const guint8 *)style, strlen(style), &fault)) {
		g_object_unref(handle);
		handle = NULL;
	}
	if (handle == NULL)
		picture_fail(page, fault->message);
	g_clear_error(&fault);
	return handle;
}

double picture_height(RsvgHandle *handle, double across)
{
	gboolean has_box = FALSE;
	RsvgRectangle box;

	rsvg_handle_get_intrinsic_dimensions(handle, NULL, NULL, NULL, NULL, &has_box, &box);
	return has_box && box.width > 0 ? across * box.height / box.width : across / 3;
}

bool picture_paint(struct report_page *page, RsvgHandle *handle, cairo_t *ink, double left, double top, double across)
{
	RsvgRectangle place = {left, top, across, picture_height(handle, across)};
	GError *fault = NULL;
	bool good = rsvg_handle_render_document(handle, ink, &place, &fault);

	if (!good)
		picture_fail(page, fault->message);
	g_clear_error(&fault);
	return good;
}

static cairo_status_t picture_bytes(void *closure, const unsigned char *bytes, unsigned int len)
{
	buf_append(closure, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

void picture_png(struct report_page *page, struct slice svg, int across, struct buf *out)
{
	RsvgHandle *handle = picture_load(page, svg);
	cairo_surface_t *surface;
	struct buf png;
	cairo_t *ink;
	char *text;

	if (handle == NULL)
		return;
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, across, (int)picture_height(handle, across) + 1);
	ink = cairo_create(surface);
	cairo_set_source_rgb(ink, 1, 1, 1);
	cairo_paint(ink);
	buf_init(&png, BUF_MAX_BODY);
	if (picture_paint(page, handle, ink, 0, 0, across)) {
		cairo_surface_write_to_png_stream(surface, picture_bytes, &png);
		text = g_base64_encode((const guchar *)buf_text(&png), png.len);
		buf_append_text(out, text);
		g_free(text);
	}
	buf_release(&png);
	cairo_destroy(ink);
	cairo_surface_destroy(surface);
	g_object_unref(handle);
}
