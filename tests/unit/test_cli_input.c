/* What kind of file it is, is told by its content; the text comes out, and nothing else of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "cli/input.h"
#include "cli/program.h"

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static struct buf out;
static struct error error;

static int clean(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static int convert(struct slice bytes, size_t max)
{
	buf_init(&out, max);
	error = ERROR_NONE;
	return input_convert("lamps", bytes, &out, &error);
}

static void expect_text(struct slice bytes, const char *text)
{
	if (convert(bytes, BUF_MAX_BODY) != 0)
		fail_msg("%s", error.message);
	assert_string_equal(buf_text(&out), text);
}

static void plain_text_stays_as_it_is(void **state)
{
	(void)state;
	expect_text(SLICE("1. Requests &amp; <b>urges</b>\n"), "1. Requests &amp; <b>urges</b>\n");
}

static void a_page_gives_what_a_person_sees(void **state)
{
	(void)state;
	expect_text(SLICE("<!DOCTYPE html><html><head><title>Lamps</title><style>p { top: 0 }</style>"
	                  "<script>if (1 < 2) go('<p>');</script></head><body><nav>Home</nav>"
	                  "<p>The&nbsp;Assembly, oil &amp; &#8220;light&#8221;,</p>\n"
	                  "<table><tr><td><p>1.</p></td><td><p>Requests\n a  lamp<sup>2</sup>;</p></td></tr></table>"
	                  "<ol start=2><li>Urges the 47<sup>th</sup> keeper:<ol type=a><li>To go;</li><li>To stay.</li></ol>"
	                  "</li></ol></body></html>"),
	    "The\xC2\xA0"
	    "Assembly, oil & “light”,\n\n1. Requests a lamp²;\n\n2. Urges the 47th keeper:\n\n(a) To go;\n\n(b) To stay.\n");
}

static void a_page_that_nests_without_end_is_read(void **state)
{
	struct buf page;

	(void)state;
	buf_init(&page, BUF_MAX_BODY);
	buf_append_text(&page, "<html><body>");
	for (int i = 0; i < 20000; i++)
		buf_append_text(&page, "<div><b>");
	buf_append_text(&page, "lamp");
	(void)convert(buf_slice(&page), BUF_MAX_BODY); /* the parser may stop at a depth of its own */
	buf_release(&page);
}

/* A zip file of named parts; the caller frees. */
static char *zip_of(const char *const parts[][2], size_t count, size_t *ret_len)
{
	char path[] = "/tmp/mandate-zip-XXXXXX";
	int fd = mkstemp(path);
	zip_t *zip = zip_open(path, ZIP_TRUNCATE, NULL);
	char *bytes = xmalloc(1 << 16);
	FILE *file;

	assert_non_null(zip);
	for (size_t i = 0; i < count; i++)
		zip_file_add(zip, parts[i][0], zip_source_buffer(zip, parts[i][1], strlen(parts[i][1]), 0), 0);
	assert_int_equal(zip_close(zip), 0);
	file = fopen(path, "rb");
	*ret_len = fread(bytes, 1, 1 << 16, file);
	fclose(file);
	close(fd);
	unlink(path);
	return bytes;
}

static const char *const letter[][2] = {
	{ "word/document.xml", "<w:document " WORD "><w:body><w:p><w:r><w:t>1.</w:t><w:tab/><w:t>Requests "
	  "the Secretary</w:t><w:noBreakHyphen/><w:t>General to </w:t></w:r><w:del><w:r><w:delText>sell</w:delText>"
	  "</w:r></w:del><w:r><w:t>mend lamps;</w:t><w:footnoteReference w:id=\"7\"/></w:r></w:p>"
	  "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>2.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Urges all.</w:t>"
	  "</w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>" },
	{ "word/footnotes.xml", "<w:footnotes " WORD "><w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r>"
	  "<w:t>----</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"7\"><w:p><w:r><w:t>See the list.</w:t></w:r>"
	  "</w:p></w:footnote></w:footnotes>" },
};

static void a_word_document_gives_its_text_and_footnotes(void **state)
{
	size_t len;
	char *bytes = zip_of(letter, 2, &len);

	(void)state;
	expect_text((struct slice){ bytes, len }, "1. Requests the Secretary-General to mend lamps;¹\n\n2. Urges all.\n\n"
	                                          "¹ See the list.\n");
	free(bytes);
}

static void a_word_document_larger_than_the_limit_is_refused(void **state)
{
	size_t len;
	char *bytes = zip_of(letter, 2, &len);

	(void)state;
	assert_int_equal(convert((struct slice){ bytes, len }, 100), E_TOO_BIG);
	free(bytes);
}

