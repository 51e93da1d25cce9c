/*
 * Any bytes are taken for some format, and give UTF-8 text or a refusal. PDF is left to pdftotext,
 * which is not ours to fuzz. What begins with "docx" and form feeds between three parts is put into a Word
 * document first, since the check sums in a zip file keep changed bytes from its parts.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/utf8.h"
#include "cli/input.h"

static void fuzz_convert(struct slice bytes)
{
	struct error error = ERROR_NONE;
	struct buf out;
	size_t bad;

	buf_init(&out, (size_t)1 << 20);
	if (input_convert("input", bytes, &out, &error) != 0)
		assert(error.name != NULL && error.message[0] != '\0');
	else if (!utf8_valid(bytes, &bad) || buf_failed(&out))
		; /* plain text passes as it is: the reader looks at it */
	else
		assert(utf8_valid(buf_slice(&out), &bad));
	buf_release(&out);
}

/* The three parts of a document in a zip file. */
static void fuzz_document(struct slice text)
{
	static const char *const names[] = {"word/document.xml", "word/numbering.xml", "word/styles.xml"};
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	struct slice part;
	zip_int64_t len;
	char *bytes;

	zip_source_keep(source);
	for (size_t i = 0; i < 3 && slice_take_until(&text, '\f', &part); i++) {
		zip_int64_t at = zip_file_add(zip, names[i], zip_source_buffer(zip, part.at, part.len, 0), 0);

		if (at >= 0)
			zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
	}
	if (zip_close(zip) == 0 && zip_source_open(source) == 0) {
		zip_source_seek(source, 0, SEEK_END);
		len = zip_source_tell(source);
		bytes = malloc((size_t)len + 1);
		zip_source_seek(source, 0, SEEK_SET);
		len = zip_source_read(source, bytes, (zip_uint64_t)len);
		fuzz_convert((struct slice){bytes, (size_t)len});
		free(bytes);
		zip_source_close(source);
	}
	zip_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};

	if (memmem(data, size, "%PDF-", 5) != NULL)
		return 0;
	input_start();
	if (slice_take(&bytes, SLICE("docx")))
		fuzz_document(bytes);
	else
		fuzz_convert(bytes);
	return 0;
}
