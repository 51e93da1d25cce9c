#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reader/reader.h"

struct deadline_case {
	const char *asked; /* after "Requests the Secretary-General to report " */
	const char *type, *value;
};

/* In the draft frame of one paragraph, spoken by the General Assembly. */
static void asked_as(const struct reader *reader, const struct deadline_case *c)
{
	struct error error = ERROR_NONE;
	struct reading *reading = NULL;
	const struct clause *clause = NULL;
	char text[512];

	(void)snprintf(text, sizeof text, "The General Assembly,\n\nRecalling its earlier work,\n\n"
	                                  "1. Requests the Secretary-General to report %s.\n\n"
	                                  "64th plenary meeting\n20 December 2004\n", c->asked);
	if (reader_read(reader, slice_of(text), &reading, &error) != 0)
		fail_msg("%s: %s", c->asked, error.message);
	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].clause_count > 0)
			clause = &reading->paragraphs[i].clauses[0];
	if (clause == NULL)
		fail_msg("%s: no clause", c->asked);
	if (strcmp(deadline_type_name(clause->deadline->type), c->type) != 0 || !slice_is(clause->deadline->value, c->value))
		fail_msg("%s: read as %s \"%.*s\", wanted %s \"%s\"", c->asked, deadline_type_name(clause->deadline->type),
		    SLICE_ARG(clause->deadline->value), c->type, c->value);
	reading_free(reading);
}

static void all_asked_as(const struct deadline_case *cases, size_t count)
{
	struct error error = ERROR_NONE;
	struct reader *reader = reader_open(TEST_CONFIG, &error);

	if (reader == NULL)
		fail_msg("%s", error.message);
	for (size_t i = 0; i < count; i++)
		asked_as(reader, &cases[i]);
	reader_close(reader);
}

#define ALL_ASKED_AS(cases) all_asked_as(cases, sizeof(cases) / sizeof *(cases))

