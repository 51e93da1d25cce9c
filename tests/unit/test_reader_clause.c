/* Which verbs of a paragraph ask, and which do not. */
#include "reader_case.h"

/* The lemmas of one operative paragraph, with force where somebody is asked. */
static void expect(const char *paragraph, const char *wanted)
{
	char text[2048];
	struct reading *reading;
	struct buf out;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s\n", paragraph);
	reading = reader_case_read(text);
	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < reading->paragraphs[1].clause_count; i++) {
		const struct clause *c = &reading->paragraphs[1].clauses[i];

		buf_printf(&out, "%s%.*s", i > 0 ? ", " : "", SLICE_ARG(c->lemma));
		if (c->obligation)
			buf_printf(&out, " (%s)", c->force);
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	reading_free(reading);
}

static void a_second_verb_is_a_second_clause(void **state)
{
	(void)state;
	expect("Commends the Office for its work, and invites the Office to finalize the guides;",
	    "commend, invite (encouragement)");
	expect("Recalls its resolution, requests the Secretary-General to report, and stresses that time is short;",
	    "recall, request (request), stress");
}

static void modifiers_stand_before_and_after(void **state)
{
	(void)state;
	expect("Also once again strongly urges all States to act;", "urge (urging)");
	expect("Requests also the Secretary-General to report, and in this regard further invites donors to give;",
	    "request (request), invite (encouragement)");
}

static void every_sentence_of_a_statement_speaks(void **state)
{
	struct reading *reading = reader_case_read("The Security Council welcomes the report. It also requests that the "
	    "Secretary-General report every six months. The Council further calls upon all parties to cooperate. "
	    "The Commission requests nothing. The Government requests help.\n");
	const struct paragraph *p = &reading->paragraphs[0];

	(void)state;
	assert_int_equal(p->clause_count, 3);
	assert_true(slice_is(p->clauses[1].verb, "It also requests"));
	assert_true(slice_is(p->clauses[1].addressees[0].code, "SG"));
	assert_true(slice_is(p->clauses[2].lemma, "call upon"));
	reading_free(reading);
}

static void what_is_decided_may_be_a_request(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n1. Decides:\n\n(a) To request the Secretary-General "
	    "to report;\n\n(b) To establish a committee;\n\n2. Requests the Commission:\n\n(a) To invite all States to reply;\n");

	(void)state;
	assert_int_equal(reading->paragraphs[2].clause_count, 1);
	assert_true(slice_is(reading->paragraphs[2].clauses[0].lemma, "request"));
	assert_int_equal(reading->paragraphs[3].clause_count, 0);
	assert_int_equal(reading->paragraphs[5].clause_count, 0);
	reading_free(reading);
}

static void a_decision_is_told_in_the_past(void **state)
{
	struct reading *reading = reader_case_read("At its 2nd plenary meeting, on 4 May 2005, the Council decided to adjourn, and "
	    "requested the Secretary-General to report on the letters adopted by the Fund;\n");
	const struct paragraph *p = &reading->paragraphs[0];

	(void)state;
	assert_int_equal(p->clause_count, 2);
	assert_true(slice_is(p->clauses[0].lemma, "decide"));
	assert_true(slice_is(p->clauses[1].lemma, "request"));
	assert_true(slice_is(p->clauses[1].addressees[0].code, "SG"));
	reading_free(reading);
}

/* The lemmas of the only paragraph, joined by commas. */
static void expect_lemmas(const char *text, const char *wanted)
{
	struct reading *reading = reader_case_read(text);
	const struct paragraph *p = &reading->paragraphs[reading->paragraph_count - 1];
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < p->clause_count; i++)
		buf_printf(&out, "%s%.*s", i > 0 ? ", " : "", SLICE_ARG(p->clauses[i].lemma));
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	reading_free(reading);
}

static void the_organ_may_be_named_again(void **state)
{
	(void)state;
	expect_lemmas("The Security Council stresses the importance of salt. It also urges all parties to talk. The Council "
	              "requests the Secretary-General to report. The Committee requests nothing.", "stress, urge, request");
	expect_lemmas("At its 2nd meeting, on 4 May 2005, the Council decided to adjourn. It also requested the Secretary-General "
	              "to report.", "decide, request");
	expect_lemmas("The General Assembly,\n\n1. Welcomes the study. It requests much of its readers;", "welcome");
}

static void who_told_a_decision_is_its_body(void **state)
{
	struct reading *reading = reader_case_read("2005/202. Salt\n\nAt its 2nd meeting, on 4 May 2005, the Economic and Social "
	                                           "Council decided to adjourn.");

	(void)state;
	assert_string_equal(reading->body, "ECOSOC");
	assert_true(slice_is(reading->symbol, "E/DEC/2005/202"));
	reading_free(reading);
}

static void a_renewed_call_decides_nothing(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n1. Renews its call upon all States to act;\n\n"
	    "2. Renews the mandate of the group;\n");

	(void)state;
	assert_string_equal(reading->paragraphs[1].clauses[0].class, "reinforcing");
	assert_string_equal(reading->paragraphs[1].clauses[0].force, "urging");
	assert_string_equal(reading->paragraphs[2].clauses[0].class, "deciding");
	reading_free(reading);
}

static void a_continued_request_is_a_request(void **state)
{
	(void)state;
	expect("Continues to encourage Member States to contribute;", "encourage (encouragement)");
}

static void a_noun_asks_what_it_says(void **state)
{
	(void)state;
	expect("Reiterates its request to the Secretary-General to report;", "reiterate (request)");
}