static void what_cannot_be_read_is_named(void **state)
{
	static const char *const other[][2] = { { "content.xml", "<office/>" } };
	size_t len;
	char *bytes = zip_of(other, 1, &len);

	(void)state;
	assert_int_equal(convert((struct slice){ bytes, len }, BUF_MAX_BODY), E_INPUT);
	assert_non_null(strstr(error.message, "lamps: a zip file without a Word document"));
	clean(NULL);
	assert_int_equal(convert((struct slice){ bytes, len / 2 }, BUF_MAX_BODY), E_INPUT);
	assert_non_null(strstr(error.message, "damaged"));
	clean(NULL);
	assert_int_equal(convert(SLICE("{\\rtf1 lamps}"), BUF_MAX_BODY), E_INPUT);
	assert_string_equal(error.name, "not_text");
	assert_non_null(strstr(error.message, "RTF"));
	free(bytes);
}

/* A PDF of one page with one line of text, its table of offsets computed. */
static void pdf_of(const char *line, struct buf *pdf)
{
	size_t offsets[6], start;
	char stream[200];

	snprintf(stream, sizeof stream, "BT /F1 12 Tf 72 700 Td (%s) Tj ET", line);
	buf_append_text(pdf, "%PDF-1.4\n");
	for (int i = 1; i <= 5; i++) {
		offsets[i] = pdf->len;
		buf_printf(pdf, "%d 0 obj\n", i);
		if (i == 1)
			buf_append_text(pdf, "<< /Type /Catalog /Pages 2 0 R >>");
		else if (i == 2)
			buf_append_text(pdf, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
		else if (i == 3)
			buf_append_text(pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
			                     "/Resources << /Font << /F1 5 0 R >> >> >>");
		else if (i == 4)
			buf_printf(pdf, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(stream), stream);
		else
			buf_append_text(pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
		buf_append_text(pdf, "\nendobj\n");
	}
	start = pdf->len;
	buf_append_text(pdf, "xref\n0 6\n0000000000 65535 f \n");
	for (int i = 1; i <= 5; i++)
		buf_printf(pdf, "%010zu 00000 n \n", offsets[i]);
	buf_printf(pdf, "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", start);
}

static void a_pdf_is_read_or_the_missing_program_is_named(void **state)
{
	char *path = xstrdup(getenv("PATH"));
	bool here = access("/usr/bin/pdftotext", X_OK) == 0;
	struct buf pdf;

	(void)state;
	buf_init(&pdf, BUF_MAX_BODY);
	pdf_of("1. Requests a lamp.", &pdf);
	if (here) {
		assert_int_equal(convert(buf_slice(&pdf), BUF_MAX_BODY), 0);
		assert_non_null(strstr(buf_text(&out), "1. Requests a lamp."));
		clean(NULL);
		buf_clear(&pdf);
		pdf_of("", &pdf);
		assert_int_equal(convert(buf_slice(&pdf), BUF_MAX_BODY), E_INPUT);
		assert_non_null(strstr(error.message, "without text"));
		clean(NULL);
	}
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(convert(buf_slice(&pdf), BUF_MAX_BODY), E_INPUT);
	assert_string_equal(error.name, "no_converter");
	assert_string_equal(error.message, "lamps is a PDF; install poppler-utils (pdftotext) to read it");
	setenv("PATH", path, 1);
	free(path);
	buf_release(&pdf);
}

static int run(const char *const argv[], unsigned seconds, size_t max)
{
	buf_init(&out, max);
	error = ERROR_NONE;
	return program_run(argv, SLICE("lamp\n"), seconds, &out, &error);
}

static void a_program_gets_the_bytes_and_is_ended_in_time(void **state)
{
	int64_t before;

	(void)state;
	assert_int_equal(run((const char *const[]){ "cat", NULL }, 10, 100), 0);
	assert_string_equal(buf_text(&out), "lamp\n");
	clean(NULL);
	before = clock_ticks();
	assert_int_equal(run((const char *const[]){ "sleep", "60", NULL }, 1, 100), E_INPUT);
	assert_string_equal(error.name, "program_slow");
	assert_true(clock_ticks() - before < 30000);
	clean(NULL);
	assert_int_equal(run((const char *const[]){ "yes", NULL }, 30, 100000), E_TOO_BIG);
	clean(NULL);
	assert_int_equal(run((const char *const[]){ "false", NULL }, 10, 100), E_INPUT);
	assert_string_equal(error.name, "program_failed");
	clean(NULL);
	assert_int_equal(run((const char *const[]){ "mandate-no-such-program", NULL }, 10, 100), E_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(plain_text_stays_as_it_is, clean),
		cmocka_unit_test_teardown(a_page_gives_what_a_person_sees, clean),
		cmocka_unit_test_teardown(a_page_that_nests_without_end_is_read, clean),
		cmocka_unit_test_teardown(a_word_document_gives_its_text_and_footnotes, clean),
		cmocka_unit_test_teardown(a_word_document_larger_than_the_limit_is_refused, clean),
		cmocka_unit_test_teardown(what_cannot_be_read_is_named, clean),
		cmocka_unit_test_teardown(a_pdf_is_read_or_the_missing_program_is_named, clean),
		cmocka_unit_test_teardown(a_program_gets_the_bytes_and_is_ended_in_time, clean),
	};

	input_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
