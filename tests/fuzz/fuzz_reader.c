/*
 * Any bytes are read or refused, and every reading can be written as JSON and as
 * Akoma Ntoso that parses. Compared with the reading of its own second half, every
 * paragraph is there once.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <libxml/parser.h>

#include "base/json.h"
#include "reader/compare.h"
#include "reader/reader.h"

static const struct reader *fuzz_reader(void)
{
	static struct reader *reader;
	struct error error = ERROR_NONE;

	if (reader == NULL)
		reader = reader_open(FUZZ_CONFIG, &error);
	if (reader == NULL) {
		fprintf(stderr, "fuzz_reader: %s\n", error.message);
		exit(EXIT_FAILURE);
	}
	return reader;
}

static void fuzz_akn(const struct reading *reading)
{
	struct buf out;
	xmlDocPtr document;

	buf_init(&out, BUF_MAX_DOCUMENT);
	reading_write_akn(reading, NULL, &out);
	document = xmlReadMemory(buf_text(&out), (int)out.len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
	if (document == NULL)
		abort();
	xmlFreeDoc(document);
	buf_release(&out);
}

static void fuzz_compare(const struct reading *from, struct slice text)
{
	struct error error = ERROR_NONE;
	struct reading *to = NULL;
	struct comparison *comparison;
	size_t wanted = 0, found = 0;

	if (reader_read(fuzz_reader(), slice_from(text, text.len / 2), &to, &error) != 0)
		return;
	comparison = comparison_new(from, to);
	for (size_t i = 0; i < to->paragraph_count; i++)
		wanted += to->paragraphs[i].part == PART_OPERATIVE || to->paragraphs[i].part == PART_PREAMBULAR;
	for (size_t i = 0; i < comparison->pair_count; i++)
		found += comparison->pairs[i].to != NULL;
	assert(found == wanted);
	comparison_free(comparison);
	reading_free(to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct error error = ERROR_NONE;
	struct reading *reading = NULL;
	json_t *json = NULL;
	struct buf out;

	if (reader_read(fuzz_reader(), text, &reading, &error) != 0) {
		assert(error.name != NULL && error.message[0] != '\0' && reading == NULL);
		return 0;
	}
	buf_init(&out, BUF_MAX_DOCUMENT);
	reading_write_json(reading, &out);
	if (json_read(buf_slice(&out), &json, &error) != 0) {
		fprintf(stderr, "fuzz_reader: %s\n", error.message);
		abort();
	}
	json_decref(json);
	buf_release(&out);
	fuzz_akn(reading);
	fuzz_compare(reading, text);
	reading_free(reading);
	return 0;
}
