#include "picture.h"

#include <string.h>

#include "base/date.h"
#include "phrase.h"

#define PICTURE_WIDTH 760
#define PICTURE_LEFT 130
#define PICTURE_BAR 560
#define PICTURE_ROW 26

static const char *const picture_statuses[] = {"implemented", "in_progress", "continuing", "not_started", "proposed",
    "closed", "overtaken", "not_applicable"};
#define STATUSES (sizeof picture_statuses / sizeof *picture_statuses)

void picture_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&')
			buf_append_text(out, "&amp;");
		else if (c == '<')
			buf_append_text(out, "&lt;");
		else if (c == '>')
			buf_append_text(out, "&gt;");
		else if (c == '"')
			buf_append_text(out, "&quot;");
		else if (c < ' ' && c != '\n' && c != '\t')
			buf_append_text(out, c == '\r' ? " " : "\xEF\xBF\xBD");
		else
			buf_append_byte(out, *text);
	}
}

/* Obligation number i over the whole report, or NULL. The cursor keeps the place. */
struct picture_cursor {
	size_t resolution, paragraph, obligation;
};

static const struct report_obligation *picture_next(const struct report *report, struct picture_cursor *at)
{
	while (at->resolution < report->count) {
		const struct report_resolution *resolution = &report->resolutions[at->resolution];

		if (at->paragraph >= resolution->count) {
			*at = (struct picture_cursor){at->resolution + 1, 0, 0};
			continue;
		}
		if (at->obligation < resolution->paragraphs[at->paragraph].count)
			return &resolution->paragraphs[at->paragraph].obligations[at->obligation++];
		*at = (struct picture_cursor){at->resolution, at->paragraph + 1, 0};
	}
	return NULL;
}

static int64_t picture_count(const struct report *report, const char *kind, const char *status)
{
	struct picture_cursor at = {0};
	const struct report_obligation *one;
	int64_t n = 0;

	while ((one = picture_next(report, &at)) != NULL)
		n += strcmp(one->value[FIELD_KIND], kind) == 0 && strcmp(one->value[FIELD_STATUS], status) == 0;
	return n;
}

static void picture_bar(const struct report *report, struct buf *out, const struct report_count *kind, int64_t most,
    int64_t y)
{
	int64_t x = PICTURE_LEFT;

	buf_printf(out, "<text x=\"%d\" y=\"%lld\" text-anchor=\"end\">", PICTURE_LEFT - 10, (long long)y + 14);
	picture_text(out, phrase_word(report->arena, kind->name));
	buf_append_text(out, "</text>\n");
	for (size_t s = 0; s < STATUSES; s++) {
		int64_t n = picture_count(report, kind->name, picture_statuses[s]), width = n * PICTURE_BAR / most;

		if (n == 0)
			continue;
		buf_printf(out, "<rect class=\"s-%s\" x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"18\"><title>%s, %s: %lld</title></rect>\n",
		    picture_statuses[s], (long long)x, (long long)y, (long long)(width > 2 ? width - 2 : 1),
		    kind->name, phrase_word(report->arena, picture_statuses[s]), (long long)n);
		x += width;
	}
	buf_printf(out, "<text x=\"%lld\" y=\"%lld\">%lld</text>\n", (long long)x + 6, (long long)y + 14, (long long)kind->n);
}

void picture_kinds(const struct report *report, struct buf *out)
{
	const struct report_tally *kinds = &report->summary.kind;
	int64_t most = 1, y = 4;

	if (kinds->count == 0)
		return;
	for (size_t i = 0; i < kinds->count; i++)
		most = kinds->items[i].n > most ? kinds->items[i].n : most;
	buf_printf(out, "<figure>\n<svg role=\"img\" aria-labelledby=\"kinds-title kinds-words\" viewBox=\"0 0 %d %zu\" "
	    "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"kinds-title\">Status by kind</title>\n<desc id=\"kinds-words\">",
	    PICTURE_WIDTH, kinds->count * PICTURE_ROW + 8);
	for (size_t i = 0; i < kinds->count; i++) {
		buf_printf(out, "%s%s:", i > 0 ? "; " : "", kinds->items[i].name);
		for (size_t s = 0; s < STATUSES; s++) {
			int64_t n = picture_count(report, kinds->items[i].name, picture_statuses[s]);

			if (n > 0)
				buf_printf(out, " %lld %s", (long long)n, phrase_word(report->arena, picture_statuses[s]));
		}
	}
	buf_append_text(out, "</desc>\n");
	for (size_t i = 0; i < kinds->count; i++, y += PICTURE_ROW)
		picture_bar(report, out, &kinds->items[i], most, y);
	buf_append_text(out, "</svg>\n<figcaption>Obligations by kind, coloured by status: ");
	for (size_t i = 0; i < report->summary.status.count; i++)
		buf_printf(out, "<span class=\"key\"><i class=\"s-%s\"></i>%s</span> ", report->summary.status.items[i].name,
		    phrase_word(report->arena, report->summary.status.items[i].name));
	buf_append_text(out, "</figcaption>\n</figure>\n");
}

