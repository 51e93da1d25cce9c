#ifndef MANDATE_REPORT_PICTURE_DRAW_H
#define MANDATE_REPORT_PICTURE_DRAW_H

#include <librsvg/rsvg.h>

#include "model.h"

/*
 * The pictures of picture.h, painted: in a PDF, in a Word document. librsvg draws them with the
 * colours of the page in HTML.
 */

/* Families that have the letters of the six languages; the first that is there and has them is taken. */
#define PICTURE_FAMILIES "Noto Sans,DejaVu Sans,Noto Sans Arabic,Amiri,Noto Sans CJK SC,WenQuanYi Micro Hei,Droid Sans Fallback,sans-serif"

/* The first <svg>…</svg> of a page; empty where there is none. */
struct slice picture_find(struct slice html);
/* NULL after a fault, which the page then has. To be released with g_object_unref. */
RsvgHandle *picture_load(struct report_page *page, struct slice svg);
/* How high it is where it is so wide. */
double picture_height(RsvgHandle *handle, double across);
bool picture_paint(struct report_page *page, RsvgHandle *handle, cairo_t *ink, double left, double top, double across);
/* As PNG in base64, so wide. Nothing is appended after a fault. */
void picture_png(struct report_page *page, struct slice svg, int across, struct buf *out);

#endif
