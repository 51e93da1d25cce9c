/* The reading as Akoma Ntoso: well-formed, each paragraph once and in its place. */
#include "reader_case.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/file.h"
#include "base/json.h"

/* Sections, points, an annex, a footnote, characters that XML escapes. */
static const char *const charter =
    "Charter of the lighthouses\n\n"
    "The General Assembly,\n\n"
    "Recalling the year of the lighthouse,\n\n"
    "Convinced that light & sound < silence & dark,\n\n"
    "1. Requests the Secretary-General:\n\n"
    "(a) To paint the towers;\n\n"
    "(b) To mend:\n\n"
    "(i) The lamps;\n\n"
    "(ii) The stairs;\n\n"
    "2. Urges all States to count their lamps;\n\n"
    "¹ See the list of lamps.\n\n"
    "I\n\n"
    "Keepers\n\n"
    "3. Invites Member States to train keepers;\n\n"
    "II\n\n"
    "Boats\n\n"
    "4. Decides to lend a boat.\n\n"
    "12th plenary meeting\n"
    "5 May 1999\n\n"
    "Annex\n\n"
    "Rules of the tower\n\n"
    "1. The keeper climbs the tower at dusk.\n\n"
    "2. The keeper comes down at dawn.\n";

static xmlDocPtr document;
static xmlXPathContextPtr paths;

static void open_reading(const struct reading *reading, const json_t *follow_up)
{
	struct buf out;

	buf_init(&out, BUF_MAX_BODY);
	reading_write_akn(reading, follow_up, &out);
	document = xmlReadMemory(buf_text(&out), (int)out.len, "reading.xml", NULL, XML_PARSE_NONET);
	assert_non_null(document);
	buf_release(&out);
	paths = xmlXPathNewContext(document);
	xmlXPathRegisterNs(paths, BAD_CAST "a", BAD_CAST "http://docs.oasis-open.org/legaldocml/ns/akn/3.0");
	xmlXPathRegisterNs(paths, BAD_CAST "m", BAD_CAST "urn:mandate:obligation:1");
}

static void open_text(const char *text)
{
	struct reading *reading = reader_case_read(text);

	open_reading(reading, NULL);
	reading_free(reading);
}

static int close_document(void **state)
{
	(void)state;
	xmlXPathFreeContext(paths);
	xmlFreeDoc(document);
	return 0;
}

/* The value of an XPath expression as text. */
static void expect(const char *path, const char *value)
{
	xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, paths);
	xmlChar *text;

	assert_non_null(found);
	text = xmlXPathCastToString(found);
	if (strcmp((const char *)text, value) != 0)
		fail_msg("%s is \"%s\", not \"%s\"", path, (const char *)text, value);
	xmlFree(text);
	xmlXPathFreeObject(found);
}

/* What begins with "#" names something of this file, and every eId is there once. */
static void expect_no_open_end(void)
{
	xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST "//@*[starts-with(., '#')]", paths);
	char path[512];

	assert_non_null(found);
	assert_true(found->nodesetval->nodeNr > 5);
	for (int i = 0; i < found->nodesetval->nodeNr; i++) {
		xmlChar *name = xmlNodeGetContent(found->nodesetval->nodeTab[i]);

		snprintf(path, sizeof path, "count(//*[@eId='%s'])", (const char *)name + 1);
		expect(path, "1");
		xmlFree(name);
	}
	xmlXPathFreeObject(found);
	expect("count(//*[@eId = preceding::*/@eId or @eId = ancestor::*/@eId])", "0");
}

