/* For a terminal: plain lines, bars for the statuses. */
#include <string.h>

#include "base/utf8.h"
#include "model.h"

#define TEXT_WIDTH 92
#define TEXT_NAME 12
#define TEXT_BAR 40

/* Wraps text at the width; the caller has written `used` columns of the first line. */
static void text_wrap(struct buf *out, size_t indent, size_t used, struct slice text)
{
	bool fresh = true; /* nothing of the text stands on this line yet */
	struct slice word;

	while (slice_take_until(&text, ' ', &word)) {
		size_t columns = utf8_columns(word);

		if (!fresh && used + 1 + columns > TEXT_WIDTH) {
			buf_append_byte(out, '\n');
			buf_append_repeat(out, ' ', indent);
			used = indent;
		} else if (!fresh) {
			buf_append_byte(out, ' ');
			used++;
		}
		buf_append_slice(out, word);
		used += columns;
		fresh = false;
	}
	buf_append_byte(out, '\n');
}

static void text_field(struct buf *out, const char *name, struct slice value)
{
	if (value.len == 0)
		return;
	buf_printf(out, "    %-*s", TEXT_NAME, name);
	text_wrap(out, TEXT_NAME + 4, TEXT_NAME + 4, value);
}

static void text_rendered(struct buf *out, const char *name, const json_t *value,
    void (*render)(const json_t *, struct buf *))
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	render(value, &text);
	text_field(out, name, buf_slice(&text));
	buf_release(&text);
}

static void text_obligation(const json_t *o, struct buf *out)
{
	const json_t *last = json_member(o, "last_update");
	struct buf status;

	buf_printf(out, "\n    %s\n", json_text_of(o, "reference"));
	text_rendered(out, "asked of", o, model_addressees);
	text_rendered(out, "kind", o, model_kind);
	text_field(out, "to do", slice_of(json_text_of(o, "action")));
	text_rendered(out, "conditions", json_member(o, "conditions"), model_list);
	text_field(out, "in", slice_of(json_text_of(o, "vehicle")));
	buf_init(&status, BUF_MAX_LINE);
	model_word(json_text_of(o, "status"), &status);
	buf_append_text(&status, " since ");
	model_date(json_text_of(o, "status_since"), &status);
	buf_printf(&status, "; %s", json_text_of(o, "clearance"));
	text_field(out, "status", buf_slice(&status));
	buf_release(&status);
	text_rendered(out, "due", o, model_due);
	text_field(out, "owner", slice_of(json_text_of(json_member(o, "owner"), "name")));
	text_field(out, "alternate", slice_of(json_text_of(json_member(o, "alternate"), "name")));
	text_field(out, "unit", slice_of(json_text_of(o, "unit")));
	text_field(out, "review", slice_of(json_text_of(o, "review_on")));
	text_rendered(out, "last said", o, model_last);
	text_rendered(out, "evidence", json_member(last, "evidence"), model_list);
	text_rendered(out, "formerly", json_member(o, "former_references"), model_list);
}

static void text_bars(const json_t *summary, struct buf *out)
{
	long long all = json_integer_of(summary, "obligations");
	const char *key;
	json_t *count;

	json_object_foreach (json_member(summary, "by_status"), key, count) {
		long long n = json_integer_value(count);
		size_t start = out->len;

		buf_append_text(out, "  ");
		model_word(key, out);
		buf_append_repeat(out, ' ', out->len - start < 18 ? 18 - (out->len - start) : 1);
		for (long long i = 0; all > 0 && i < (n * TEXT_BAR + all - 1) / all; i++)
			buf_append_text(out, "█");
		buf_printf(out, " %lld of %lld\n", n, all);
	}
}

void report_text(const json_t *model, struct buf *out)
{
	const json_t *resolution, *paragraph, *obligation;
	struct buf text;
	size_t i, j, k;

	buf_init(&text, BUF_MAX_BODY);
	buf_printf(out, "%s\n", json_text_of(model, "title"));
	model_basis(model, &text);
	text_wrap(out, 0, 0, buf_slice(&text));
	buf_append_byte(out, '\n');
	model_summary(model, out);
	buf_append_byte(out, '\n');
	text_bars(json_member(model, "summary"), out);
	json_array_foreach (json_member(model, "resolutions"), i, resolution) {
		buf_clear(&text);
		model_resolution(resolution, &text);
		buf_append_byte(out, '\n');
		text_wrap(out, 0, 0, buf_slice(&text));
		text_wrap(out, 0, 0, slice_of(json_text_of(resolution, "title")));
		json_array_foreach (json_member(resolution, "paragraphs"), j, paragraph) {
			const char *label = json_text_of(paragraph, "label");

			buf_printf(out, "\n%-3s ", label);
			text_wrap(out, 4, 4, slice_of(json_text_of(paragraph, "text")));
			if (json_flag_of(paragraph, "asks_nothing"))
				buf_append_text(out, "    (asks nothing)\n");
			json_array_foreach (json_member(paragraph, "obligations"), k, obligation)
				text_obligation(obligation, out);
		}
	}
	buf_release(&text);
}
