#ifndef MANDATE_REPORT_PICTURE_PART_H
#define MANDATE_REPORT_PICTURE_PART_H

#include "picture.h"

/* What the files picture*.c share: the frame of a picture, its labels, its legend and its scale. */
#define PICTURE_WIDTH 760
#define PICTURE_LEFT 150  /* of names at the left */
#define PICTURE_RIGHT 690 /* where what is drawn ends */
#define PICTURE_ROW 26
#define PICTURE_TALL 260 /* of columns and curves */
#define PICTURE_FOOT 40
#define PICTURE_LETTER 7 /* about, of a label */

/* Opens the figure and the description, which the caller writes and ends with </desc>. */
void picture_open(struct report_page *page, const json_t *picture, int height);
void picture_close(struct report_page *page, const char *caption);
/* class may be NULL; "in" stands upon a colour, any other upon what else is drawn. */
void picture_label(struct report_page *page, int x, int y, const char *anchor, const char *class, const char *text);
void picture_line(struct report_page *page, const char *class, int x1, int y1, int x2, int y2);

int picture_keys_height(struct report_page *page, const json_t *names);
/* What each colour means. */
void picture_keys(struct report_page *page, const json_t *names, int top);

/* Numbers upwards: lines across with what they stand for, at the left of them. */
struct picture_scale {
	double step, most; /* most is a whole number of steps */
	int left;
};
struct picture_scale picture_scale_for(struct report_page *page, double most);
int picture_scale_y(const struct picture_scale *scale, double n);
void picture_scale_draw(struct report_page *page, const struct picture_scale *scale);

void picture_bars(struct report_page *page, const json_t *picture, const json_t *series);
void picture_columns(struct report_page *page, const json_t *picture, const json_t *series);
void picture_timeline(struct report_page *page, const json_t *picture, const json_t *series);
void picture_curve(struct report_page *page, const json_t *picture, const json_t *series);

#endif
