/* Spanish texts: what the words of config/lexicon/es.conf find. */
#include "reader_case.h"

static void write_clause(struct buf *out, const struct clause *c)
{
	buf_printf(out, "%.*s %s", SLICE_ARG(c->lemma), c->force);
	for (size_t i = 0; i < c->addressee_count; i++)
		buf_printf(out, "%s %.*s/%s", i > 0 ? "," : ":", SLICE_ARG(c->addressees[i].name),
		    c->addressees[i].role);
}

/* "lemma force: name/role, name/role | lemma force …" of paragraph p. */
static void expect_clauses(const struct paragraph *p, const char *wanted)
{
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < p->clause_count; i++) {
		if (i > 0)
			buf_printf(&out, " | ");
		write_clause(&out, &p->clauses[i]);
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
}

static struct reading *read_paragraph(const char *paragraph)
{
	char text[2048];

	snprintf(text, sizeof text, "Resolución aprobada por la Asamblea General el 20 de diciembre de 2014\n\n"
	    "69/310. Cartografía de las costas\n\nLa Asamblea General,\n\n1. %s\n", paragraph);
	return reader_case_read(text);
}

static const struct paragraph *first_operative(const struct reading *reading)
{
	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].part == PART_OPERATIVE)
			return &reading->paragraphs[i];
	fail_msg("no operative paragraph");
	return NULL;
}

static void expect(const char *paragraph, const char *wanted)
{
	struct reading *reading = read_paragraph(paragraph);

	assert_string_equal(reading->language, "es");
	expect_clauses(first_operative(reading), wanted);
	reading_free(reading);
}

/* Kind and deadline of the last clause. */
static void expect_terms(const char *paragraph, const char *kind, const char *deadline)
{
	struct reading *reading = read_paragraph(paragraph);
	const struct paragraph *p = first_operative(reading);
	const struct clause *c;

	assert_true(p->clause_count > 0);
	c = &p->clauses[p->clause_count - 1];
	assert_string_equal(c->kind, kind);
	assert_true(slice_is(c->deadline->value, deadline));
	reading_free(reading);
}

static void verbs_have_their_force(void **state)
{
	(void)state;
	expect("Exige a las partes que depongan las armas;", "exigir binding: partes/lead");
	expect("Pide también al Secretario General que publique los mapas;", "pedir request: Secretary-General/lead");
	expect("Insta encarecidamente a los gobiernos a que colaboren;", "instar urging: gobiernos/lead");
	expect("Hace también un llamamiento a los donantes para que aporten fondos;",
	    "hacer un llamamiento urging: donantes/lead");
	expect("Alienta a la comunidad internacional a financiar los mapas;", "alentar encouragement: comunidad internacional/lead");
	expect("Hace suyas las recomendaciones del Comité;", "hacer suyo decision");
	expect("Acoge con beneplácito la labor de la Comisión;", "acoger con beneplácito none");
	expect("Toma nota con reconocimiento del informe;", "tomar nota none");
	expect("Pone de relieve el valor de los mapas;", "poner de relieve none");
}

static void one_paragraph_has_several_verbs(void **state)
{
	(void)state;
	expect("Observa que faltan mapas, alienta a los Estados Miembros a que los levanten y pide a la Oficina que los reúna;",
	    "observar none | alentar encouragement: Estados Miembros/lead | pedir request: Oficina/lead");
	expect("Reconoce la labor de los voluntarios, y a este respecto invita a los gobiernos a apoyarla;",
	    "reconocer none | invitar encouragement: gobiernos/lead");
}

static void those_before_the_subjunctive_are_asked(void **state)
{
	(void)state;
	expect("Insta a los Estados Miembros y a las organizaciones regionales a que compartan los mapas;",
	    "instar urging: Estados Miembros/lead, organizaciones regionales/lead");
	expect("Invita a las organizaciones regionales y subregionales y a todos los interesados a que participen;",
	    "invitar encouragement: organizaciones regionales y subregionales/lead, interesados/lead");
	expect("Exhorta al Gobierno de Haití a proteger las costas;", "exhortar urging: Gobierno de Haití/lead");
	expect("Recomienda que los Estados Miembros adopten normas;", "recomendar encouragement: Estados Miembros/lead");
	expect("Ruega al Secretario General se sirva presentar un informe;", "rogar request: Secretary-General/lead");
	expect("Exige que todas las partes en el conflicto cooperen con la Misión;", "exigir binding: partes en el conflicto/lead");
	expect("Pide que se levanten mapas;", "pedir request");
}

