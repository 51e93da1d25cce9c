/* Every form of symbol comes out in one spelling, and what only looks like one is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reader/symbol.h"

struct spelling {
	const char *written, *spelled; /* spelled NULL: no symbol */
	const char *left;              /* what stays behind it, NULL: nothing */
};

static void all_are_spelled(const struct spelling *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct slice text = slice_of(cases[i].written);
		char out[SYMBOL_MAX] = "";

		if (symbol_take(&text, out) != (cases[i].spelled != NULL))
			fail_msg("%s: taken as \"%s\"", cases[i].written, out);
		if (cases[i].spelled == NULL)
			continue;
		assert_string_equal(out, cases[i].spelled);
		if (!slice_is(text, cases[i].left == NULL ? "" : cases[i].left))
			fail_msg("%s: left \"%.*s\"", cases[i].written, SLICE_ARG(text));
	}
}

#define ALL_ARE_SPELLED(cases) all_are_spelled(cases, sizeof(cases) / sizeof *(cases))

static void resolutions_have_one_spelling(void **state)
{
	static const struct spelling cases[] = {
		{ "A/RES/59/157", "A/RES/59/157", NULL },
		{ "A/RES/57/283 B", "A/RES/57/283 B", NULL },
		{ "A/RES/57/283\xC2\xA0" "B.", "A/RES/57/283 B", "." },
		{ "A/RES/3363(XXX)", "A/RES/3363 (XXX)", NULL },
		{ "A/RES/3363 (XXX), too", "A/RES/3363 (XXX)", ", too" },
		{ "A/RES/217(III) A", "A/RES/217 A (III)", NULL },
		{ "A/RES/217 A (III)", "A/RES/217 A (III)", NULL },
		{ "A/RES/3201(S-VI)", "A/RES/3201 (S-VI)", NULL },
		{ "A/RES/S-20/2", "A/RES/S-20/2", NULL },
		{ "A/RES/S\xE2\x80\x91" "20/2", "A/RES/S-20/2", NULL },
		{ "A/RES/ES\xE2\x80\x93" "10/15", "A/RES/ES-10/15", NULL },
		{ "E/RES/2004/23", "E/RES/2004/23", NULL },
		{ "E/RES/1818(LV)", "E/RES/1818 (LV)", NULL },
		{ "S/RES/1540 (2004)", "S/RES/1540 (2004)", NULL },
		{ "S/RES/1540(2004)", "S/RES/1540 (2004)", NULL },
		{ "A/HRC/RES/16/21", "A/HRC/RES/16/21", NULL },
		{ "A/HRC/RES/S-17/1", "A/HRC/RES/S-17/1", NULL },
		{ "A/Res/55/25", "A/RES/55/25", NULL },
		{ "A/DEC/51/407", "A/DEC/51/407", NULL },
		{ "E/DEC/2023/352", "E/DEC/2023/352", NULL },
	};

	(void)state;
	ALL_ARE_SPELLED(cases);
}

static void documents_keep_their_elements(void **state)
{
	static const struct spelling cases[] = {
		{ "S/PRST/2015/22", "S/PRST/2015/22", NULL },
		{ "A/HRC/PRST/15/2", "A/HRC/PRST/15/2", NULL },
		{ "E/CN.15/2004/5.", "E/CN.15/2004/5", "." },
		{ "A/C.3/59/L.12/Rev.1", "A/C.3/59/L.12/Rev.1", NULL },
		{ "CTOC/COP/2008/19", "CTOC/COP/2008/19", NULL },
		{ "A/59/494", "A/59/494", NULL },
		{ "A/59/494*", "A/59/494", NULL },
		{ "A/59/494 and Add.1", "A/59/494", " and Add.1" },
		{ "A/CONF.203/18", "A/CONF.203/18", NULL },
		{ "E/2004/30", "E/2004/30", NULL },
		{ "S/2004/616)", "S/2004/616", ")" },
		{ "A/68/6 (Sect. 3)", "A/68/6 (Sect. 3)", NULL },
		{ "A/64/7(Part I)", "A/64/7 (Part I)", NULL },
	};

	(void)state;
	ALL_ARE_SPELLED(cases);
}

static void what_looks_like_one_is_none(void **state)
{
	static const struct spelling cases[] = {
		{ "A/H1N1", NULL, NULL },    { "AND/OR", NULL, NULL }, { "B/59/494", NULL, NULL },
		{ "24/7", NULL, NULL },      { "A/", NULL, NULL },     { "A/RES/", NULL, NULL },
		{ "A/RES/twelve", NULL, NULL }, { "S/he", NULL, NULL },   { "", NULL, NULL },
	};

	(void)state;
	ALL_ARE_SPELLED(cases);
}

static void additions_hang_on_the_symbol_before_them(void **state)
{
	struct slice kind = SLICE(""), first = SLICE("Add.1 and"), second = SLICE("2"), bare = SLICE("7");
	char out[SYMBOL_MAX];

	(void)state;
	assert_false(symbol_take_addition(&bare, "A/59/494", &kind, out));
	assert_true(symbol_take_addition(&first, "A/59/494", &kind, out));
	assert_string_equal(out, "A/59/494/Add.1");
	assert_true(slice_is(first, " and"));
	assert_true(symbol_take_addition(&second, "A/59/494", &kind, out));
	assert_string_equal(out, "A/59/494/Add.2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolutions_have_one_spelling),
		cmocka_unit_test(documents_keep_their_elements),
		cmocka_unit_test(what_looks_like_one_is_none),
		cmocka_unit_test(additions_hang_on_the_symbol_before_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