static void a_session_is_the_speakers_or_the_body_named_before_it(void **state)
{
	static const struct deadline_case cases[] = {
	    {"at its sixtieth session", "session", "GA 60"},
	    {"to the Economic and Social Council at its seventh session", "session", "ECOSOC 7"},
	    {"at its seventy-ninth and eighty-first sessions", "session", "GA 79,81"},
	    {"at the first resumed part of its seventy-third session", "session", "GA 73 resumed"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_list_of_sessions_is_of_one_body(void **state)
{
	static const struct deadline_case cases[] = {
	    {"to the Economic and Social Council at its second session, and to the General Assembly at its sixtieth session",
	        "session", "ECOSOC 2"},
	    {"to the Economic and Social Council at its second session, and orally to the Council at its fourth session",
	        "session", "ECOSOC 2,4"},
	    {"at its sixtieth session, and to submit the report at its sixtieth session", "session", "GA 60"},
	    {"to the Human Rights Council at its fifty-eighth session, and orally at its sixtieth session", "session",
	        "HRC 58,60"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void another_sentence_is_another_thing(void **state)
{
	static const struct deadline_case cases[] = {
	    {"at its sixtieth session. A summary goes to the Second Committee at its sixty-second session", "session", "GA 60"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_session_may_have_its_year_behind_its_organ(void **state)
{
	static const struct deadline_case cases[] = {
	    {"at the substantive session of the Economic and Social Council in 2011", "session", "ECOSOC 2011"},
	    {"at its substantive session of 2011", "session", "GA 2011"},
	    {"on how it is presented at its sixtieth session", "session", "GA 60"},
	    {"on a plan to be presented at its sixtieth session", "session", "GA 60"},
	    {"on what was presented at its sixtieth session", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

/* When those who are asked must have become such is no date for what they are asked. */
static void a_date_in_a_restrictor_is_none(void **state)
{
	struct error error = ERROR_NONE;
	struct reader *reader = reader_open(TEST_CONFIG, &error);
	struct reading *reading = NULL;

	(void)state;
	if (reader == NULL || reader_read(reader, SLICE("The General Assembly,\n\n1. Encourages organizations which will have "
	        "signed by 2020 to assist others;\n\n2. Encourages organizations which will have signed by 2020 to report by 2022.\n"),
	        &reading, &error) != 0)
		fail_msg("%s", error.message);
	assert_int_equal(reading->paragraphs[1].clauses[0].deadline->type, DEADLINE_NONE);
	assert_true(slice_is(reading->paragraphs[2].clauses[0].deadline->value, "2022-12-31"));
	reading_free(reading);
	reader_close(reader);
}

static void a_short_form_is_known_before_its_session_is_judged(void **state)
{
	static const struct deadline_case cases[] = {
	    {"to the Assembly at its next session", "session", "GA next"},
	    {"on the wells, as the Assembly asks, at its sixtieth session, and orally to the Assembly at its sixty-second session",
	        "session", "GA 60,62"},
	    {"what the Assembly does at its fortieth session", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_date_may_be_a_day_a_month_or_a_year(void **state)
{
	static const struct deadline_case cases[] = {
	    {"not later than 31 October 2025", "date", "2025-10-31"},
	    {"by February 2024", "date", "2024-02-29"},
	    {"by 30 October", "date", "2005-10-30"},
	    {"by mid-2006", "date", "2006-06-30"},
	    {"in 2008", "date", "2008-12-31"},
	    {"by the end of 2006", "date", "2006-12-31"},
	    {"by 2030", "date", "2030-12-31"},
	    {"no later than the second quarter of 2025", "date", "2025-06-30"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void what_recurs_has_its_interval(void **state)
{
	static const struct deadline_case cases[] = {
	    {"annually on its work", "recurring", "1 year"},
	    {"every six months", "recurring", "6 month"},
	    {"within six months", "interval", "6 month"},
	    {"within eighteen months", "interval", "18 month"},
	    {"on salt, and to submit an annual report on it", "recurring", "1 year"},
	    {"what the annual report says", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_soft_phrase_names_no_date_and_a_manner_is_none(void **state)
{
	static const struct deadline_case cases[] = {
	    {"as soon as possible", "soft", "as soon as possible"},
	    {"as widely as possible", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void an_agenda_with_a_year_in_its_name_is_no_date(void **state)
{
	static const struct deadline_case cases[] = {
	    {"on what is asked by the 2030 Agenda", "none", ""},
	    {"on goals set by 2030 Agenda partners", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_session_is_told_in_many_ways(void **state)
{
	static const struct deadline_case cases[] = {
	    {"at its 61st session", "session", "GA 61"},
	    {"at its LXI session", "session", "GA 61"},
	    {"at its resumed sixtieth session", "session", "GA 60 resumed"},
	    {"at the main part of its sixty-first session", "session", "GA 61"},
	    {"at its sixtieth to sixty-second sessions", "session", "GA 60,61,62"},
	    {"at its sixtieth session, and orally at its sixty-second session", "session", "GA 60,62"},
	    {"to the Economic and Social Council at its substantive session of 2005", "session", "ECOSOC 2005"},
	    {"to the Economic and Social Council at its 2006 session", "session", "ECOSOC 2006"},
	    {"at its next regular session", "session", "GA next"},
	    {"at the sixtieth session of the Assembly", "session", "GA 60"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void what_has_been_is_no_deadline(void **state)
{
	static const struct deadline_case cases[] = {
	    {"on the decision taken at its fifty-ninth session", "none", ""},
	    {"on what it decided at its forty-first session", "none", ""},
	    {"on the text adopted by the Commission at its twelfth session", "none", ""},
	    {"on the outcome of its twenty-third special session", "none", ""},
	    {"on the plan for 1998", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void a_series_has_its_start(void **state)
{
	static const struct deadline_case cases[] = {
	    {"annually, starting in 2006", "recurring", "1 year from 2006-12-31"},
	    {"at its sixtieth session and biennially thereafter", "recurring", "2 year from GA 60"},
	    {"every 75 days", "recurring", "75 day"},
	    {"every two years, beginning at its sixty-first session", "recurring", "2 year from GA 61"},
	    {"regularly on its work", "recurring", "regularly"},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

static void an_interval_counts_from_the_adoption_or_an_event(void **state)
{
	static const struct deadline_case cases[] = {
	    {"within sixty (60) days of the adoption of the present resolution", "interval", "60 day"},
	    {"within 24 hours", "interval", "1 day"},
	    {"thirty days after receipt of the request", "interval", "30 day"},
	    {"for a further period of three years", "period", "3 year"},
	    {"during the biennium 2006-2007", "period", "2006-2007"},
	    {"during the biennium 2006-07", "period", "2006-2007"},
	    {"during the biennium 2099-00", "period", "2099-2100"},
	    {"during the biennium 2007-2006", "none", ""},
	};

	(void)state;
	ALL_ASKED_AS(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_session_is_the_speakers_or_the_body_named_before_it),
	    cmocka_unit_test(a_list_of_sessions_is_of_one_body),
	    cmocka_unit_test(another_sentence_is_another_thing),
	    cmocka_unit_test(a_session_may_have_its_year_behind_its_organ),
	    cmocka_unit_test(a_date_in_a_restrictor_is_none),
	    cmocka_unit_test(a_short_form_is_known_before_its_session_is_judged),
	    cmocka_unit_test(a_date_may_be_a_day_a_month_or_a_year),
	    cmocka_unit_test(what_recurs_has_its_interval),
	    cmocka_unit_test(a_soft_phrase_names_no_date_and_a_manner_is_none),
	    cmocka_unit_test(a_session_is_told_in_many_ways),
	    cmocka_unit_test(what_has_been_is_no_deadline),
	    cmocka_unit_test(a_series_has_its_start),
	    cmocka_unit_test(an_interval_counts_from_the_adoption_or_an_event),
	    cmocka_unit_test(an_agenda_with_a_year_in_its_name_is_no_date),
	};

	return cmocka_run_group_tests_name("reader/deadline", tests, NULL, NULL);
}
