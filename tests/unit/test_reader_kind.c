/* What kind of thing is asked. */
#include "reader_case.h"

/* Of the last clause of a paragraph of the General Assembly's. */
static void expect(const char *paragraph, const char *kind)
{
	char text[1024];
	struct reading *reading;
	const struct paragraph *p;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s\n\n64th plenary meeting\n20 December 2004\n", paragraph);
	reading = reader_case_read(text);
	p = &reading->paragraphs[1];
	assert_true(p->clause_count > 0);
	if (strcmp(p->clauses[p->clause_count - 1].kind, kind) != 0)
		fail_msg("%s: read as %s, wanted %s", paragraph, p->clauses[p->clause_count - 1].kind, kind);
	reading_free(reading);
}

static void the_act_says_it(void **state)
{
	(void)state;
	expect("Urges all States to ratify the Convention;", "ratification");
	expect("Requests the Office to publish the guide;", "dissemination");
	expect("Invites the Office to finalize the guide and to disseminate it widely;", "dissemination");
	expect("Urges States to protect the wells and to report to their councils;", "other");
}

static void what_stands_before_the_act_is_looked_through(void **state)
{
	(void)state;
	expect("Requests the Office to continue to assist States;", "assistance");
	expect("Urges States to take all necessary measures to cooperate;", "cooperation");
	expect("Urges States to consider ratifying the Convention;", "ratification");
	expect("Requests the Office, in consultation with States, to take steps to train judges;", "assistance");
}

static void a_light_verb_leaves_it_to_its_object(void **state)
{
	(void)state;
	expect("Requests the Secretary-General to provide the Office with the necessary resources;", "resources");
	expect("Invites the Fund to provide the Council with relevant information;", "reporting");
	expect("Encourages States to strengthen the implementation of the report;", "other");
	expect("Decides to establish, in accordance with its rules, a committee of ten members;", "appointment");
}

static void the_act_that_the_deadline_hangs_on_counts(void **state)
{
	(void)state;
	expect("Requests the Office to count the wells and to submit a report at its sixtieth session;", "reporting");
	expect("Requests the Office to count the wells and submit a report at its sixtieth session;", "reporting");
	expect("Requests the Office to ratify the treaty by 2006 and to submit a report;", "ratification");
}

static void a_thing_asked_for_is_its_kind(void **state)
{
	(void)state;
	expect("Calls for voluntary contributions to the Fund;", "contribution");
	expect("Encourages cooperation among regional organizations;", "cooperation");
}

static void what_a_decision_makes_a_duty_is_the_act(void **state)
{
	(void)state;
	expect("Decides that the Director of the Fund shall report on the activities of the Fund;", "reporting");
	expect("Decides that the report of the Director shall be withheld;", "other");
	expect("Decides to approve a charge of 200 dollars against the provision;", "resources");
}

static void to_consider_at_a_session_is_agenda(void **state)
{
	(void)state;
	expect("Decides to consider the matter at its sixtieth session;", "agenda");
	expect("Invites the Salt Council to undertake a review of its methods;", "other");
	expect("Invites Governments to consider the proposal;", "other");
}

static void a_vehicle_close_to_the_act_makes_it_a_report(void **state)
{
	(void)state;
	expect("Requests the Secretary-General to describe the wells in his next report;", "reporting");
	expect("Requests the Secretary-General to dig the wells that are named in the plan of the Council, to count those that "
	       "were dug before, and to say so in his next report;", "other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_act_says_it),
		cmocka_unit_test(what_stands_before_the_act_is_looked_through),
		cmocka_unit_test(a_light_verb_leaves_it_to_its_object),
		cmocka_unit_test(the_act_that_the_deadline_hangs_on_counts),
		cmocka_unit_test(a_thing_asked_for_is_its_kind),
		cmocka_unit_test(what_a_decision_makes_a_duty_is_the_act),
		cmocka_unit_test(to_consider_at_a_session_is_agenda),
		cmocka_unit_test(a_vehicle_close_to_the_act_makes_it_a_report),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
