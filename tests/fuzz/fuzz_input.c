/*
 * Any bytes are taken for some format, and give UTF-8 text or a refusal. PDF is left to pdftotext,
 * which is not ours to fuzz.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};
	struct error error = ERROR_NONE;
	struct buf out;
	size_t bad;

	if (memmem(data, size, "%PDF-", 5) != NULL)
		return 0;
	input_start();
	buf_init(&out, (size_t)1 << 20);
	if (input_convert("input", bytes, &out, &error) != 0)
		assert(error.name != NULL && error.message[0] != '\0');
	else if (!utf8_valid(bytes, &bad) || buf_failed(&out))
		; /* plain text passes as it is: the reader looks at it */
	else
		assert(utf8_valid(buf_slice(&out), &bad));
	buf_release(&out);
	return 0;
}