static void the_consulted_stand_behind_que(void **state)
{
	(void)state;
	expect("Solicita al Secretario General que, en consulta con los Estados Miembros, levante los mapas;",
	    "solicitar request: Secretary-General/lead, Estados Miembros/consulted");
}

static void a_request_repeated_is_a_request(void **state)
{
	(void)state;
	expect("Reitera su petición al Secretario General de que levante los mapas;",
	    "reiterar request: Secretary-General/lead");
}

static void a_pronoun_before_the_verb_is_whoever_was_asked(void **state)
{
	(void)state;
	expect("Invita a los donantes a que envíen barcos, y los exhorta a no demorarse;",
	    "invitar encouragement: donantes/lead | exhortar urging: donantes/lead");
}

static void those_who_have_not_done_so_are_a_restriction(void **state)
{
	struct reading *reading = read_paragraph("Insta a los Estados que aún no lo hayan hecho a que ratifiquen el Convenio;");
	const struct clause *c = &first_operative(reading)->clauses[0];

	(void)state;
	assert_int_equal(c->addressee_count, 1);
	assert_true(slice_is(c->addressees[0].restrictor, "que aún no lo hayan hecho"));
	assert_true(slice_is(c->addressees[0].code, "STATES"));
	reading_free(reading);
}

static void kinds_are_told_by_subjunctives_and_infinitives(void **state)
{
	(void)state;
	expect_terms("Pide a la Oficina que le presente un informe;", "reporting", "");
	expect_terms("Invita a los Estados a considerar la posibilidad de ratificar el Convenio;", "ratification", "");
	expect_terms("Insta a los Estados a que tomen medidas para cooperar entre sí;", "cooperation", "");
	expect_terms("Pide a la Oficina que siga prestando asistencia técnica;", "assistance", "");
	expect_terms("Invita a los donantes a aportar contribuciones voluntarias;", "contribution", "");
	expect_terms("Decide seguir ocupándose de la cuestión;", "agenda", "");
}

static void deadlines_are_days_sessions_and_intervals(void **state)
{
	(void)state;
	expect_terms("Pide a la Oficina que le presente los mapas a más tardar el 31 de octubre de 2025;", "reporting", "2025-10-31");
	expect_terms("Pide al Secretario General que le informe en su septuagésimo primer período de sesiones;", "reporting", "GA 71");
	expect_terms("Pide al Secretario General que le informe en su 72º período de sesiones;", "reporting", "GA 72");
	expect_terms("Pide al Secretario General que le informe en su próximo período de sesiones;", "reporting", "GA next");
	expect_terms("Pide al Secretario General que informe en un plazo de seis meses;", "reporting", "6 month");
	expect_terms("Pide al Secretario General que informe cada dos años;", "reporting", "2 year");
	expect_terms("Decide prorrogar el mandato de la Misión hasta el 1 de marzo de 2016;", "appointment", "2016-03-01");
	expect_terms("Insta a los Estados a que firmen el Convenio lo antes posible;", "ratification", "lo antes posible");
}

