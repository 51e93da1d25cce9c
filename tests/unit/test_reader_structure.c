/* Blocks become paragraphs: parts, labels, speakers, nests, closing lines. */
#include "reader_case.h"

#include "base/alloc.h"

/* Paragraphs as "part label speaker text", the text cut at 24 bytes, one a line. */
static void expect(const char *text, const char *wanted)
{
	struct reading *reading = reader_case_read(text);
	struct buf out;

	buf_init(&out, BUF_MAX_BODY);
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		const struct paragraph *p = &reading->paragraphs[i];

		buf_printf(&out, "%s %.*s %s %.*s\n", part_name(p->part), SLICE_ARG(p->label),
		    p->speaker, (int)(p->text.len < 24 ? p->text.len : 24), p->text.at);
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	reading_free(reading);
}

static void preamble_and_numbered_paragraphs(void **state)
{
	(void)state;
	expect("The General Assembly,\n\nRecalling its work,\n\n1. Requests action;\n\n(a) By one;\n\n(b) By two;\n\n"
	       "2. Decides.\n",
	    "opener  GA The General Assembly,\npreambular  GA Recalling its work,\n"
	    "operative 1 GA Requests action;\noperative 1(a) GA By one;\noperative 1(b) GA By two;\n"
	    "operative 2 GA Decides.\n");
}

static void a_lone_paragraph_has_the_label_zero(void **state)
{
	(void)state;
	expect("The Security Council,\n\nRecalling its work,\n\nDecides to remain seized of the matter.\n",
	    "opener  SC The Security Council,\npreambular  SC Recalling its work,\n"
	    "operative 0 SC Decides to remain seized\n");
}

static void several_without_numbers_are_counted(void **state)
{
	(void)state;
	expect("The General Assembly,\n\nRequests action;\n\nDecides to meet.\n",
	    "opener  GA The General Assembly,\noperative u1 GA Requests action;\noperative u2 GA Decides to meet.\n");
}

static void a_deadline_that_begins_a_line_closes_nothing(void **state)
{
	(void)state;
	expect("The General Assembly,\n\n1. Requests a handbook by\n30 June 2026;\n\n2. Requests another by\n1 May 2027.\n\n"
	       "40th plenary meeting\n21 July 2004\n",
	    "opener  GA The General Assembly,\noperative 1 GA Requests a handbook by 3\noperative 2 GA Requests another by 1 Ma\n"
	    "closing  GA 40th plenary meeting\nclosing  GA 21 July 2004\n");
}

static void a_draft_without_quotes_has_its_own_speaker(void **state)
{
	(void)state;
	expect("The Economic and Social Council,\n\nRecommends to the General Assembly the adoption of the "
	       "following draft resolution:\n\nThe General Assembly,\n\nRecalling its work,\n\n1. Requests "
	       "action;\n\n40th plenary meeting\n21 July 2004\n",
	    "opener  ECOSOC The Economic and Social \noperative 0 ECOSOC Recommends to the Genera\n"
	    "opener  GA The General Assembly,\npreambular  GA Recalling its work,\noperative 1 GA Requests action;\n"
	    "closing  ECOSOC 40th plenary meeting\nclosing  ECOSOC 21 July 2004\n");
}

static void an_opener_may_run_into_its_preamble(void **state)
{
	(void)state;
	expect("The General Assembly, Recalling its work,\n\n1. Decides.\n",
	    "opener  GA The General Assembly,\npreambular  GA Recalling its work,\noperative 1 GA Decides.\n");
}

static void romans_stand_below_letters(void **state)
{
	(void)state;
	expect("The General Assembly,\n\n1. Decides:\n\n(a) To act:\n\n(i) Now;\n\n(ii) Later;\n\n(b) To rest.\n",
	    "opener  GA The General Assembly,\noperative 1 GA Decides:\noperative 1(a) GA To act:\n"
	    "operative 1(a)(i) GA Now;\noperative 1(a)(ii) GA Later;\noperative 1(b) GA To rest.\n");
}

static void text_without_a_request_is_refused(void **state)
{
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;

	(void)state;
	assert_int_equal(reader_read(reader, slice_of("Dear all, see you soon"), &reading, &error), E_INPUT);
	assert_string_equal(error.name, "no_operative_paragraph");
	assert_int_equal(reader_read(reader, slice_of(" \n"), &reading, &error), E_INPUT);
	assert_string_equal(error.name, "empty_text");
	assert_int_equal(reader_read(reader, slice_of("\xFF\xFE x"), &reading, &error), E_INPUT);
	assert_string_equal(error.name, "not_text");
	assert_null(reading);
}

