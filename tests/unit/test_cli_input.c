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

static void a_part_of_a_page_is_html_by_its_first_element(void **state)
{
	static const char *const pages[] = { "<p>The Assembly,</p><p>1. Requests&nbsp;a lamp.</p>",
		"\xEF\xBB\xBF \n<div class=text><p>The Assembly,<P>1. Requests&#160;a lamp.</div>",
		"<!-- saved --><!-- twice -->\n<TABLE><tr><td>The Assembly,</td></tr><tr><td>1.</td><td>Requests&nbsp;a lamp.</td></tr></TABLE>",
		"<body><h1>The Assembly,</h1><ol><li>Requests&nbsp;a lamp.</ol>", "<h2>The Assembly,</h2>1. Requests&nbsp;a lamp." };

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		expect_text(slice_of(pages[i]), "The Assembly,\n\n1. Requests\xC2\xA0"
		                                "a lamp.\n");
		clean(NULL);
	}
}

static void a_text_with_a_bracket_is_no_page(void **state)
{
	static const char *const texts[] = { "<page 3>\n1. Requests a lamp.\n", "<!-- for the press -->\n# Lamps\n\n1. Requests.\n",
		"<!-- without an end\n<p>", "<akomaNtoso><p>1. Requests.</p></akomaNtoso>", "<", "<p",
		"<b>The Assembly</b>,\n\n1. Requests.\n" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		expect_text(slice_of(texts[i]), texts[i]);
		clean(NULL);
	}
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

/* A Word document with these paragraphs and numbered lists; what comes out is compared. */
static void expect_lists(const char *numbering, const char *styles, const char *body, const char *text)
{
	char *document = xasprintf("<w:document " WORD "><w:body>%s</w:body></w:document>", body);
	char *lists = xasprintf("<w:numbering " WORD ">%s</w:numbering>", numbering);
	char *looks = xasprintf("<w:styles " WORD ">%s</w:styles>", styles);
	const char *const parts[][2] = { { "word/document.xml", document }, { "word/numbering.xml", lists }, { "word/styles.xml", looks } };
	size_t len;
	char *bytes = zip_of(parts, 3, &len);

	expect_text((struct slice){ bytes, len }, text);
	free(bytes);
	free(document);
	free(lists);
	free(looks);
	clean(NULL);
}

#define LEVEL(i, format, shown) "<w:lvl w:ilvl='" i "'><w:start w:val='1'/><w:numFmt w:val='" format "'/><w:lvlText w:val='" shown "'/></w:lvl>"
#define ABSTRACT(id, levels) "<w:abstractNum w:abstractNumId='" id "'>" levels "</w:abstractNum>"
#define NUM(id, abstract, more) "<w:num w:numId='" id "'><w:abstractNumId w:val='" abstract "'/>" more "</w:num>"
#define IN_LIST(list, level) "<w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list "'/></w:numPr>"
#define PARAGRAPH(properties, text) "<w:p><w:pPr>" properties "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define ITEM(list, level, text) PARAGRAPH(IN_LIST(list, level), text)
#define LEGAL ABSTRACT("5", LEVEL("0", "decimal", "%1.") LEVEL("1", "lowerLetter", "(%2)") LEVEL("2", "lowerRoman", "(%3)")) NUM("1", "5", "")

static void numbers_of_a_word_list_are_text(void **state)
{
	(void)state;
	expect_lists(LEGAL, "", PARAGRAPH("", "The Assembly,") ITEM("1", "0", "Requests all:") ITEM("1", "1", "To go;") ITEM("1", "1", "To stay:")
	    ITEM("1", "2", "Here;") ITEM("1", "2", "There;") ITEM("1", "0", "Urges all:") ITEM("1", "1", "To rest."),
	    "The Assembly,\n\n1. Requests all:\n\n(a) To go;\n\n(b) To stay:\n\n(i) Here;\n\n(ii) There;\n\n2. Urges all:\n\n(a) To rest.\n");
}

static void a_word_list_has_its_own_digits_and_letters(void **state)
{
	static const struct {
		const char *format, *shown;
		int start;
		const char *first, *second;
	} cases[] = {
		{ "upperRoman", "%1.", 4, "IV.", "V." }, { "upperLetter", "%1)", 26, "Z)", "AA)" }, { "lowerLetter", "(%1)", 52, "(zz)", "(aaa)" },
		{ "lowerRoman", "%1", 1989, "mcmlxxxix", "mcmxc" }, { "decimalZero", "%1.", 9, "09.", "10." }, { "decimal", "Article %1", 0, "Article 0", "Article 1" },
		{ "none", "%1", 1, "", "" }, { "bullet", "\xEF\x82\xB7", 1, "", "" }, { "ideographTraditional", "%1.", 3, "3.", "4." },
		{ "lowerRoman", "%1.", 4000, "4000.", "4001." }, { "decimal", "50%% of %1", 1, "50%% of 1", "50%% of 2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *numbering = xasprintf("<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='%d'/><w:numFmt w:val='%s'/>"
		                            "<w:lvlText w:val='%s'/></w:lvl></w:abstractNum>" NUM("3", "0", ""), cases[i].start, cases[i].format, cases[i].shown);
		char *text = xasprintf("%s%sOne.\n\n%s%sTwo.\n", cases[i].first, *cases[i].first ? " " : "", cases[i].second, *cases[i].second ? " " : "");

		expect_lists(numbering, "", ITEM("3", "0", "One.") ITEM("3", "0", "Two."), text);
		free(numbering);
		free(text);
	}
}

static void a_level_names_the_ones_above_it(void **state)
{
	(void)state;
	expect_lists(ABSTRACT("0", LEVEL("0", "upperRoman", "%1.") LEVEL("1", "decimal", "%1.%2")
	        "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:isLgl/><w:lvlText w:val='%1.%2.%3'/></w:lvl>") NUM("1", "0", ""), "",
	    ITEM("1", "0", "Part.") ITEM("1", "1", "One.") ITEM("1", "2", "Legal.") ITEM("1", "0", "Part.") ITEM("1", "1", "One."),
	    "I. Part.\n\nI.1 One.\n\n1.1.1 Legal.\n\nII. Part.\n\nII.1 One.\n");
	/* A level that nobody has counted yet stands as its first. */
	expect_lists(ABSTRACT("0", LEVEL("0", "decimal", "%1.") LEVEL("1", "decimal", "%1.%2")) NUM("1", "0", ""), "", ITEM("1", "1", "One."), "1.1 One.\n");
}

static void lists_that_look_the_same_count_on_unless_told(void **state)
{
	(void)state;
	expect_lists(LEGAL NUM("2", "5", "") NUM("4", "5", "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride>"), "",
	    ITEM("1", "0", "One.") ITEM("2", "0", "Two.") ITEM("4", "0", "Seven.") ITEM("4", "0", "Eight.") ITEM("2", "0", "Nine."),
	    "1. One.\n\n2. Two.\n\n7. Seven.\n\n8. Eight.\n\n9. Nine.\n");
	/* A list may show a level in its own way. */
	expect_lists(LEGAL NUM("2", "5", "<w:lvlOverride w:ilvl='0'>" LEVEL("0", "upperLetter", "%1.") "</w:lvlOverride>"), "",
	    ITEM("1", "0", "One.") ITEM("2", "0", "B."), "1. One.\n\nB. B.\n");
}

static void a_level_may_go_on_after_a_higher_one(void **state)
{
	(void)state;
	expect_lists(ABSTRACT("0", LEVEL("0", "upperRoman", "%1.") "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
	        "<w:lvlRestart w:val='0'/><w:lvlText w:val='%2.'/></w:lvl>" "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
	        "<w:lvlRestart w:val='1'/><w:lvlText w:val='(%3)'/></w:lvl>") NUM("1", "0", ""), "",
	    ITEM("1", "0", "Part.") ITEM("1", "1", "One.") ITEM("1", "2", "Sub.") ITEM("1", "1", "Two.") ITEM("1", "2", "Sub.") ITEM("1", "0", "Part.")
	    ITEM("1", "1", "Three.") ITEM("1", "2", "Sub."),
	    "I. Part.\n\n1. One.\n\n(a) Sub.\n\n2. Two.\n\n(b) Sub.\n\nII. Part.\n\n3. Three.\n\n(a) Sub.\n");
}

static void a_style_says_the_list(void **state)
{
#define STYLE(id, more) "<w:style w:type='paragraph' w:styleId='" id "'>" more "</w:style>"
#define STYLED(style, more, text) PARAGRAPH("<w:pStyle w:val='" style "'/>" more, text)
	static const char styles[] = STYLE("Para", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>")
	    STYLE("Sub", "<w:basedOn w:val='Para'/><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr>") STYLE("Like", "<w:basedOn w:val='Para'/>")
	    STYLE("Round", "<w:basedOn w:val='Round'/>") STYLE("Linked", "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>")
	    "<w:style w:type='numbering' w:styleId='Numbers'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>";

	(void)state;
	expect_lists(LEGAL NUM("3", "9", "") "<w:abstractNum w:abstractNumId='9'><w:numStyleLink w:val='Numbers'/></w:abstractNum>"
	    ABSTRACT("6", LEVEL("0", "decimal", "%1)") "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:pStyle w:val='Linked'/>"
	        "<w:lvlText w:val='%2)'/></w:lvl>") NUM("2", "6", ""), styles,
	    STYLED("Para", "", "One:") STYLED("Sub", "", "Sub.") STYLED("Like", "", "Two.") STYLED("Para", "<w:numPr><w:numId w:val='0'/></w:numPr>", "Without.")
	    STYLED("Round", "", "Round.") STYLED("Nobody", "", "Nobody.") STYLED("Linked", "", "Linked.") ITEM("3", "0", "Three."),
	    "1. One:\n\n(a) Sub.\n\n2. Two.\n\nWithout.\n\nRound.\n\nNobody.\n\na) Linked.\n\n3. Three.\n");
	/* The style of paragraphs that name none. */
	expect_lists(LEGAL, "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>",
	    "<w:p><w:r><w:t>One.</w:t></w:r></w:p>" PARAGRAPH("", "Two."), "1. One.\n\n2. Two.\n");
}

static void what_was_changed_counts_as_it_is_now(void **state)
{
#define DELETED "<w:p><w:pPr>" IN_LIST("1", "0") "<w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del w:id='2'><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"

	(void)state;
	expect_lists(LEGAL, "", ITEM("1", "0", "One.") DELETED ITEM("1", "0", "Two.")
	    PARAGRAPH(IN_LIST("1", "1") "<w:pPrChange w:id='3'><w:pPr>" IN_LIST("1", "0") "</w:pPr></w:pPrChange>", "Sub."),
	    "1. One.\n\n2. Two.\n\n(a) Sub.\n");
}

static void a_number_stands_before_the_text_wherever_it_is(void **state)
{
	(void)state;
	/* In a table, where a cell may have nothing but its number; before a text box and after it; an empty one counts and is not seen. */
	expect_lists(LEGAL, "", "<w:tbl><w:tr><w:tc>" ITEM("1", "0", "") "</w:tc><w:tc>" PARAGRAPH("", "Requests.") "</w:tc></w:tr></w:tbl>" ITEM("1", "0", "")
	    "<w:p><w:pPr>" IN_LIST("1", "0") "</w:pPr><w:r><w:pict><w:txbxContent>" PARAGRAPH("", "A box.") "</w:txbxContent></w:pict><w:t>Urges.</w:t></w:r></w:p>"
	    ITEM("1", "0", "Ends."),
	    "1. Requests.\n\nA box.\n\n3. Urges.\n\n4. Ends.\n");
}

static void a_list_that_is_not_there_numbers_nothing(void **state)
{
	(void)state;
	expect_lists(LEGAL NUM("2", "77", ""), "", ITEM("9", "0", "One.") ITEM("2", "0", "Two.") ITEM("1", "12", "Deep.") ITEM("1", "5", "Sixth.") ITEM("1", "0", "Three."),
	    "One.\n\nTwo.\n\nDeep.\n\nSixth.\n\n1. Three.\n");
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
		cmocka_unit_test_teardown(a_part_of_a_page_is_html_by_its_first_element, clean),
		cmocka_unit_test_teardown(a_text_with_a_bracket_is_no_page, clean),
		cmocka_unit_test_teardown(a_page_that_nests_without_end_is_read, clean),
		cmocka_unit_test_teardown(a_word_document_gives_its_text_and_footnotes, clean),
		cmocka_unit_test_teardown(numbers_of_a_word_list_are_text, clean),
		cmocka_unit_test_teardown(a_word_list_has_its_own_digits_and_letters, clean),
		cmocka_unit_test_teardown(a_level_names_the_ones_above_it, clean),
		cmocka_unit_test_teardown(lists_that_look_the_same_count_on_unless_told, clean),
		cmocka_unit_test_teardown(a_level_may_go_on_after_a_higher_one, clean),
		cmocka_unit_test_teardown(a_style_says_the_list, clean),
		cmocka_unit_test_teardown(what_was_changed_counts_as_it_is_now, clean),
		cmocka_unit_test_teardown(a_number_stands_before_the_text_wherever_it_is, clean),
		cmocka_unit_test_teardown(a_list_that_is_not_there_numbers_nothing, clean),
		cmocka_unit_test_teardown(a_word_document_larger_than_the_limit_is_refused, clean),
		cmocka_unit_test_teardown(what_cannot_be_read_is_named, clean),
		cmocka_unit_test_teardown(a_pdf_is_read_or_the_missing_program_is_named, clean),
		cmocka_unit_test_teardown(a_program_gets_the_bytes_and_is_ended_in_time, clean),
	};

	input_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
