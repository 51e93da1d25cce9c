/* Lexicon files: found words, longest phrases, and messages for what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "reader/lexicon.h"

static struct lexicon *lexicon;

static void the_longest_phrase_wins(void **state)
{
	struct words words = { 0 };
	const struct phrase *phrase;

	(void)state;
	lexicon_words(lexicon, slice_of("Once again calls upon all States"), &words);
	phrase = lexicon_at(lexicon, &words, 0, ROLE_BIT(ROLE_MODIFIER));
	assert_non_null(phrase);
	assert_int_equal(phrase->count, 2);
	assert_true(slice_is(phrase->value, "repeat"));
	phrase = lexicon_at(lexicon, &words, 2, ROLE_BIT(ROLE_THIRD));
	assert_non_null(phrase);
	assert_true(slice_is(phrase->verb->lemma, "call upon"));
	assert_string_equal(phrase->verb->class, "directive");
	words_release(&words);
}

static void modifiers_stand_inside_a_verb_of_several_words(void **state)
{
	struct words words = { 0 };
	const struct phrase *phrase;

	(void)state;
	lexicon_words(lexicon, slice_of("calls once again upon all States"), &words);
	phrase = lexicon_at(lexicon, &words, 0, ROLE_BIT(ROLE_THIRD));
	assert_non_null(phrase);
	assert_int_equal(phrase->count, 4);
	assert_true(slice_is(phrase->verb->lemma, "call upon"));
	words_release(&words);
}

static void no_mark_stands_inside_a_phrase(void **state)
{
	struct words words = { 0 };

	(void)state;
	lexicon_words(lexicon, slice_of("takes, note"), &words);
	assert_null(lexicon_at(lexicon, &words, 0, ROLE_BIT(ROLE_THIRD)));
	words_release(&words);
}

static void quoted_and_bracketed_words_are_marked(void **state)
{
	struct words words = { 0 };

	(void)state;
	lexicon_words(lexicon, slice_of("the item \xE2\x80\x9Crequests all\xE2\x80\x9D (see) now \"open"), &words);
	assert_true(words.at[2].flags & WORD_QUOTED);
	assert_false(words.at[1].flags & WORD_QUOTED);
	assert_true(words.at[4].flags & WORD_BRACKETED);
	assert_false(words.at[6].flags & WORD_QUOTED);
	words_release(&words);
}

static void expect_refused(const char *text, const char *message)
{
	char path[] = "/tmp/mandate-lexicon-XXXXXX";
	struct error error = ERROR_NONE;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_write(path, slice_of(text), &error), 0);
	assert_null(lexicon_open(path, &error));
	if (strstr(error.message, message) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", message, error.message);
	assert_non_null(strstr(error.message, path));
	unlink(path);
}

static void faults_are_named_with_their_line(void **state)
{
	(void)state;
	expect_refused("language = \"xx\";\nverbs = (\n{ lemma = \"go\"; class = \"odd\"; force = \"none\"; }\n);\n",
	    ":3: class is one of directive");
	expect_refused("language = \"xx\";\nverbs = (\n{ lemma = \"go\"; class = \"none\"; force = \"odd\"; }\n);\n",
	    ":3: force is one of binding");
	expect_refused("language = \"xx\";\nverbs = (\n{ class = \"none\"; force = \"none\"; }\n);\n",
	    ":3: a verb needs a lemma");
	expect_refused("verbs = ();\n", "language is missing");
	expect_refused("language = \"xx\";\nverbs = ();\nmodifyers = ( \"also\" );\n", ":3: there is no key \"modifyers\"");
	expect_refused("language = \"xx\";\nverbs = (\n{ lemma = \"go\"; class = \"none\"; force = \"none\";\nthrid = [ \"goes\" ]; }\n);\n",
	    ":4: there is no key \"thrid\"");
	expect_refused("language = ;\n", ":1:");
	expect_refused("language = \"xx\";\nverbs = ();\nmodifiers = ( 5 );\n", "expected a string");
}

static void what_is_no_list_group_or_word_is_refused(void **state)
{
	(void)state;
	expect_refused("language = \"xx\";\nverbs = ( ( \"a\" ) );\n", ":2: expected a group");
	expect_refused("language = \"xx\";\nverbs = ( \"a\" );\n", ":2: expected a group");
	expect_refused("language = \"xx\";\nverbs = \"a\";\n", ":2: expected a list");
	expect_refused("language = \"xx\";\nverbs = ();\nmodifiers = \"also\";\n", ":3: expected a list");
	expect_refused("language = \"xx\";\nverbs = (\n{ lemma = \"go\"; class = \"none\"; force = \"none\";\nthird = \"goes\"; }\n);\n",
	    ":4: expected a list");
	expect_refused("language = \"xx\";\nverbs = (\n{ lemma = \"go\"; class = \"none\"; force = \"none\";\nasks = 1; }\n);\n",
	    ":4: expected true or false");
	expect_refused("language = \"xx\";\nverbs = ();\npast_endings = [\n\"\" ];\n",
	    ":4: expected a string that is not empty");
	expect_refused("language = \"xx\";\nverbs = ();\nelisions = [ 5 ];\n", ":3: expected a string that is not empty");
	expect_refused("language = \"xx\";\nverbs = ();\ncommon = \"the\";\n", ":3: expected a list");
}

static void a_kind_is_one_of_those_that_there_are(void **state)
{
	(void)state;
	expect_refused("language = \"xx\";\nverbs = ();\nkinds = (\n{ text = \"sing\"; value = \"singing\"; } );\n",
	    ":4: value is one of adoption, ratification");
	expect_refused("language = \"xx\";\nverbs = ();\nkinds = ( \"sing\" );\n", ":3: value is one of adoption");
}

static int open_lexicon(void **state)
{
	struct error error = ERROR_NONE;

	(void)state;
	lexicon = lexicon_open(TEST_CONFIG "/lexicon/en.conf", &error);
	return lexicon == NULL;
}

static int close_lexicon(void **state)
{
	(void)state;
	lexicon_close(lexicon);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_phrase_wins),
		cmocka_unit_test(modifiers_stand_inside_a_verb_of_several_words),
		cmocka_unit_test(no_mark_stands_inside_a_phrase),
		cmocka_unit_test(quoted_and_bracketed_words_are_marked),
		cmocka_unit_test(faults_are_named_with_their_line),
		cmocka_unit_test(what_is_no_list_group_or_word_is_refused),
		cmocka_unit_test(a_kind_is_one_of_those_that_there_are),
	};

	return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