static void a_we_that_has_opened_is_the_subject_of_all_that_follows(void **state)
{
	struct reading *reading = reader_case_read("We, Ministers of Salt from the region of the Dead Sea,\n\n"
	                                           "Confirming that salt is dear,\n\nDecide to buy salt and urge all States to sell it;\n\n"
	                                           "Agree that the price should fall.\n");
	size_t operative = 0, clauses = 0;

	(void)state;
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		operative += reading->paragraphs[i].part == PART_OPERATIVE;
		clauses += reading->paragraphs[i].clause_count;
	}
	assert_int_equal(operative, 2);
	assert_int_equal(clauses, 3);
	reading_free(reading);
}

/* The title, the body and the day of adoption of a text. */
static void expect_head(const char *text, const char *title, const char *body, const char *adopted_on)
{
	struct reading *reading = reader_case_read(text);
	char day[DATE_TEXT] = "";

	if (reading->has_adopted_on)
		date_format(reading->adopted_on, day);
	assert_int_equal(reading->title.len, strlen(title));
	assert_memory_equal(reading->title.at, title, strlen(title));
	assert_string_equal(reading->body, body);
	assert_string_equal(day, adopted_on);
	reading_free(reading);
}

static void a_line_that_says_when_it_was_adopted_is_no_title(void **state)
{
	static const char rest[] = "\n\n1. Requests the Secretary-General to mend the lamps;\n\n2. Invites all States to help.\n";
	static const char *const lines[] = { "*Adopted by the Economic and Social Council on 21 July 2004*", "**Adopted by the Economic and Social Council, on 21 July 2004**",
		"_Adopted on 21 July 2004 by the Economic and Social Council_", "(Adopted by the Economic and Social Council at its 47th plenary meeting, on 21 July 2004)",
		"> Adopted by the Economic and Social Council on 21 July 2004" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *text = xasprintf("# Lamps and oil\n\n%s%s", lines[i], rest);

		expect_head(text, "Lamps and oil", "ECOSOC", "2004-07-21");
		free(text);
		text = xasprintf("%s\n\n# Lamps and oil%s", lines[i], rest);
		expect_head(text, "Lamps and oil", "ECOSOC", "2004-07-21");
		free(text);
	}
	expect_head("Lampes\n\nAdoptée par l'Assemblée générale le 20 décembre 2004\n\nL'Assemblée générale,\n\n1. Prie le Secrétaire général de "
	            "faire rapport sur les lampes.\n", "Lampes", "GA", "2004-12-20");
}

static void what_is_given_with_a_text_stands_over_what_it_says(void **state)
{
	struct reader_given given = { .symbol = "A/RES/59/500", .title = "Oil", .has_adopted_on = true };
	const struct reader_given decision = { .symbol = "a/hrc/dec/3", .body = "COP" };
	static const char text[] = "# Lamps\n\n*Adopted on 1 May 2003*\n\n1. Requests the Secretary-General to report at its next session on lamps.\n";
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;

	(void)state;
	assert_true(date_from_civil((struct civil){ 2004, 12, 20 }, &given.adopted_on));
	assert_int_equal(reader_read_given(reader, slice_of(text), &given, &reading, &error), 0);
	assert_true(slice_is(reading->symbol, "A/RES/59/500"));
	assert_true(slice_is(reading->title, "Oil"));
	assert_string_equal(reading->body, "GA"); /* by the symbol */
	assert_int_equal(reading->adopted_on.n, given.adopted_on.n);
	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].clause_count > 0) {
			assert_true(slice_is(reading->paragraphs[i].clauses[0].deadline->value, "GA next"));
			assert_int_equal(reading->paragraphs[i].clauses[0].deadline->session, 60);
		}
	reading_free(reading);
	assert_int_equal(reader_read_given(reader, slice_of(text), &decision, &reading, &error), 0);
	assert_string_equal(reading->body, "COP");
	assert_true(slice_is(reading->title, "Lamps"));
	reading_free(reading);
}