static void parts_meeting_and_date_are_found(void **state)
{
	struct reading *reading = reader_case_read("El Consejo Económico y Social,\n\n"
	    "Recordando su decisión sobre las costas,\n\nProfundamente preocupado por las tormentas,\n\n"
	    "Consciente del valor de los mapas,\n\n1. Aprueba el plan;\n\nObserva los progresos.\n\n"
	    "47ª sesión plenaria\n21 de julio de 2011\n");
	const enum part wanted[] = {PART_OPENER, PART_PREAMBULAR, PART_PREAMBULAR, PART_PREAMBULAR, PART_OPERATIVE,
	    PART_OPERATIVE, PART_CLOSING};
	char date[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_int_equal(reading->paragraphs[i].part, wanted[i]);
	assert_string_equal(reading->body, "ECOSOC");
	assert_true(slice_is(reading->meeting, "47ª sesión plenaria"));
	date_format(reading->adopted_on, date);
	assert_string_equal(date, "2011-07-21");
	reading_free(reading);
}

static void a_meeting_with_an_ordinal_is_no_paragraph(void **state)
{
	static const char *const lines[] = {"118a. sesión plenaria", "118.ª sesión plenaria"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char text[200];
		struct reading *reading;

		snprintf(text, sizeof text, "La Asamblea General,\n\nDecide que el Comité siga en funciones.\n\n%s,\n"
		    "31 de octubre de 1947.\n", lines[i]);
		reading = reader_case_read(text);
		assert_int_equal(reading->paragraphs[2].part, PART_CLOSING);
		assert_true(slice_is(reading->meeting, lines[i]));
		reading_free(reading);
	}
}

static void a_list_below_resuelve_is_in_the_infinitive(void **state)
{
	struct reading *reading = reader_case_read("LA ASAMBLEA GENERAL,\n\nCONSIDERANDO:\n\nQue las costas cambian,\n\n"
	    "RESUELVE:\n\n1. Instar a los Estados Miembros a que levanten mapas.\n\n2. Aprobar el plan de las costas.\n");
	const struct paragraph *list = first_operative(reading);

	(void)state;
	expect_clauses(&list[1], "instar urging: Estados Miembros/lead");
	expect_clauses(&list[2], "aprobar decision");
	reading_free(reading);
}

static void a_colon_ends_those_who_are_asked(void **state)
{
	struct reading *reading = read_paragraph("Pide al Secretario General que:\n\na) Levante los mapas;");

	(void)state;
	expect_clauses(first_operative(reading), "pedir request: Secretary-General/lead");
	reading_free(reading);
}

static void english_does_not_become_spanish(void **state)
{
	struct reading *reading = reader_case_read("The General Assembly,\n\n1. Requests the Secretary-General to report on a coast;\n");

	(void)state;
	assert_string_equal(reading->language, "en");
	reading_free(reading);
}

static void who_is_asked_ends_before_a_list(void **state)
{
	(void)state;
	expect("Insta a los Estados ribereños a:", "instar urging: Estados ribereños/lead");
}

static void words_that_the_measure_found(void **state)
{
	(void)state;
	expect("Le preocupa la sequía y se propone seguir de cerca la situación.", "preocupar none | proponerse none");
	expect("Da las gracias al Relator Especial y le solicita que informe.",
	    "dar las gracias none | solicitar request: Relator Especial/lead");
	expect("Renueva su invitación al Fondo Verde a que informe.", "renovar encouragement: Fondo Verde/lead");
	expect("Toma también conocimiento del informe.", "tomar conocimiento none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verbs_have_their_force),
		cmocka_unit_test(one_paragraph_has_several_verbs),
		cmocka_unit_test(those_before_the_subjunctive_are_asked),
		cmocka_unit_test(the_consulted_stand_behind_que),
		cmocka_unit_test(a_request_repeated_is_a_request),
		cmocka_unit_test(a_pronoun_before_the_verb_is_whoever_was_asked),
		cmocka_unit_test(those_who_have_not_done_so_are_a_restriction),
		cmocka_unit_test(kinds_are_told_by_subjunctives_and_infinitives),
		cmocka_unit_test(deadlines_are_days_sessions_and_intervals),
		cmocka_unit_test(parts_meeting_and_date_are_found),
		cmocka_unit_test(a_meeting_with_an_ordinal_is_no_paragraph),
		cmocka_unit_test(a_list_below_resuelve_is_in_the_infinitive),
		cmocka_unit_test(a_colon_ends_those_who_are_asked),
		cmocka_unit_test(english_does_not_become_spanish),
		cmocka_unit_test(who_is_asked_ends_before_a_list),
		cmocka_unit_test(words_that_the_measure_found),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