static void the_founding_resolution_proposes_a_component(void **state)
{
	struct error error = ERROR_NONE;
	struct reading *reading = NULL;
	struct buf text;

	(void)state;
	buf_init(&text, BUF_MAX_BODY);
	assert_int_equal(file_read(TEST_CONFIG "/data/samples/E-RES-2004-23.txt", &text, &error), 0);
	assert_int_equal(reader_read(reader, buf_slice(&text), &reading, &error), 0);
	open_reading(reading, NULL);
	expect("//a:statement[@name='resolution']//a:FRBRWork/a:FRBRuri/@value",
	    "/akn/un/statement/deliberation/un-ecosoc/2004-07-21/2004-23");
	expect("//a:statement[@name='resolution']//a:FRBRlanguage/@language", "eng");
	expect("//a:statement[@name='resolution']/a:preface//a:docNumber", "2004/23");
	expect("//a:statement[@name='resolution']/a:preface//a:docType", "Resolution");
	expect("count(//a:statement[@name='resolution']/a:mainBody/a:paragraph)", "1");
	expect("//a:paragraph[@eId='para_1']//a:documentRef/@href", "#cmp_1");
	expect("//a:paragraph[@eId='para_1']//a:embeddedStructure/@inlineQuote", "\"");
	expect("count(//a:paragraph[@eId='para_1']/a:num)", "0");
	expect("count(//a:component[@eId='cmp_1']/a:statement[@name='resolutionDraft']/a:mainBody/a:paragraph)", "9");
	expect("//a:component//a:preamble/a:formula/a:p", "The General Assembly,");
	expect("//a:component//a:preamble/a:container[1]/@name", "recalling");
	expect("//a:paragraph[@eId='cmp_1__para_9']/a:num", "9.");
	expect("//a:component//m:obligation[@refersTo='#cmp_1__para_9']/m:deadline/@value", "GA 60");
	expect("//a:component//m:obligation[@refersTo='#cmp_1__para_9']/m:addressee/@code", "SG");
	expect("//a:conclusions//a:docDate/@date", "2004-07-21");
	expect("//a:conclusions//a:event", "47th plenary meeting");
	expect("//a:TLCEvent/@href", "/akn/ontology/event/un/ecosoc.2004-07-21.meeting.47");
	expect("//a:FRBRWork/a:FRBRalias/@value", "E/RES/2004/23");
	expect("count(//a:FRBRalias)", "1");
	expect_no_open_end();
	expect("//a:authorialNote/@marker", "\xC2\xB9");
	reading_free(reading);
	buf_release(&text);
}

static void a_citation_refers_only_where_its_symbol_is_known(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\nRecalling resolution 55/25 of 15 November 2000 and resolution 9 (II) of the Lamp "
	          "Council,\n\n1. Requests the Secretary-General to act.\n");
	expect("count(//a:preamble//a:ref)", "1");
	expect("//a:preamble//a:ref/@href", "/akn/un/statement/deliberation/un-ga/2000-11-15/55-25");
	expect("//a:preamble//a:ref/@eId", "preamble__container_1__ref_1");
	expect("//a:preamble/a:container/a:p",
	    "Recalling resolution 55/25 of 15 November 2000 and resolution 9 (II) of the Lamp Council,");
}

/* A work is called as its own text would call itself, as far as the citation tells. */
static void a_citation_names_the_day_or_the_year_of_the_work(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\nRecalling its resolutions 55/25 A and B of 15 November 2000 and 56/120 of 19 December 2001, "
	          "Security Council resolution 1540 (2004), Economic and Social Council resolution 2003/25 and its resolutions "
	          "57/173 and 58/1 of 1 May 2001,\n\n1. Requests the Secretary-General to act.\n");
	expect("//a:ref[1]/@href", "/akn/un/statement/deliberation/un-ga/2000-11-15/55-25_A");
	expect("//a:ref[2]/@href", "/akn/un/statement/deliberation/un-ga/2000-11-15/55-25_B");
	expect("//a:ref[3]/@href", "/akn/un/statement/deliberation/un-ga/2001-12-19/56-120");
	expect("//a:ref[4]/@href", "/akn/un/statement/deliberation/un-sc/2004/1540_(2004)");
	expect("//a:ref[5]/@href", "/akn/un/statement/deliberation/un-ecosoc/2003/2003-25");
	/* The Assembly's session 57 is of two years; its fifty-eighth was not in 2001. */
	expect("//a:ref[6]/@href", "/akn/un/statement/deliberation/un-ga/57-173");
	expect("//a:ref[7]/@href", "/akn/un/statement/deliberation/un-ga/58-1");
	expect("//a:ref[7]/@eId", "preamble__container_1__ref_7");
}

/* The Assembly's number names a session, which opens in one year and ends in the next. */
static void a_session_is_not_taken_for_a_year(void **state)
{
	(void)state;
	open_text("A/RES/55/255\n\nThe General Assembly,\n\n1. Requests the Secretary-General to light a lamp.\n");
	expect("//a:FRBRWork/a:FRBRdate/@date", "2000-01-01");
	expect("//a:FRBRWork/a:FRBRdate/@name", "session");
	expect("//a:FRBRWork/a:FRBRuri/@value", "/akn/un/statement/deliberation/un-ga/2000/55-255");
}

