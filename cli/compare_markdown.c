/* Two resolutions beside each other as Markdown. */
#include "compare_page.h"
#include "read.h"

static void markdown_side(const struct compare_sides *sides, int side, struct buf *out)
{
	const struct reading *reading = sides->reading[side];
	char date[DATE_TEXT] = "";

	if (reading->has_adopted_on)
		date_format(reading->adopted_on, date);
	buf_append_text(out, side == 0 ? "- old: " : "- new: ");
	markdown_text(out, reading->symbol.len > 0 ? reading->symbol : slice_of(sides->file[side]));
	buf_printf(out, "%s%s%s", date[0] != '\0' ? ", " : "", date, reading->title.len > 0 ? ": " : "");
	markdown_text(out, reading->title);
	buf_append_byte(out, '\n');
}

static void markdown_runs(const struct compare_pair *pair, struct buf *out)
{
	static const char *const marks[] = {"", "~~", "**"};

	for (size_t i = 0; i < pair->run_count; i++) {
		const char *mark = marks[pair->runs[i].mark];

		buf_append_text(out, i > 0 ? " " : "");
		buf_append_text(out, mark);
		markdown_text(out, pair->runs[i].text);
		buf_append_text(out, mark);
	}
}

static void markdown_pair(const struct compare_pair *pair, struct buf *out)
{
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	compare_pair_name(pair, &line);
	buf_append_text(out, "\n## ");
	markdown_text(out, buf_slice(&line));
	buf_append_text(out, "\n\n");
	if (pair->verdict == COMPARE_CHANGED)
		markdown_runs(pair, out);
	else
		markdown_text(out, pair->to != NULL ? pair->to->text : pair->from->text);
	buf_append_byte(out, '\n');
	for (size_t i = 0; i < pair->change_count; i++) {
		line.len = 0;
		compare_change_text(&pair->changes[i], &line);
		buf_append_text(out, i == 0 ? "\n- " : "- ");
		markdown_text(out, buf_slice(&line));
		buf_append_byte(out, '\n');
	}
	buf_release(&line);
}

void compare_markdown(const struct compare_sides *sides, struct buf *out)
{
	buf_append_text(out, "# Comparison\n\n");
	markdown_side(sides, 0, out);
	markdown_side(sides, 1, out);
	buf_append_byte(out, '\n');
	compare_warnings(sides, out);
	compare_counts(sides->comparison, out);
	for (size_t i = 0; i < sides->comparison->pair_count; i++)
		if (compare_shows(sides, &sides->comparison->pairs[i]))
			markdown_pair(&sides->comparison->pairs[i], out);
}
