/* Told by the commonest words of each lexicon, and by the script of the letters. */
#include "reader/language.h"

#include <string.h>

#include "base/buf.h"

#define SAMPLE ((size_t)16 << 10) /* bytes by which a language is told */

/* A second language is one whose commonest words are so many in a hundred of the first one's. */
#define SECOND_LEAST 35

static bool lexicon_is_english(const struct lexicon *lexicon)
{
	return strcmp(lexicon_language(lexicon), "en") == 0;
}

/* The commonest words of each language in the sample, and all of its words. */
struct sample {
	size_t common[LANGUAGES_MOST], words[LANGUAGES_MOST];
};

/* The language whose commonest words are the commonest here; English where there are none. Of a text in
 * two languages English is read, and *ret_other is the one that is not. */
static void language_two(struct lexicon *const lexicons[], size_t count, const struct sample *sample, size_t *ret,
    const struct lexicon **ret_other)
{
	const size_t *common = sample->common;
	size_t first = 0, second = LANGUAGES_MOST;

	for (size_t i = 0; i < count; i++)
		if (common[i] > common[first] || (common[i] == common[first] && lexicon_is_english(lexicons[i])))
			first = i;
	for (size_t i = 0; i < count; i++)
		if (i != first && (lexicon_is_english(lexicons[i]) || lexicon_is_english(lexicons[first])) &&
		    common[i] * 100 > common[first] * SECOND_LEAST && (second == LANGUAGES_MOST || common[i] > common[second]))
			second = i;
	*ret = second < LANGUAGES_MOST && lexicon_is_english(lexicons[second]) ? second : first;
	*ret_other = second < LANGUAGES_MOST ? lexicons[*ret == first ? second : first] : NULL;
}

#define FEW_WORDS 20
#define COMMON_LEAST 12     /* in a hundred words; fewer: another language */
#define COMMON_LEAST_FEW 20 /* the same of few words, which may be like another language's by chance */
#define NONE_COMMON 8       /* so many words without a common one among them are of another language */

/* Whether it is too uncertain that the sample is in the language that fits best. English is what most texts are in: a few
 * words are taken for it. A word with a letter that the language does not have weighs twice as much as a common one. */
static bool sample_is_foreign(const struct sample *sample, size_t language, bool english, size_t strange)
{
	const size_t words = sample->words[language], common = sample->common[language];
	const size_t least = words >= FEW_WORDS ? COMMON_LEAST : COMMON_LEAST_FEW;

	if (english && words < FEW_WORDS && strange == 0)
		return words >= NONE_COMMON && common == 0;
	return common * 100 < words * least + 200 * strange;
}

/* The language as far as the script tells it: by the lead bytes of its characters. */
static const char *language_script(struct slice text)
{
	size_t cyrillic = 0, arabic = 0, chinese = 0, latin = 0;

	for (size_t i = 0; i < text.len && i < SAMPLE; i++) {
		unsigned char c = (unsigned char)text.at[i];

		cyrillic += c == 0xD0 || c == 0xD1;
		arabic += c == 0xD8 || c == 0xD9;
		chinese += c >= 0xE4 && c <= 0xE9;
		latin += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	}
	if (cyrillic + arabic + chinese < 40 || cyrillic + arabic + chinese < latin)
		return "";
	return cyrillic >= arabic && cyrillic >= chinese ? "ru" : arabic >= chinese ? "ar" : "zh";
}

/* Which lexicon has a language; count where none has. */
static size_t language_find(struct lexicon *const lexicons[], size_t count, const char *code)
{
	size_t i = 0;

	while (i < count && strcmp(lexicon_language(lexicons[i]), code) != 0)
		i++;
	return i;
}

static int language_unknown(struct lexicon *const lexicons[], size_t count, const char *given, struct error *error)
{
	struct buf known;

	buf_init(&known, BUF_MAX_LINE);
	for (size_t i = 0; i < count; i++)
		buf_printf(&known, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " and ", lexicon_language(lexicons[i]));
	(void)error_set(error, E_INPUT, "unknown_language", "there is no lexicon of the language \"%s\"; there is one of %s", given, buf_text(&known));
	buf_release(&known);
	return E_INPUT;
}

int language_tell(struct lexicon *const lexicons[], size_t count, struct slice text, const char *given, struct language *ret,
    struct error *error)
{
	const struct slice head = slice_cut(text, 0, SAMPLE);
	const char *script = language_script(text);
	const struct lexicon *other;
	struct sample sample;
	size_t told, known = language_find(lexicons, count, given != NULL ? given : script);
	bool foreign = given == NULL && script[0] != '\0';

	if (given != NULL && known == count)
		return language_unknown(lexicons, count, given, error);
	lexicons_common(lexicons, count, head, sample.common, sample.words);
	language_two(lexicons, count, &sample, &told, &other);
	/* Of a text in two languages each has words that are strange to the other. */
	if (given == NULL && !foreign && sample_is_foreign(&sample, told, lexicon_is_english(lexicons[told]),
	        other == NULL ? lexicon_foreign(lexicons[told], head) : 0))
		foreign = true;
	if (given != NULL && known != told)
		other = NULL;
	if (known < count)
		told = known;
	*ret = (struct language){ .lexicon = lexicons[told], .other = other, .code = foreign ? script : lexicon_language(lexicons[told]),
		.structure_only = foreign || lexicon_structure_only(lexicons[told]) };
	return 0;
}
