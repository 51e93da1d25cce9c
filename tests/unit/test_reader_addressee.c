/* Who is asked, in which role, and what short forms mean. */
#include "reader_case.h"

/* Addressees of the last clause: "text [role]", joined by "; ". */
static void expect(const char *paragraph, const char *wanted)
{
	char text[2048];
	struct reading *reading;
	const struct paragraph *p;
	const struct clause *c;
	struct buf out;

	snprintf(text, sizeof text, "The General Assembly,\n\n1. %s\n", paragraph);
	reading = reader_case_read(text);
	p = &reading->paragraphs[1];
	assert_true(p->clause_count > 0);
	c = &p->clauses[p->clause_count - 1];
	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < c->addressee_count; i++)
		buf_printf(&out, "%s%.*s [%s]", i > 0 ? "; " : "", SLICE_ARG(c->addressees[i].text),
		    c->addressees[i].role);
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	reading_free(reading);
}

static void those_before_the_infinitive_are_asked(void **state)
{
	(void)state;
	expect("Requests the Secretary-General to report;", "the Secretary-General [lead]");
	expect("Requests the Secretary-General to:", "the Secretary-General [lead]");
	expect("Urges all States and relevant international organizations to act;",
	    "all States [lead]; relevant international organizations [lead]");
}

static void restrictors_are_kept(void **state)
{
	(void)state;
	expect("Urges all States that have not yet done so to consider acceding to the Convention;",
	    "all States that have not yet done so [lead]");
}

static void the_consulted_are_not_the_asked(void **state)
{
	(void)state;
	expect("Requests the Secretary-General, in consultation with Member States, to report;",
	    "the Secretary-General [lead]; Member States [consulted]");
}

static void a_name_with_and_is_one_name(void **state)
{
	(void)state;
	expect("Requests the United Nations Office on Drugs and Crime to assist;",
	    "the United Nations Office on Drugs and Crime [lead]");
}

static void a_thing_is_asked_nothing(void **state)
{
	(void)state;
	expect("Encourages the provision of incentives to begin soon;", "");
}

static void the_subject_of_a_that_clause_is_asked(void **state)
{
	(void)state;
	expect("Requests that the Secretary-General submit a report;", "the Secretary-General [lead]");
}

static void a_short_form_means_the_last_full_name(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n1. Commends the United Nations Office on "
	    "Drugs and Crime for its work, and invites the Office to go on;\n");
	const struct addressee *addressee = &reading->paragraphs[1].clauses[1].addressees[0];

	(void)state;
	assert_true(slice_is(addressee->text, "the Office"));
	assert_true(slice_is(addressee->name, "United Nations Office on Drugs and Crime"));
	reading_free(reading);
}

static void those_after_the_consulted_are_consulted(void **state)
{
	(void)state;
	expect("Urges Governments, in cooperation with youth, youth-led groups and other donors, to act;",
	    "Governments [lead]; youth [consulted]; youth-led groups [consulted]; other donors [consulted]");
}

static void a_known_name_runs_over_commas(void **state)
{
	(void)state;
	expect("Requests the Committee for Programme and Coordination to meet;",
	    "the Committee for Programme and Coordination [lead]");
	expect("Invites the United Nations Educational, Scientific and Cultural Organization to report;",
	    "the United Nations Educational, Scientific and Cultural Organization [lead]");
}

static void adjectives_wait_for_their_noun(void **state)
{
	(void)state;
	expect("Urges all national, subnational and local governments to plan;",
	    "all national, subnational and local governments [lead]");
	expect("Invites troop- and police-contributing countries to report;",
	    "troop- and police-contributing countries [lead]");
}

static void two_nouns_of_one_phrase_stay_together(void **state)
{
	(void)state;
	expect("Requests the relevant organizations and bodies of the system to help;",
	    "the relevant organizations and bodies of the system [lead]");
	expect("Invites Member States and organizations to help;",
	    "Member States [lead]; organizations [lead]");
}

static void a_pronoun_means_whoever_was_asked_last(void **state)
{
	(void)state;
	expect("Urges all States to ratify the Convention, welcomes their efforts, and invites them to report;",
	    "all States [lead]");
}

static void two_verbs_may_share_what_follows(void **state)
{
	(void)state;
	expect("Encourages and urges all parties to cooperate;", "all parties [lead]");
}

static void those_whose_work_is_asked_for_stand_behind_it(void **state)
{
	(void)state;
	expect("Encourages cooperation among regional organizations;", "regional organizations [lead]");
	expect("Calls for measures by all parties, as appropriate, in this field;", "all parties [lead]");
	expect("Encourages financial and technical support from all stakeholders;", "all stakeholders [lead]");
	expect("Encourages efforts by the Movement of States of the region in this field;",
	    "the Movement of States of the region [lead]");
	expect("Encourages the use of the guide adopted by the Council;", "");
	expect("Encourages lending among all States;", "");
}

static void what_leads_up_to_a_passive_is_asked_nothing(void **state)
{
	(void)state;
	expect("In preparing their plans, countries are encouraged to share them;", "countries [lead]");
}

static void the_list_behind_of_is_one_name(void **state)
{
	(void)state;
	expect("Invites the chairs of the funds, programmes and specialized agencies to meet;",
	    "the chairs of the funds, programmes and specialized agencies [lead]");
	expect("Invites the funds and programmes to meet;", "the funds [lead]; programmes [lead]");
	expect("Urges Governments of origin, transit and destination countries to act;",
	    "Governments of origin, transit and destination countries [lead]");
	expect("Invites organizations and bodies of the system to act;", "organizations and bodies of the system [lead]");
}