/* Only the first level of a hierarchy of components has the exclamation mark. */
static void the_annex_of_a_further_resolution_is_named_within_it(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\n1. Requests the Secretary-General to light a lamp.\n\n12th plenary meeting\n5 May 1999\n\n"
	          "B\n\nThe General Assembly,\n\n1. Adopts the rules annexed hereto.\n\n12th plenary meeting\n5 May 1999\n\n"
	          "Annex\n\nRules of the tower\n\n1. The keeper climbs the tower at dusk.\n");
	expect("substring-after(//a:component/a:statement/a:meta//a:FRBRWork/a:FRBRthis/@value, '!')", "resolution_1");
	expect("substring-after(//a:component//a:doc//a:FRBRWork/a:FRBRthis/@value, '!')", "resolution_1/annex_1");
	expect("//a:component//a:doc//a:paragraph/@eId", "cmp_1__att_1__para_1");
	expect_no_open_end();
}

/* The section comes back after another; what is in it is still named by it. */
static void a_section_that_comes_twice_names_what_is_in_it(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\nI\n\n1. Requests the Secretary-General to light a lamp;\n\nII\n\n"
	          "2. Urges all States to count their lamps;\n\nI\n\n3. Requests the Secretary-General to put it out.\n");
	expect("count(//a:section)", "3");
	expect("count(//a:section/a:paragraph[not(starts-with(@eId, concat(../@eId, '__')))])", "0");
	expect("count(//a:section/a:paragraph)", "3");
	expect_no_open_end();
}

static void sections_points_annexes_and_notes_have_their_elements(void **state)
{
	(void)state;
	open_text(charter);
	expect("//a:preamble/a:container[@eId='preamble__container_2']/a:p", "Convinced that light & sound < silence & dark,");
	expect("//a:paragraph[@eId='para_1']/a:list/a:intro/a:p", "Requests the Secretary-General:");
	expect("//a:point[@eId='para_1__list_1__point_a']/a:content/a:p", "To paint the towers;");
	expect("//a:point[@eId='para_1__list_1__point_b__list_1__point_ii']/a:num", "(ii)");
	expect("//a:authorialNote/@eId", "authorialNote_1");
	expect("//a:conclusions/a:container/@eId", "conclusions__container_1");
	expect("//a:paragraph[@eId='para_2']//a:authorialNote/a:p", "\xC2\xB9 See the list of lamps.");
	expect("count(//a:mainBody/a:section)", "2");
	expect("//a:section[@eId='sec_I']/a:num", "I");
	expect("//a:section[@eId='sec_I']/a:heading", "Keepers");
	expect("//a:paragraph[@eId='sec_II__para_4']/a:content/a:p", "Decides to lend a boat.");
	expect("count(//a:attachments/a:attachment/a:doc[@name='annex'])", "1");
	expect("//a:attachment//a:preface/a:p[2]/a:docTitle", "Rules of the tower");
	expect("//a:paragraph[@eId='att_1__para_2']/a:content/a:p", "The keeper comes down at dawn.");
	expect("count(//a:mainBody//a:p[.='To paint the towers;'])", "1");
	expect("//a:FRBRWork/a:FRBRdate/@date", "1999-05-05");
}

/* The schema asks for a date: what stands there says that it is none. */
static void a_text_without_a_date_says_so(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\n1. Requests the Secretary-General to light a lamp.\n");
	expect("//a:FRBRWork/a:FRBRdate/@name", "unknown");
	expect("//a:FRBRWork/a:FRBRuri/@value", "/akn/un/statement/deliberation/un-ga/undated/nn");
	expect("count(//a:workflow)", "0");
	expect("count(//a:docDate)", "0");
}

static void a_number_that_comes_twice_gets_two_names(void **state)
{
	(void)state;
	open_text("The General Assembly,\n\n1. Requests the Secretary-General to light a lamp;\n\n"
	          "1. Requests the Secretary-General to put it out;\n");
	expect("count(//a:paragraph)", "2");
	expect("count(//a:paragraph[@eId=preceding::a:paragraph/@eId])", "0");
	expect("//m:obligation[2]/@refersTo = concat('#', //a:paragraph[2]/@eId)", "true");
}