static void decisions_are_told_in_the_past(void **state)
{
	(void)state;
	expect("Decisions\n\nAt its 12th meeting, on 3 May 1978, the Council decided to invite the representative of Peru.\n\n"
	       "At the same meeting, the Council also decided to adjourn.\n\n"
	       "Resolution 425 (1978) of 4 May 1978\n\nThe Security Council,\n\nRecalling its work,\n\n1. Requests action.\n\n"
	       "Adopted at the 13th meeting by 12 votes to none.\n\nResolution 426 (1978) of 4 May 1978\n\n"
	       "The Security Council,\n\n1. Decides to act.\n\nAdopted unanimously at the 14th meeting.\n",
	    "note  SC Decisions\noperative u1 SC At its 12th meeting, on \noperative u2 SC At the same meeting, the\n"
	    "title  SC Resolution 425 (1978) of\nopener  SC The Security Council,\n"
	    "preambular  SC Recalling its work,\noperative 1 SC Requests action.\n"
	    "closing  SC Adopted at the 13th meet\ntitle  SC Resolution 426 (1978) of\n"
	    "opener  SC The Security Council,\noperative 1 SC Decides to act.\n"
	    "closing  SC Adopted unanimously at t\n");
	expect("The General Assembly,\n\n1. Requests action;\n\n2. Decides to act:\n\nAgainst this background, nothing;\n",
	    "opener  GA The General Assembly,\noperative 1 GA Requests action;\n"
	    "operative 2 GA Decides to act:\noperative  GA Against this background,\n");
}

static void numbers_in_brackets_have_letters_below(void **state)
{
	(void)state;
	expect("The World Health Assembly,\n\nNoting its work,\n\n1. URGES Member States:\n\n(1) to act;\n\n(2) to learn, by;\n\n"
	       "(a) reading;\n\n(b) writing;\n\n(3) to go on;\n\n2. REQUESTS the Director-General:\n\n(1) to report.\n",
	    "opener  WHA The World Health Assembl\npreambular  WHA Noting its work,\n"
	    "operative 1 WHA URGES Member States:\noperative 1(1) WHA to act;\noperative 1(2) WHA to learn, by;\n"
	    "operative 1(2)(a) WHA reading;\noperative 1(2)(b) WHA writing;\noperative 1(3) WHA to go on;\n"
	    "operative 2 WHA REQUESTS the Director-Ge\noperative 2(1) WHA to report.\n");
}

static void a_numbered_appendix_may_have_a_long_heading(void **state)
{
	(void)state;
	expect("The General Assembly,\n\n1. Adopts the list.\n\nAppendix 1. The former definitions of all the units in the list\n\n"
	       "Nothing more is said here.\n",
	    "opener  GA The General Assembly,\noperative 1 GA Adopts the list.\n"
	    "annex  GA Appendix 1. The former d\nannex  GA Nothing more is said her\n");
}

static void a_participle_alone_stands_above_a_list(void **state)
{
	(void)state;
	expect("Rural telecommunication\n\nrecognizing\n\n. that the villages are far;\n\n. that the wires are thin;\n\nrecommends\n\n"
	       ". that wires be mended;\n",
	    "title   Rural telecommunication\npreambular   recognizing\npreambular   that the villages are fa\n"
	    "preambular   that the wires are thin;\noperative 0  recommends\noperative   that wires be mended;\n");
}

static void a_day_of_issue_is_no_title(void **state)
{
	struct reading *reading = reader_case_read("S/RES/2399 (2018)\n\n30 January 2018\n\nResolution 2399 (2018)\n\n"
	                                           "The Security Council,\n\n1. Decides to remain seized of the matter.\n");

	(void)state;
	assert_int_equal(reading->title.len, 0);
	reading_free(reading);
}

static void the_first_masthead_names_the_reading(void **state)
{
	struct reading *reading = reader_case_read("Resolution 425 (1978) of 4 May 1978\n\nThe Security Council,\n\n"
	    "1. Requests action.\n\nAdopted unanimously at the 13th meeting.\n\nResolution 426 (1978) of 5 May 1978\n\n"
	    "The Security Council,\n\n1. Decides to act.\n");

	(void)state;
	assert_true(slice_is(reading->symbol, "S/RES/425 (1978)"));
	assert_int_equal(reading->title.len, 0);
	reading_free(reading);
}

