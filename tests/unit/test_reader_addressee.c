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
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
