/* What a text cites is found with its symbol, whoever speaks. */
#include "reader_case.h"

#include "base/file.h"

struct cited {
	const char *speaker, *sentence;
	const char *found; /* "text = symbol" of each, with "; " between */
};

static void write_citations(const struct reading *reading, struct buf *out)
{
	for (size_t i = 0; i < reading->citation_count; i++) {
		const struct citation *citation = &reading->citations[i];

		buf_printf(out, "%s%.*s = %.*s", i > 0 ? "; " : "", SLICE_ARG(citation->text),
		    SLICE_ARG(citation->symbol));
	}
}

static void all_cited(const struct cited *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf found;
		struct reading *reading;
		char text[1024];

		(void)snprintf(text, sizeof text, "%s,\n\nMindful of its work,\n\n1. Takes note of %s.\n",
		    cases[i].speaker, cases[i].sentence);
		reading = reader_case_read(text);
		buf_init(&found, BUF_MAX_LINE);
		write_citations(reading, &found);
		if (strcmp(buf_text(&found), cases[i].found) != 0)
			fail_msg("%s: found \"%s\", wanted \"%s\"", cases[i].sentence, buf_text(&found), cases[i].found);
		buf_release(&found);
		reading_free(reading);
	}
}

#define ALL_CITED(cases) all_cited(cases, sizeof(cases) / sizeof *(cases))
#define ASSEMBLY "The General Assembly"
#define ECOSOC "The Economic and Social Council"
#define SECURITY "The Security Council"
#define RIGHTS "The Human Rights Council"

static void one_number_is_one_citation(void **state)
{
	static const struct cited cases[] = {
		{ ASSEMBLY, "its resolution 55/25 of 15 November 2000",
		    "resolution 55/25 of 15 November 2000 = A/RES/55/25" },
		{ ECOSOC, "its resolution 2004/23", "resolution 2004/23 = E/RES/2004/23" },
		{ ECOSOC, "its decision 2004/240 on the calendar", "decision 2004/240 = E/DEC/2004/240" },
		{ ECOSOC, "General Assembly resolution 1514 (XV)", "resolution 1514 (XV) = A/RES/1514 (XV)" },
		{ ASSEMBLY, "section II of resolution 64/260", "resolution 64/260 = A/RES/64/260" },
		{ RIGHTS, "paragraph 5 (c) of General Assembly resolution 60/251",
		    "resolution 60/251 = A/RES/60/251" },
		{ RIGHTS, "its resolution S-17/1", "resolution S-17/1 = A/HRC/RES/S-17/1" },
		{ ASSEMBLY, "its resolution S-20/2", "resolution S-20/2 = A/RES/S-20/2" },
		{ SECURITY, "its resolution 1325 (2000) on women", "resolution 1325 (2000) = S/RES/1325 (2000)" },
		{ ASSEMBLY, "resolution 217 A (III)", "resolution 217 A (III) = A/RES/217 A (III)" },
		{ ASSEMBLY, "resolution 57/283\xC2\xA0" "B", "resolution 57/283 B = A/RES/57/283 B" },
		{ ASSEMBLY, "resolution 55/25 on Ruritania", "resolution 55/25 = A/RES/55/25" },
	};

	(void)state;
	ALL_CITED(cases);
}