static void a_declaration_opens_behind_the_words_that_adopt_it(void **state)
{
	(void)state;
	expect("The General Assembly,\n\nRecalling its work,\n\nAdopts the following declaration:\n\n"
	       "Declaration of the high-level meeting on the rivers of the region\n\n"
	       "We, the heads of State and Government, assembled in Dakar on 3 and 4 May 2031,\n\n"
	       "Recalling our words,\n\n1. Commit ourselves to act.\n",
	    "opener  GA The General Assembly,\npreambular  GA Recalling its work,\n"
	    "operative 0 GA Adopts the following dec\nnote  GA Declaration of the high-\n"
	    "opener  GA We, the heads of State a\npreambular  GA Recalling our words,\n"
	    "operative 1 GA Commit ourselves to act.\n");
}

static void prose_of_an_annex_is_not_operative(void **state)
{
	(void)state;
	expect("The General Assembly,\n\n1. Adopts the programme.\n\nAnnex\n\n2. The meetings are as follows:\n\n"
	       "Monday from nine to ten.\n\nTuesday from nine to ten.\n\n3. Nothing else will be done:\n\nthis;\n\nthat;\n",
	    "opener  GA The General Assembly,\noperative 1 GA Adopts the programme.\nannex  GA Annex\n"
	    "operative 2 GA The meetings are as foll\nannex  GA Monday from nine to ten.\n"
	    "annex  GA Tuesday from nine to ten\noperative 3 GA Nothing else will be don\n"
	    "operative  GA this;\noperative  GA that;\n");
}

static void a_page_may_begin_in_the_middle_of_a_list(void **state)
{
	struct reading *reading;

	(void)state;
	expect("62\n\n(c) That the matter be referred to the Committee;\n\n2. Directs action.\n\n391st plenary meeting,\n"
	       "6 November 1952.\n\n685 (VII). Rivers of the region\n\nThe General Assembly,\n\nRequests action.\n\n"
	       "400th plenary meeting,\n5 December 1952.\n",
	    "note  GA 62\noperative (c) GA That the matter be refer\noperative 2 GA Directs action.\n"
	    "closing  GA 391st plenary meeting,\nclosing  GA 6 November 1952.\ntitle  GA 685 (VII). Rivers of the\n"
	    "opener  GA The General Assembly,\noperative 0 GA Requests action.\n"
	    "closing  GA 400th plenary meeting,\nclosing  GA 5 December 1952.\n");
	reading = reader_case_read("through the Council, at its next session and at every later one;\n\n3. Decides to meet.\n\n"
	    "391st plenary meeting,\n6 November 1952.\n\n"
	    "685 (VII). Rivers of the region\n\nThe General Assembly,\n\nRequests action.\n\n400th plenary meeting,\n"
	    "5 December 1952.\n\n686 (VII). Lakes\n\nThe General Assembly,\n\nRequests more.\n\n401st plenary meeting,\n"
	    "6 December 1952.\n");
	assert_true(slice_is(reading->symbol, "A/RES/685 (VII)"));
	assert_true(slice_is(reading->title, "Rivers of the region"));
	assert_true(slice_is(reading->meeting, "400th plenary meeting"));
	assert_int_equal(date_to_civil(reading->adopted_on).day, 5);
	reading_free(reading);
}

static void a_number_may_have_its_first_letter_behind_it(void **state)
{
	(void)state;
	expect("The General Assembly,\n\n7. (a) Decides to act;\n\n(b) Requests action;\n\n8. (iii) of the list is struck.\n",
	    "opener  GA The General Assembly,\noperative 7(a) GA Decides to act;\noperative 7(b) GA Requests action;\n"
	    "operative 8 GA (iii) of the list is str\n");
}

static void a_quoted_resolution_ends_with_its_quotation_mark(void **state)
{
	(void)state;
	expect("\xE2\x80\x9CThe Security Council,\n\n1. Requests a \xE2\x80\x9Cplan\xE2\x80\x9D.\n\n2. Decides to meet.\xE2\x80\x9D\n\n"
	       "Further reading:\n\nA book of maps.\n",
	    "opener  SC The Security Council,\noperative 1 SC Requests a \xE2\x80\x9Cplan\xE2\x80\x9D.\n"
	    "operative 2 SC Decides to meet.\nannex  SC Further reading:\nannex  SC A book of maps.\n");
}

static void a_resolution_may_follow_an_annex(void **state)
{
	(void)state;
	expect("The Economic and Social Council,\n\nRequests action.\n\nAnnex\n\nThe Committee endorses the view.\n\n"
	       "892 (XXXIV). Foundation\n\nThe Economic and Social Council,\n\n1. Decides to meet.\n",
	    "opener  ECOSOC The Economic and Social \noperative 0 ECOSOC Requests action.\nannex  ECOSOC Annex\n"
	    "annex  ECOSOC The Committee endorses t\ntitle  ECOSOC 892 (XXXIV). Foundation\n"
	    "opener  ECOSOC The Economic and Social \noperative 1 ECOSOC Decides to meet.\n");
}

