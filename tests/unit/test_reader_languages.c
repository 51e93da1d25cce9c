/* Languages other than English: the same reading from another file of words. */
#include "reader_case.h"

#define HEAD                                                                                                  \
	"L'Assemblée générale,\n\nRappelant sa résolution 55/25 du 15 novembre 2000,\n\n"                     \
	"Profondément préoccupée par les incidences du commerce,\n\n"
#define TAIL "\n\n74e séance plénière\n20 décembre 2004\n"

/* The paragraph's clauses in a line each: "lemma kind deadline: addressees". */
static void expect(const char *paragraph, const char *wanted)
{
	char text[2048];
	struct reading *reading;
	const struct paragraph *p = NULL;
	struct buf out;

	snprintf(text, sizeof text, HEAD "1. %s" TAIL, paragraph);
	reading = reader_case_read(text);
	assert_string_equal(reading->language, "fr");
	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].part == PART_OPERATIVE)
			p = &reading->paragraphs[i];
	assert_non_null(p);
	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < p->clause_count; i++) {
		const struct clause *c = &p->clauses[i];

		buf_printf(&out, "%s%.*s %s %.*s:", i > 0 ? "\n" : "", SLICE_ARG(c->lemma), c->kind ? c->kind : "-",
		    SLICE_ARG(c->deadline->value));
		for (size_t k = 0; k < c->addressee_count; k++)
			buf_printf(&out, " %.*s", SLICE_ARG(c->addressees[k].code.len > 0 ? c->addressees[k].code :
			    c->addressees[k].text));
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	reading_free(reading);
}

static void french_verbs_ask_with_a_preposition_or_without(void **state)
{
	(void)state;
	expect("Prie le Secrétaire général de continuer à doter le service des ressources nécessaires.",
	    "prier resources : SG");
	expect("Demande instamment à tous les États d'envisager de ratifier le traité dès que possible.",
	    "demander instamment ratification dès que possible: STATES");
	expect("Recommande que les États Membres fassent le nécessaire.", "recommander other : MEMBER_STATES");
}

static void french_paragraphs_have_several_verbs(void **state)
{
	(void)state;
	expect("Se félicite des dons reçus et encourage les gouvernements à verser des contributions.",
	    "se féliciter - :\nencourager contribution : GOVERNMENTS");
	expect("Prend note du rapport, souligne l'importance du sel et prie également le Secrétaire général de le publier.",
	    "prendre note - :\nsouligner - :\nprier dissemination : SG");
}

static void french_pronouns_mean_whoever_was_named(void **state)
{
	(void)state;
	expect("Demande aux gouvernements de publier le sel, et les invite également instamment à le distribuer.",
	    "demander dissemination : GOVERNMENTS\ninviter instamment dissemination : GOVERNMENTS");
	expect("Remercie la Rapporteuse spéciale et la prie de publier son étude.",
	    "remercier - :\nprier dissemination : la Rapporteuse spéciale");
	expect("Salue les mesures prises par les États riverains, et encourage ceux-ci à publier leurs données.",
	    "saluer - :\nencourager dissemination : STATES");
}

static void french_nouns_ask(void **state)
{
	(void)state;
	expect("Renouvelle son invitation aux gouvernements à publier le sel.", "renouveler dissemination : GOVERNMENTS");
	expect("Réitère son appel aux États pour qu'ils ratifient le traité.", "réitérer other : STATES");
	expect("Réitère la demande qu'elle a adressée au Secrétaire général de publier le sel.", "réitérer dissemination : SG");
	expect("Renouvelle le mandat du groupe.", "renouveler other :");
}

static void french_verbs_of_several_words_take_adverbs(void **state)
{
	(void)state;
	expect("Prend à nouveau note du rapport.", "prendre note - :");
	expect("Fait également siennes les conclusions du groupe.", "faire sien - :");
	expect("Se dit gravement préoccupée par la hausse des prix.", "se dire - :");
	expect("Demeure profondément préoccupée par la hausse des prix.", "être préoccupé - :");
}

