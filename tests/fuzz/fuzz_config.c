/*
 * Any text is a configuration or is refused; what was read is printed as a file that reads the same.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "config.h"

/* libconfig forgets a text that is never closed; the daemon reads few of them. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct error error = ERROR_NONE;
	struct settings settings, again;
	struct buf first, second;

	/* @include reads other files; that is libconfig's affair. */
	if (slice_find(text, SLICE("@include")) >= 0)
		return 0;
	buf_init(&first, BUF_MAX_BODY);
	buf_init(&second, BUF_MAX_BODY);
	if (settings_parse(&settings, "fuzz.conf", text, NULL, &error) != 0) {
		assert(error.name != NULL && error.message[0] != '\0');
	} else {
		settings_print(&settings, &first);
		if (settings_parse(&again, "printed.conf", buf_slice(&first), NULL, &error) != 0) {
			fprintf(stderr, "fuzz_config: what was printed is refused: %s\n", error.message);
			abort();
		}
		settings_print(&again, &second);
		if (!slice_equal(buf_slice(&first), buf_slice(&second))) {
			fprintf(stderr, "fuzz_config: printed as\n%sthen as\n%s", buf_text(&first), buf_text(&second));
			abort();
		}
		settings_release(&again);
	}
	settings_release(&settings);
	buf_release(&second);
	buf_release(&first);
	return 0;
}