struct picture_span {
	struct day from, to, as_of;
	size_t rows;
};

static bool picture_window(const struct report_obligation *one, struct day *from, struct day *to)
{
	if (date_parse(slice_of(one->value[FIELD_DUE_ON]), from, NULL) != 0)
		return false;
	if (date_parse(slice_of(one->value[FIELD_DUE_END]), to, NULL) != 0 || to->n < from->n)
		*to = *from;
	return true;
}

static struct picture_span picture_measure(const struct report *report)
{
	struct picture_span span = {.from = {INT32_MAX}, .to = {INT32_MIN}};
	struct picture_cursor at = {0};
	const struct report_obligation *one;
	struct day from, to;

	while ((one = picture_next(report, &at)) != NULL) {
		if (!picture_window(one, &from, &to))
			continue;
		span.rows++;
		span.from.n = from.n < span.from.n ? from.n : span.from.n;
		span.to.n = to.n > span.to.n ? to.n : span.to.n;
	}
	if (span.rows > 0 && date_parse(slice_of(report->as_of), &span.as_of, NULL) == 0) {
		span.from.n = span.as_of.n < span.from.n ? span.as_of.n : span.from.n;
		span.to.n = span.as_of.n > span.to.n ? span.as_of.n : span.to.n;
	}
	span.from.n -= 31;
	span.to.n += 31;
	return span;
}

static int64_t picture_x(const struct picture_span *span, struct day day)
{
	return PICTURE_LEFT + 20 + (int64_t)(day.n - span->from.n) * (PICTURE_BAR - 20) / (span->to.n - span->from.n);
}

static void picture_years(const struct picture_span *span, struct buf *out, size_t height)
{
	int first = date_to_civil(span->from).year + 1, last = date_to_civil(span->to).year;
	int step = (last - first) / 8 + 1;

	for (int year = first; year <= last; year += step) {
		struct day day;
		long long x;

		if (!date_from_civil((struct civil){year, 1, 1}, &day))
			continue;
		x = (long long)picture_x(span, day);
		buf_printf(out, "<line class=\"grid\" x1=\"%lld\" y1=\"18\" x2=\"%lld\" y2=\"%zu\"/>"
		    "<text x=\"%lld\" y=\"12\" text-anchor=\"middle\">%d</text>\n", x, x, height, x, year);
	}
}

static void picture_windows(const struct report *report, const struct picture_span *span, struct buf *out)
{
	struct picture_cursor at = {0};
	const struct report_obligation *one;
	struct day from, to;
	size_t y = 26;

	while ((one = picture_next(report, &at)) != NULL) {
		long long x;

		if (!picture_window(one, &from, &to))
			continue;
		x = (long long)picture_x(span, from);
		buf_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", PICTURE_LEFT + 10, y + 13);
		picture_text(out, one->value[FIELD_REFERENCE]);
		buf_printf(out, "</text><rect class=\"s-%s\" x=\"%lld\" y=\"%zu\" width=\"%lld\" height=\"16\" rx=\"3\"><title>",
		    one->value[FIELD_STATUS], x, y, (long long)picture_x(span, to) - x + 6);
		picture_text(out, arena_printf(report->arena, "%s: %s to %s, %s", one->value[FIELD_REFERENCE],
		    phrase_date(report->arena, one->value[FIELD_DUE_ON]), phrase_date(report->arena, one->value[FIELD_DUE_END]),
		    phrase_word(report->arena, one->value[FIELD_TIMELINESS])));
		buf_append_text(out, "</title></rect>\n");
		y += PICTURE_ROW;
	}
}

void picture_deadlines(const struct report *report, struct buf *out)
{
	struct picture_span span = picture_measure(report);
	size_t height = span.rows * PICTURE_ROW + 30;
	struct picture_cursor at = {0};
	const struct report_obligation *one;
	struct day from, to;
	long long now;

	if (span.rows == 0)
		return;
	buf_printf(out, "<figure>\n<svg role=\"img\" aria-labelledby=\"line-title line-words\" viewBox=\"0 0 %d %zu\" "
	    "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"line-title\">Deadlines</title>\n<desc id=\"line-words\">",
	    PICTURE_WIDTH, height);
	while ((one = picture_next(report, &at)) != NULL)
		if (picture_window(one, &from, &to))
			picture_text(out, arena_printf(report->arena, "%s: %s to %s. ", one->value[FIELD_REFERENCE],
			    phrase_date(report->arena, one->value[FIELD_DUE_ON]), phrase_date(report->arena, one->value[FIELD_DUE_END])));
	buf_append_text(out, "</desc>\n");
	picture_years(&span, out, height);
	picture_windows(report, &span, out);
	now = (long long)picture_x(&span, span.as_of);
	buf_printf(out, "<line class=\"now\" x1=\"%lld\" y1=\"18\" x2=\"%lld\" y2=\"%zu\"/>\n</svg>\n"
	    "<figcaption>Deadlines, from the planning date to the customary end; the broken line is %s.</figcaption>\n</figure>\n",
	    now, now, height, phrase_date(report->arena, report->as_of));
}