static void french_deadlines_are_read(void **state)
{
	(void)state;
	expect("Prie en outre le Secrétaire général de lui présenter, à sa soixante et unième session, un rapport.",
	    "prier reporting GA 61: SG");
	expect("Demande au Secrétaire général de faire traduire le guide au plus tard le 31 octobre 2005.",
	    "demander dissemination 2005-10-31: SG");
	expect("Invite la Commission des stupéfiants à faire rapport tous les deux ans, à compter de 2006.",
	    "inviter reporting 2 year from 2006-12-31: CND");
	expect("Demande au Secrétaire général de faire traduire le guide d'ici à la mi-2006.",
	    "demander dissemination 2006-06-30: SG");
	expect("Demande au Secrétaire général de faire traduire le guide jusqu'à la mi-2006.",
	    "demander dissemination 2006-06-30: SG");
	expect("Décide de proroger le mandat pour une nouvelle période de six mois.", "décider appointment 6 month:");
}

static void french_lower_case_paragraphs_each_begin_anew(void **state)
{
	struct reading *reading = reader_case_read("La Conférence générale des poids et mesures,\n\n"
	                                           "considérant que le sel est cher,\n\nnotant que le sucre l'est aussi\n\n"
	                                           "décide que le prix est fixé\n\ninvite les États à payer le prix fixé.\n");
	size_t preambular = 0, operative = 0;

	(void)state;
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		preambular += reading->paragraphs[i].part == PART_PREAMBULAR;
		operative += reading->paragraphs[i].part == PART_OPERATIVE;
	}
	assert_int_equal(preambular, 2);
	assert_int_equal(operative, 2);
	reading_free(reading);
}

static void of_a_page_in_two_languages_english_is_read(void **state)
{
	struct reading *reading = reader_case_read(
	    "The General Assembly,\n\nRequests the Secretary-General to report to it on the price of all the salt.\n\n"
	    "L'Assemblée générale,\n\nPrie le Secrétaire général de lui faire rapport sur le prix de tout le sel.\n");
	size_t operative = 0, notes = 0;

	(void)state;
	assert_string_equal(reading->language, "en");
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		operative += reading->paragraphs[i].part == PART_OPERATIVE;
		notes += reading->paragraphs[i].part == PART_NOTE;
	}
	assert_int_equal(operative, 1);
	assert_int_equal(notes, 2);
	reading_free(reading);
}