/* What was recorded stands in place of what was read; what has no place in the text is not lost. */
static void the_follow_up_stands_with_its_paragraph(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n1. Requests the Secretary-General to light a lamp;\n\n"
	                                           "2. Urges all States to count their lamps.\n");
	json_t *follow_up = NULL;
	struct error error = ERROR_NONE;

	(void)state;
	assert_int_equal(json_read(SLICE("{\"as_of\":\"2005-06-30\",\"head\":\"00ff\",\"obligations\":["
	    "{\"reference\":\"A/RES/9/9:2\",\"paragraph\":\"2\",\"text\":\"Urges all States to count their lamps.\",\"clause\":1,"
	    "\"addressees\":[{\"role\":\"lead\",\"code\":\"HRC\",\"name\":\"Human Rights Council\",\"text\":\"the Council\"}],"
	    "\"kind\":\"reporting\",\"status\":\"in_progress\",\"status_since\":\"2005-03-01\",\"live\":true,"
	    "\"last_update\":{\"kind\":\"status\",\"effective_on\":\"2005-03-01\",\"note\":\"a < b & c\",\"evidence\":[\"A/60/131\"]}},"
	    "{\"reference\":\"A/RES/9/9:7\",\"paragraph\":\"7\",\"text\":\"Requests more lamps.\",\"status\":\"closed\"}]}"),
	    &follow_up, &error), 0);
	open_reading(reading, follow_up);
	expect("count(//m:obligation)", "2");
	expect("//m:obligation[@reference='A/RES/9/9:2']/@refersTo", "#para_2");
	expect("//m:obligation[@refersTo='#para_2']/m:status/@value", "in_progress");
	expect("//m:obligation[@refersTo='#para_2']/m:status/m:update/m:note", "a < b & c");
	expect("//m:obligation[@refersTo='#para_2']/m:status/m:update/m:evidence", "A/60/131");
	expect("count(//m:obligation[@reference='A/RES/9/9:7']/@refersTo)", "0");
	expect("//m:obligation[@reference='A/RES/9/9:2']/m:addressee/@refersTo", "#hrc");
	expect("//a:TLCOrganization[@eId='hrc']/@showAs", "Human Rights Council");
	expect_no_open_end();
	expect("//m:origin/@asOf", "2005-06-30");
	expect("//m:origin/@auditHead", "00ff");
	expect("count(//a:meta/a:analysis/a:otherAnalysis/m:obligation)", "2");
	json_decref(follow_up);
	reading_free(reading);
}

/* What became of a draft stands in its workflow, as the work that it is now. */
static void an_adopted_draft_says_as_what(void **state)
{
	struct reading *reading = reader_case_read("The Economic and Social Council,\n\n"
	    "Recommends to the General Assembly the adoption of the following draft resolution:\n\n\"The General Assembly,\n\n"
	    "\"1. Requests the Secretary-General to light a lamp.\"\n\n12th plenary meeting\n5 May 1999\n");
	json_t *follow_up = NULL;
	struct error error = ERROR_NONE;

	(void)state;
	assert_int_equal(json_read(SLICE("{\"adopted\":[{\"symbol\":\"A/RES/54/9\",\"body\":\"GA\",\"adopted_on\":\"1999-12-17\"}]}"),
	    &follow_up, &error), 0);
	open_reading(reading, follow_up);
	expect("count(//a:component//a:step)", "2");
	expect("//a:component//a:step[1]/@outcome", "#proposed");
	expect("//a:component//a:step[2]/@outcome", "#adopted");
	expect("//a:component//a:step[2]/@date", "1999-12-17");
	expect("//a:component//a:step[2]/@href", "/akn/un/statement/deliberation/un-ga/1999-12-17/54-9");
	expect("count(//a:step)", "3");
	expect_no_open_end();
	json_decref(follow_up);
	reading_free(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_founding_resolution_proposes_a_component, close_document),
		cmocka_unit_test_teardown(a_citation_refers_only_where_its_symbol_is_known, close_document),
		cmocka_unit_test_teardown(a_citation_names_the_day_or_the_year_of_the_work, close_document),
		cmocka_unit_test_teardown(a_session_is_not_taken_for_a_year, close_document),
		cmocka_unit_test_teardown(the_annex_of_a_further_resolution_is_named_within_it, close_document),
		cmocka_unit_test_teardown(a_section_that_comes_twice_names_what_is_in_it, close_document),
		cmocka_unit_test_teardown(sections_points_annexes_and_notes_have_their_elements, close_document),
		cmocka_unit_test_teardown(a_text_without_a_date_says_so, close_document),
		cmocka_unit_test_teardown(the_follow_up_stands_with_its_paragraph, close_document),
		cmocka_unit_test_teardown(an_adopted_draft_says_as_what, close_document),
		cmocka_unit_test_teardown(a_number_that_comes_twice_gets_two_names, close_document),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