static void a_footnote_mark_stands_behind_the_end(void **state)
{
	(void)state;
	expect("The General Assembly,\n\nDecides:\n\nTo adopt the arrangements set out in the report;121\n\nTo meet.\n",
	    "opener  GA The General Assembly,\noperative 0 GA Decides:\noperative  GA To adopt the arrangement\n"
	    "operative  GA To meet.\n");
}

static void a_bill_is_resolved(void **state)
{
	(void)state;
	expect("WHEREAS, the rivers of the region are low; and,\n\nNOW, THEREFORE BE IT RESOLVED, that they be filled; and be it "
	       "further\n\nRESOLVED, that nobody drink.\n\nSOURCES:\n\n* A book of rivers\n",
	    "preambular   WHEREAS, the rivers of t\noperative u1  NOW, THEREFORE BE IT RES\n"
	    "operative u2  RESOLVED, that nobody dr\nannex   SOURCES:\nannex   A book of rivers\n");
}

static void a_meeting_is_counted_in_words_or_left_blank(void **state)
{
	(void)state;
	expect("The General Assembly,\n\nDecides to meet.\n\nHundred and second plenary meeting,\n",
	    "opener  GA The General Assembly,\noperative 0 GA Decides to meet.\nclosing  GA Hundred and second plena\n");
	expect("The General Assembly,\n\nDecides to meet.\n\n...th plenary meeting,\n",
	    "opener  GA The General Assembly,\noperative 0 GA Decides to meet.\nclosing  GA ...th plenary meeting,\n");
}

static void a_resolution_behind_a_decision_is_one(void **state)
{
	struct reading *reading = reader_case_read("Decision\n\nAt its 1615th meeting, on 15 December 1971, the Security Council "
	    "decided to invite the representative of Ceylon.\n\nResolution 307 (1971)\n\nof 21 December 1971\n\n"
	    "The Security Council,\n\n1. Demands action.\n");

	(void)state;
	assert_true(slice_is(reading->symbol, "S/RES/307 (1971)"));
	reading_free(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(preamble_and_numbered_paragraphs),
		cmocka_unit_test(a_lone_paragraph_has_the_label_zero),
		cmocka_unit_test(several_without_numbers_are_counted),
		cmocka_unit_test(a_draft_without_quotes_has_its_own_speaker),
		cmocka_unit_test(a_deadline_that_begins_a_line_closes_nothing),
		cmocka_unit_test(an_opener_may_run_into_its_preamble),
		cmocka_unit_test(romans_stand_below_letters),
		cmocka_unit_test(text_without_a_request_is_refused),
		cmocka_unit_test(a_we_that_has_opened_is_the_subject_of_all_that_follows),
		cmocka_unit_test(a_line_that_says_when_it_was_adopted_is_no_title),
		cmocka_unit_test(what_is_given_with_a_text_stands_over_what_it_says),
		cmocka_unit_test(decisions_are_told_in_the_past),
		cmocka_unit_test(numbers_in_brackets_have_letters_below),
		cmocka_unit_test(a_numbered_appendix_may_have_a_long_heading),
		cmocka_unit_test(a_participle_alone_stands_above_a_list),
		cmocka_unit_test(a_day_of_issue_is_no_title),
		cmocka_unit_test(the_first_masthead_names_the_reading),
		cmocka_unit_test(a_declaration_opens_behind_the_words_that_adopt_it),
		cmocka_unit_test(prose_of_an_annex_is_not_operative),
		cmocka_unit_test(a_page_may_begin_in_the_middle_of_a_list),
		cmocka_unit_test(a_number_may_have_its_first_letter_behind_it),
		cmocka_unit_test(a_quoted_resolution_ends_with_its_quotation_mark),
		cmocka_unit_test(a_resolution_may_follow_an_annex),
		cmocka_unit_test(a_footnote_mark_stands_behind_the_end),
		cmocka_unit_test(a_bill_is_resolved),
		cmocka_unit_test(a_meeting_is_counted_in_words_or_left_blank),
		cmocka_unit_test(a_resolution_behind_a_decision_is_one),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
