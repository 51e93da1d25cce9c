/* The model as it came, indented, its keys in their order. */
#include "base/json.h"

#include "model.h"

static int json_to_buf(const char *bytes, size_t len, void *buf)
{
	buf_append(buf, bytes, len);
	return 0;
}

void report_write_json(const struct report *report, const struct report_options *options, struct buf *out)
{
	(void)options;
	(void)json_dump_callback(report->json, json_to_buf, out,
	    JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15));
	buf_append_byte(out, '\n');
}