static void verbs_of_others_are_not_its_own(void **state)
{
	(void)state;
	expect("Notes the report, which requests and encourages nothing new;", "note");
	expect("Recalls the item entitled \"Council requests, and urges the world\";", "recall");
	expect("Notes the many requests and the growing demands for aid;", "note");
}

static void a_declaration_speaks_as_we(void **state)
{
	(void)state;
	expect("We reaffirm the Charter, and further call upon all States to act. We also commit ourselves to peace.",
	    "reaffirm, call upon (urging), commit");
}

static void the_passive_asks_too(void **state)
{
	(void)state;
	expect("The Secretary-General is requested to report.", "request (request)");
}

static void expect_terms(const struct clause *clause, const char *kind, const char *deadline, const char *condition)
{
	if (strcmp(clause->kind, kind) != 0)
		fail_msg("%.*s: kind %s, wanted %s", SLICE_ARG(clause->verb), clause->kind, kind);
	if (!slice_is(clause->deadline->value, deadline))
		fail_msg("%.*s: deadline \"%.*s\", wanted \"%s\"", SLICE_ARG(clause->verb), SLICE_ARG(clause->deadline->value),
		    deadline);
	if (clause->condition_count != 1 || !slice_is(clause->conditions[0], condition))
		fail_msg("%.*s: %u conditions, wanted \"%s\"", SLICE_ARG(clause->verb), (unsigned)clause->condition_count, condition);
}

static void expect_condition(const char *paragraph, const char *condition)
{
	char text[512];
	struct reading *reading;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s\n", paragraph);
	reading = reader_case_read(text);
	expect_terms(&reading->paragraphs[1].clauses[0], "reporting", "", condition);
	reading_free(reading);
}

static void a_condition_does_not_end_in_a_small_word(void **state)
{
	(void)state;
	expect_condition("Requests the Office to report within existing budgetary means, to the States;",
	    "within existing budgetary means");
	expect_condition("Requests the Office to report subject to the availability of funds, to the States;",
	    "subject to the availability of funds");
	expect_condition("Requests the Office to report, as appropriate, to the States;", "as appropriate");
}

/* Each of the paragraph's clauses asks all parties to report by 2006, upon request. */
static void expect_shared_terms(const char *verbs)
{
	char text[512];
	struct reading *reading;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s to report, upon request, by 2006;\n", verbs);
	reading = reader_case_read(text);
	assert_true(reading->paragraphs[1].clause_count > 1);
	for (size_t i = 0; i < reading->paragraphs[1].clause_count; i++) {
		expect_terms(&reading->paragraphs[1].clauses[i], "reporting", "2006-12-31", "upon request");
		assert_true(reading->paragraphs[1].clauses[i].addressee_count > 0);
	}
	reading_free(reading);
}

static void verbs_that_share_an_infinitive_share_its_terms(void **state)
{
	(void)state;
	expect_shared_terms("Encourages and urges all parties");
	expect_shared_terms("Encourages, invites and urges all parties");
	expect_shared_terms("Urges all donors and invites all States");
}

static void a_clause_knows_its_bytes(void **state)
{
	const char *text = "The General Assembly,\n\n1. Welcomes it, and urges all States to act;\n";
	struct reading *reading = reader_case_read(text);
	const struct clause *clause = &reading->paragraphs[1].clauses[1];

	(void)state;
	assert_memory_equal(text + clause->where.start, "urges all States to act", 23);
	assert_true(slice_is(clause->action, "to act"));
	reading_free(reading);
}

static void expect_action(const char *paragraph, const char *action)
{
	char text[2048];
	struct reading *reading;
	struct slice got;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s\n", paragraph);
	reading = reader_case_read(text);
	got = reading->paragraphs[1].clauses[0].action;
	if (!slice_is(got, action))
		fail_msg("%s: the action is \"%.*s\"", paragraph, SLICE_ARG(got));
	reading_free(reading);
}

static void an_action_closes_what_it_opens(void **state)
{
	(void)state;
	expect_action("Requests the Secretary-General to include an item entitled \"Small harbours\";", "to include an item entitled \"Small harbours\"");
	expect_action("Requests the Secretary-General to include an item entitled \xe2\x80\x9cSmall harbours\xe2\x80\x9d.",
	    "to include an item entitled \xe2\x80\x9cSmall harbours\xe2\x80\x9d");
	expect_action("Requests the Secretary-General to revise the list (document one);", "to revise the list (document one)");
	expect_action("Requests the Secretary-General to revise the list (\"the first\");", "to revise the list (\"the first\")");
	expect_action("Requests the Secretary-General to revise the \"first list\" at once;", "to revise the \"first list\" at once");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_action_closes_what_it_opens),
		cmocka_unit_test(a_second_verb_is_a_second_clause),
		cmocka_unit_test(modifiers_stand_before_and_after),
		cmocka_unit_test(every_sentence_of_a_statement_speaks),
		cmocka_unit_test(what_is_decided_may_be_a_request),
		cmocka_unit_test(a_decision_is_told_in_the_past),
		cmocka_unit_test(the_organ_may_be_named_again),
		cmocka_unit_test(who_told_a_decision_is_its_body),
		cmocka_unit_test(a_renewed_call_decides_nothing),
		cmocka_unit_test(a_continued_request_is_a_request),
		cmocka_unit_test(a_noun_asks_what_it_says),
		cmocka_unit_test(verbs_of_others_are_not_its_own),
		cmocka_unit_test(a_declaration_speaks_as_we),
		cmocka_unit_test(the_passive_asks_too),
		cmocka_unit_test(a_condition_does_not_end_in_a_small_word),
		cmocka_unit_test(verbs_that_share_an_infinitive_share_its_terms),
		cmocka_unit_test(a_clause_knows_its_bytes),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
