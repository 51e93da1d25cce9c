#ifndef MANDATE_REPORT_PICTURE_H
#define MANDATE_REPORT_PICTURE_H

#include <stdint.h>

#include "model.h"

/*
 * Pictures as inline SVG, each with its title and the same data in words. What they are drawn from:
 *   bars, columns  {"series":[{"label":…,"parts":{NAME:NUMBER,…}},…],"unit":…}
 *   timeline       {"series":[{"label":…,"from":DATE,"to":DATE,"status":…,"timeliness":…},…],"as_of":DATE,"left_out":N}
 *   curve          {"series":[{"on":DATE,"n":N},…],"as_of":DATE,"threshold":{"n":N,"label":…}}
 * Nothing where the series is empty.
 */
void picture_svg(struct report_page *page, const json_t *picture);
/* What stands under a picture, in words. */
const char *picture_caption(const struct report_page *page, const json_t *picture);
/* Red, green and blue of a part: a status has its colour everywhere, anything else one by its place. */
uint32_t picture_colour(const char *name, size_t place);
/* The names of all parts of a series, each with its place: statuses in their order, others as they appear. */
json_t *picture_names(const json_t *series);
/* Text with what XML would read as its own escaped. */
void picture_text(struct buf *out, const char *text);

#endif