static void whoever_belongs_to_the_asked_is_no_other(void **state)
{
	(void)state;
	expect("Requests the development system and its individual entities to report;",
	    "the development system and its individual entities [lead]");
	expect("Urges States and their trading partners to trade;", "States [lead]; their trading partners [lead]");
	expect("Urges Member States, in particular those that have the means, to contribute;", "Member States [lead]");
	expect("Urges Member States, in particular the coastal States, to contribute;",
	    "Member States [lead]; the coastal States [contributing]");
}

static void those_who_do_something_are_asked(void **state)
{
	(void)state;
	expect("Encourages all those involved in the planning to consult women;",
	    "all those involved in the planning [lead]");
	expect("Encourages those efforts to begin soon;", "");
}

static void a_bare_noun_waits_for_the_one_behind_it(void **state)
{
	(void)state;
	expect("Invites troop and police contributing countries to report;",
	    "troop and police contributing countries [lead]");
	expect("Invites the academic, research and scientific communities to report;",
	    "the academic, research and scientific communities [lead]");
}

static void members_of_the_consulted_are_consulted(void **state)
{
	(void)state;
	expect("Encourages Member States, with the support of partners, such as the World Bank, to plan;",
	    "Member States [lead]; partners [consulted]; the World Bank [consulted]");
}

static void what_is_between_two_is_asked_of_both(void **state)
{
	(void)state;
	expect("Calls for strengthening the relationship between the Security Council and the other organs to act well;",
	    "the Security Council [lead]; the other organs [lead]");
	expect("Encourages partnership between the Office for Disaster Risk Reduction and regional organizations;",
	    "the Office for Disaster Risk Reduction [lead]; regional organizations [lead]");
	expect("Calls for the fulfilment of all promises, including those made by developed countries;", "");
	expect("Calls for continued support from the organizations of the system;", "the organizations of the system [lead]");
	expect("Invites a response that supports these countries to grow;", "");
}

static void a_plural_pronoun_means_many(void **state)
{
	(void)state;
	expect("Requests the Secretary-General to report, and further invites him to hurry;", "the Secretary-General [lead]");
	expect("Urges all States to ratify, requests the Secretary-General to report, and invites them to comment;",
	    "all States [lead]");
	expect("Welcomes the efforts of Governments, and invites them to go on;", "Governments [lead]");
}

static void treaties_are_asked_nothing(void **state)
{
	(void)state;
	expect("Invites States parties to the Covenant on Salt and the Convention on the Rights of All Migrant Workers and "
	       "Members of Their Families to report;",
	    "States parties to the Covenant on Salt [lead]");
	expect("Invites States parties to the Convention on Salt, the Covenant on Sugar and others to report;",
	    "States parties to the Convention on Salt [lead]; others [contributing]");
	expect("Recommends assisting developing countries in this matter;", "");
}

static void whose_duty_a_decision_makes_it_is_asked(void **state)
{
	(void)state;
	expect("Decides that the Executive Director of the Salt Fund shall report regularly on its work;",
	    "the Executive Director of the Salt Fund [lead]");
	expect("Decides that the arrangements made by the Secretary-General shall be reviewed;", "");
	expect("Decides that the Salt Committee shall be convened in Vienna;", "");
}

static void what_leads_up_to_a_that_clause_is_not_who_is_asked(void **state)
{
	(void)state;
	expect("Recommends that in fulfilment of Article 64 of the Charter of the Salt Union the Secretary-General report on it;",
	    "the Secretary-General [lead]");
}

static void what_is_for_a_set_is_not_the_set(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n"
	                                           "1. Invites the International Salt Institute for Landlocked Developing Countries to assist;\n");

	(void)state;
	assert_false(reading->paragraphs[1].clauses[0].addressees[0].set);
	reading_free(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_before_the_infinitive_are_asked),
		cmocka_unit_test(restrictors_are_kept),
		cmocka_unit_test(the_consulted_are_not_the_asked),
		cmocka_unit_test(a_name_with_and_is_one_name),
		cmocka_unit_test(a_thing_is_asked_nothing),
		cmocka_unit_test(the_subject_of_a_that_clause_is_asked),
		cmocka_unit_test(a_short_form_means_the_last_full_name),
		cmocka_unit_test(those_after_the_consulted_are_consulted),
		cmocka_unit_test(a_known_name_runs_over_commas),
		cmocka_unit_test(adjectives_wait_for_their_noun),
		cmocka_unit_test(two_nouns_of_one_phrase_stay_together),
		cmocka_unit_test(a_pronoun_means_whoever_was_asked_last),
		cmocka_unit_test(two_verbs_may_share_what_follows),
		cmocka_unit_test(those_whose_work_is_asked_for_stand_behind_it),
		cmocka_unit_test(what_leads_up_to_a_passive_is_asked_nothing),
		cmocka_unit_test(the_list_behind_of_is_one_name),
		cmocka_unit_test(whoever_belongs_to_the_asked_is_no_other),
		cmocka_unit_test(those_who_do_something_are_asked),
		cmocka_unit_test(a_bare_noun_waits_for_the_one_behind_it),
		cmocka_unit_test(members_of_the_consulted_are_consulted),
		cmocka_unit_test(what_is_between_two_is_asked_of_both),
		cmocka_unit_test(a_plural_pronoun_means_many),
		cmocka_unit_test(treaties_are_asked_nothing),
		cmocka_unit_test(whose_duty_a_decision_makes_it_is_asked),
		cmocka_unit_test(what_leads_up_to_a_that_clause_is_not_who_is_asked),
		cmocka_unit_test(what_is_for_a_set_is_not_the_set),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
