/* The model itself, indented, in its own order. */
#include <stdlib.h>

#include "model.h"

void report_json(const json_t *model, struct buf *out)
{
	char *text = json_dumps(model, JSON_INDENT(2));

	buf_append_text(out, text);
	buf_append_byte(out, '\n');
	free(text);
}
