#ifndef MANDATE_TEST_READER_CASE_H
#define MANDATE_TEST_READER_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "reader/reader.h"

/* Reads texts for the tests of the reader's rooms; the reader is opened once for a group. */
static struct reader *reader;

static inline int reader_case_open(void **state)
{
	struct error error = ERROR_NONE;

	(void)state;
	reader = reader_open(TEST_CONFIG, &error);
	if (reader == NULL)
		fprintf(stderr, "%s\n", error.message);
	return reader == NULL;
}

static inline int reader_case_close(void **state)
{
	(void)state;
	reader_close(reader);
	return 0;
}

static inline struct reading *reader_case_read(const char *text)
{
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;

	if (reader_read(reader, slice_of(text), &reading, &error) < 0)
		fail_msg("%s", error.message);
	return reading;
}

#endif
