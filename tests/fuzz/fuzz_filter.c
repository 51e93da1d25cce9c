/*
 * Any words are a filter, written as well-formed JSON, or are refused with a message.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "store/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice words = {(const char *)data, size};
	struct error error = ERROR_NONE;
	json_t *json = NULL;
	struct buf out;

	buf_init(&out, BUF_MAX_BODY);
	if (filter_parse(words, &out, &error) != 0) {
		assert(error.name != NULL && error.message[0] != '\0');
	} else if (json_read(buf_slice(&out), &json, &error) != 0) {
		/* jansson takes no NUL in a text; the service refuses it before the filter sees it. */
		if (slice_find(buf_slice(&out), SLICE("\\u0000")) < 0) {
			fprintf(stderr, "fuzz_filter: %s\n", error.message);
			abort();
		}
	} else {
		assert(json_is_array(json));
	}
	json_decref(json);
	buf_release(&out);
	return 0;
}