static void the_body_beside_it_decides(void **state)
{
	static const struct cited cases[] = {
		{ ASSEMBLY, "Council resolution 5/1", "resolution 5/1 = A/HRC/RES/5/1" },
		{ ASSEMBLY, "Council resolution 1998/6", "resolution 1998/6 = E/RES/1998/6" },
		{ ASSEMBLY, "Council resolution 1540 (2004)", "resolution 1540 (2004) = S/RES/1540 (2004)" },
		{ ASSEMBLY, "Human Rights Council resolution S-17/1", "resolution S-17/1 = A/HRC/RES/S-17/1" },
		{ ASSEMBLY, "what the Human Rights Council asked in its resolution 51/1",
		    "resolution 51/1 = A/HRC/RES/51/1" },
		{ ASSEMBLY, "Commission on Human Rights resolution 2005/74",
		    "resolution 2005/74 = E/CN.4/RES/2005/74" },
		{ ASSEMBLY, "Commission on Human Rights resolutions, the latest being resolution 2005/9",
		    "resolution 2005/9 = E/CN.4/RES/2005/9" },
		{ ASSEMBLY, "an older text, 6 See resolution 428 (V)", "resolution 428 (V) = A/RES/428 (V)" },
		{ ASSEMBLY, "Commission on Narcotic Drugs resolution 52/2", "resolution 52/2 = " },
		{ ASSEMBLY, "Conference decision 1/2", "decision 1/2 = " },
		{ ASSEMBLY, "resolution 47/10 of the Lake Commission", "resolution 47/10 = " },
		{ ECOSOC, "resolution 55/25 of the General Assembly", "resolution 55/25 = A/RES/55/25" },
		{ RIGHTS, "resolution 60/251 of the General Assembly", "resolution 60/251 = A/RES/60/251" },
		{ ASSEMBLY, "the work of the Committee under resolution 1267 (1999)",
		    "resolution 1267 (1999) = S/RES/1267 (1999)" },
	};

	(void)state;
	ALL_CITED(cases);
}

static void a_list_has_a_citation_for_each(void **state)
{
	static const struct cited cases[] = {
		{ ASSEMBLY, "its resolutions 44/82 of 8 December 1989, 50/142 of 21 December 1995 and 51/120",
		    "resolutions 44/82 of 8 December 1989 = A/RES/44/82; "
		    "50/142 of 21 December 1995 = A/RES/50/142; 51/120 = A/RES/51/120" },
		{ ASSEMBLY, "Security Council resolutions 1325 (2000) and 1820 (2008)",
		    "resolutions 1325 (2000) = S/RES/1325 (2000); 1820 (2008) = S/RES/1820 (2008)" },
		{ ASSEMBLY, "resolutions 60/30 A and B", "resolutions 60/30 A = A/RES/60/30 A; B = A/RES/60/30 B" },
		{ ASSEMBLY, "resolutions 48/160 to 48/162",
		    "resolutions 48/160 = A/RES/48/160; 48/162 = A/RES/48/161; 48/162 = A/RES/48/162" },
		{ ASSEMBLY, "resolution 55/25 and Economic and Social Council resolution 2004/23",
		    "resolution 55/25 = A/RES/55/25; resolution 2004/23 = E/RES/2004/23" },
		{ ASSEMBLY, "resolutions 48/160 to 48/190",
		    "resolutions 48/160 = A/RES/48/160; 48/190 = A/RES/48/190" },
	};

	(void)state;
	ALL_CITED(cases);
}

static void documents_are_cited_by_their_symbols(void **state)
{
	static const struct cited cases[] = {
		{ ASSEMBLY, "the report (A/59/494 and Add.1 and 2)",
		    "A/59/494 = A/59/494; Add.1 = A/59/494/Add.1; 2 = A/59/494/Add.2" },
		{ ASSEMBLY, "the note E/CN.15/2004/5 and Corr.1, and its reading",
		    "E/CN.15/2004/5 = E/CN.15/2004/5; Corr.1 = E/CN.15/2004/5/Corr.1" },
		{ ASSEMBLY, "resolution A/RES/3363(XXX)", "resolution A/RES/3363(XXX) = A/RES/3363 (XXX)" },
		{ ASSEMBLY, "the papers S/2004/616 and A/C.3/59/L.12/Rev.1",
		    "S/2004/616 = S/2004/616; A/C.3/59/L.12/Rev.1 = A/C.3/59/L.12/Rev.1" },
	};

	(void)state;
	ALL_CITED(cases);
}