/* Opener, a preambular paragraph and two numbered ones. */
static void structure_of(const char *text, const char *language, const char *body)
{
	static const enum part wanted[] = { PART_OPENER, PART_PREAMBULAR, PART_OPERATIVE, PART_OPERATIVE };
	struct reading *reading = reader_case_read(text);

	assert_string_equal(reading->language, language);
	assert_true(reading->structure_only);
	assert_int_equal(reading->warning_count, 1);
	assert_string_equal(reading->body, body);
	assert_true(reading->paragraph_count >= 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(reading->paragraphs[i].part, wanted[i]);
	assert_true(slice_is(reading->paragraphs[3].label, "2"));
	reading_free(reading);
}

static void russian_chinese_and_arabic_are_read_in_structure(void **state)
{
	(void)state;
	structure_of("Генеральная Ассамблея,\n\nнапоминая о том, что соль стоит дорого,\n\n"
	             "1. просит Генерального секретаря представить доклад о цене соли;\n\n2. постановляет купить соль.\n",
	    "ru", "GA");
	structure_of("大会，\n\n回顾盐的价格一直很高，糖的价格也一直很高，面包的价格同样一直很高，\n\n"
	             "1. 请秘书长就盐的价格提出报告；\n\n2. 决定购买更多的盐。\n", "zh", "GA");
	structure_of("إن الجمعية العامة،\n\nإذ تشير إلى أن سعر الملح ما زال مرتفعا في جميع البلدان،\n\n"
	             "1 - تطلب إلى الأمين العام أن يقدم تقريرا عن سعر الملح؛\n\n2 - تقرر شراء المزيد من الملح.\n", "ar", "GA");
}

static void a_language_that_is_not_known_is_not_guessed(void **state)
{
	static const char *const texts[] = {
		"A Assembleia Geral,\n\nRecordando as suas resoluções anteriores,\n\n1. Solicita ao Secretário-Geral que apresente um "
		"relatório sobre a aplicação da presente resolução;\n\n2. Insta todos os Estados a reparar as lâmpadas.\n",
		"1. Solicita ao Secretário-Geral que apresente um relatório sobre a luz;\n\n2. Insta todos os Estados a reparar as lâmpadas.\n",
		"A Conferência,\n\n1. Decide criar um grupo de trabalho e convida os governos a comunicar os seus progressos.\n",
		"L'Assemblea generale,\n\n1. Chiede al Segretario generale di presentare una relazione sulle lampade;\n\n2. Invita gli Stati "
		"membri a riparare le lampade.\n",
		"Die Generalversammlung,\n\n1. ersucht den Generalsekretär, Bericht zu erstatten;\n\n2. bittet die Mitgliedstaaten zu helfen.\n",
		"Genel Kurul,\n\n1. Genel Sekreterden bir rapor sunmasını talep eder;\n\n2. Üye Devletleri yardım sağlamaya davet eder.\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct reading *reading = reader_case_read(texts[i]);

		if (*reading->language != '\0')
			fail_msg("read as \"%s\": %s", reading->language, texts[i]);
		assert_true(reading->structure_only);
		assert_int_equal(reading->warning_count, 1);
		assert_true(slice_find(reading->warnings[0].message, SLICE("the language of this text is not known")) == 0);
		assert_true(slice_find(reading->warnings[0].message, SLICE("--language")) > 0);
		reading_free(reading);
	}
}

static void a_few_words_are_enough_for_a_language_that_is_known(void **state)
{
	static const char *const texts[][2] = {
		{ "en", "1. Requests a lamp.\n" }, { "en", "1. Urges States Parties to ratify promptly.\n" },
		{ "en", "1. Urges Côte d'Ivoire and Türkiye to mend the lamps of the São Tomé pier.\n" },
		{ "es", "1. Solicita al Secretario General que presente un informe sobre las lámparas.\n" },
		{ "fr", "1. Prie le Secrétaire général de faire rapport sur les lampes.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct reading *reading = reader_case_read(texts[i][1]);

		assert_string_equal(reading->language, texts[i][0]);
		reading_free(reading);
	}
}

static void a_language_that_is_given_is_read(void **state)
{
	const struct reader_given given = { .language = "es" }, none = { .language = "pt" };
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;

	(void)state;
	assert_int_equal(reader_read_given(reader, slice_of("1. Insta a reparar lámparas.\n"), &given, &reading, &error), 0);
	assert_string_equal(reading->language, "es");
	assert_int_equal(reading->paragraphs[0].clause_count, 1);
	reading_free(reading);
	reading = NULL;
	assert_int_equal(reader_read_given(reader, slice_of("1. Insta a reparar lámparas.\n"), &none, &reading, &error), E_INPUT);
	assert_string_equal(error.name, "unknown_language");
	assert_string_equal(error.message, "there is no lexicon of the language \"pt\"; there is one of ar, en, es, fr, ru and zh");
	assert_null(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(french_verbs_ask_with_a_preposition_or_without),
		cmocka_unit_test(french_paragraphs_have_several_verbs),
		cmocka_unit_test(french_pronouns_mean_whoever_was_named),
		cmocka_unit_test(french_nouns_ask),
		cmocka_unit_test(french_verbs_of_several_words_take_adverbs),
		cmocka_unit_test(french_deadlines_are_read),
		cmocka_unit_test(french_lower_case_paragraphs_each_begin_anew),
		cmocka_unit_test(of_a_page_in_two_languages_english_is_read),
		cmocka_unit_test(a_language_that_is_not_known_is_not_guessed),
		cmocka_unit_test(a_few_words_are_enough_for_a_language_that_is_known),
		cmocka_unit_test(a_language_that_is_given_is_read),
		cmocka_unit_test(russian_chinese_and_arabic_are_read_in_structure),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
