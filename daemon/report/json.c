/*
 * For programs. JSON Lines is the stream itself; JSON is one document with the same records: the
 * members of the first, then the parts, each with its groups, each with its rows:
 *   .parts[].groups[].rows[]
 */
#include "base/json.h"

#include "model.h"

struct json_state {
	bool part, group;    /* open */
	size_t groups, rows; /* in them so far */
	struct buf pictures;
};

static int json_to_buf(const char *bytes, size_t len, void *buf)
{
	buf_append(buf, bytes, len);
	return 0;
}

static void json_put(struct buf *out, const json_t *json)
{
	(void)json_dump_callback(json, json_to_buf, out, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY);
}

/* The members of an object without its last brace. */
static void json_open(struct buf *out, const json_t *object)
{
	json_put(out, object);
	if (!buf_failed(out) && out->len > 0)
		out->at[--out->len] = '\0';
}

static void json_begin(struct report_page *page)
{
	struct json_state *state = page->state;

	buf_init(&state->pictures, BUF_MAX_BODY);
	json_open(page->out, page->json);
	buf_append_text(page->out, ",\n\"parts\":[");
}

static void json_close_group(struct report_page *page)
{
	struct json_state *state = page->state;

	if (state->group)
		buf_append_text(page->out, "]}");
	state->group = false;
}

static void json_close_part(struct report_page *page)
{
	struct json_state *state = page->state;

	json_close_group(page);
	if (state->part)
		buf_append_text(page->out, "]}");
	state->part = false;
}

static void json_part(struct report_page *page)
{
	struct json_state *state = page->state;
	bool first = page->parts == 1;

	json_close_part(page);
	buf_append_text(page->out, first ? "\n" : ",\n");
	json_open(page->out, page->json);
	buf_append_text(page->out, ",\"groups\":[");
	state->part = true;
	state->groups = 0;
}

static void json_group(struct report_page *page, const json_t *heading)
{
	struct json_state *state = page->state;

	json_close_group(page);
	buf_append_text(page->out, state->groups++ > 0 ? ",\n{\"heading\":" : "\n{\"heading\":");
	json_put(page->out, heading);
	buf_append_text(page->out, ",\"rows\":[");
	state->group = true;
	state->rows = 0;
}

static void json_heading(struct report_page *page, const struct report_heading *heading)
{
	(void)heading;
	json_group(page, json_object_get(page->json, "heading"));
}

static void json_row(struct report_page *page, const json_t *row)
{
	struct json_state *state = page->state;

	if (!state->group)
		json_group(page, json_null());
	buf_append_text(page->out, state->rows++ > 0 ? ",\n" : "\n");
	json_put(page->out, row);
}

static void json_picture(struct report_page *page, const json_t *picture)
{
	struct json_state *state = page->state;

	if (state->pictures.len > 0)
		buf_append_text(&state->pictures, ",\n");
	json_put(&state->pictures, picture);
}

static void json_end(struct report_page *page, int64_t rows)
{
	struct json_state *state = page->state;

	json_close_part(page);
	buf_append_text(page->out, "\n],\n\"pictures\":[");
	buf_append_slice(page->out, buf_slice(&state->pictures));
	buf_printf(page->out, "],\n\"rows\":%lld}\n", (long long)rows);
}

static void json_release(struct report_page *page)
{
	struct json_state *state = page->state;

	buf_release(&state->pictures);
}

const struct report_writer report_json = {
    .state = sizeof(struct json_state),
    .begin = json_begin,
    .part = json_part,
    .heading = json_heading,
    .row = json_row,
    .picture = json_picture,
    .end = json_end,
    .release = json_release,
};

static void lines_copy(struct report_page *page)
{
	buf_append_slice(page->out, page->line);
	buf_append_byte(page->out, '\n');
}

static void lines_heading(struct report_page *page, const struct report_heading *heading)
{
	(void)heading;
	lines_copy(page);
}

static void lines_record(struct report_page *page, const json_t *record)
{
	(void)record;
	lines_copy(page);
}

static void lines_end(struct report_page *page, int64_t rows)
{
	(void)rows;
	lines_copy(page);
}

const struct report_writer report_lines = {
    .begin = lines_copy,
    .part = lines_copy,
    .heading = lines_heading,
    .row = lines_record,
    .picture = lines_record,
    .end = lines_end,
};