static void other_numbers_are_no_citations(void **state)
{
	static const struct cited cases[] = {
		{ ASSEMBLY, "paragraph 3 above and the present resolution", "" },
		{ ASSEMBLY, "the school year 2004/05, and service 24/7 for 1/3 of members", "" },
		{ ASSEMBLY, "the spread of influenza A/H1N1 and of vaccines and/or cures", "" },
		{ ASSEMBLY, "the decision of 3 members and a resolution of 15 November 2000", "" },
	};

	(void)state;
	ALL_CITED(cases);
}

static void expect_warning(const char *speaker, const char *sentence, const char *message)
{
	char text[512];
	struct reading *reading;

	(void)snprintf(text, sizeof text, "%s,\n\nMindful of its work,\n\n1. Takes note of %s.\n", speaker, sentence);
	reading = reader_case_read(text);
	if (message == NULL && reading->warning_count > 0)
		fail_msg("%s: warned \"%.*s\"", sentence, SLICE_ARG(reading->warnings[0].message));
	if (message != NULL) {
		assert_int_equal(reading->warning_count, 1);
		assert_true(slice_is(reading->warnings[0].message, message));
		assert_true(slice_starts(slice_from(reading->source, reading->warnings[0].where.start),
		    SLICE("resolution")));
	}
	reading_free(reading);
}

static void a_date_that_cannot_be_is_warned_of(void **state)
{
	(void)state;
	expect_warning(ASSEMBLY, "its resolution 55/25 of 15 November 2000", NULL);
	expect_warning(ASSEMBLY, "its resolution 55/301 of 12 September 2001", NULL);
	expect_warning(ASSEMBLY, "its resolution 1514 (XV) of 14 December 1960", NULL);
	expect_warning(ASSEMBLY, "its resolution 55/25 of 15 November 1999",
	    "cites resolution 55/25 of 15 November 1999, but the 55th session began in September 2000");
	expect_warning(ASSEMBLY, "its resolution 55/25 of 15 November 2001",
	    "cites resolution 55/25 of 15 November 2001, but the 55th session ended in September 2001");
	expect_warning(ASSEMBLY, "resolution 1514 (XV) of 14 December 1961",
	    "cites resolution 1514 (XV) of 14 December 1961, but the 15th session ended in September 1961");
	expect_warning(ECOSOC, "its resolution 2004/23 of 21 July 2005",
	    "cites resolution 2004/23 of 21 July 2005, but its number is of the year 2004");
	expect_warning(ECOSOC, "resolution 1325 (2000) of 31 October 2001",
	    "cites resolution 1325 (2000) of 31 October 2001, but its number is of the year 2000");
}

static void the_founding_text_cites_three_and_a_document(void **state)
{
	static const char *const symbols[] = { "A/RES/55/25", "A/RES/55/255", "A/RES/58/135", "E/CN.15/2004/5" };
	struct error error = ERROR_NONE;
	struct buf bytes;
	struct reading *reading;

	(void)state;
	buf_init(&bytes, BUF_MAX_BODY);
	assert_int_equal(file_read(TEST_CONFIG "/data/samples/E-RES-2004-23.txt", &bytes, &error), 0);
	reading = reader_case_read(buf_text(&bytes));
	for (size_t i = 0; i < 4; i++) {
		bool found = false;

		for (size_t k = 0; k < reading->citation_count; k++)
			found |= slice_is(reading->citations[k].symbol, symbols[i]);
		if (!found)
			fail_msg("%s is not cited", symbols[i]);
	}
	assert_int_equal(reading->citation_count, 4);
	assert_int_equal(reading->warning_count, 0);
	reading_free(reading);
	buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_number_is_one_citation),
		cmocka_unit_test(the_body_beside_it_decides),
		cmocka_unit_test(a_list_has_a_citation_for_each),
		cmocka_unit_test(documents_are_cited_by_their_symbols),
		cmocka_unit_test(other_numbers_are_no_citations),
		cmocka_unit_test(a_date_that_cannot_be_is_warned_of),
		cmocka_unit_test(the_founding_text_cites_three_and_a_document),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
