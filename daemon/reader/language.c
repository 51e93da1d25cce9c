/* Told by the commonest words of each lexicon, and by the script of the letters. */
#include "reader/language.h"

#include <string.h>

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

/* Fewer common words than this in a hundred: another language. */
#define COMMON_LEAST 10

static bool sample_is_foreign(const struct sample *sample, size_t language)
{
	return sample->words[language] >= 20 && sample->common[language] * 100 < sample->words[language] * COMMON_LEAST;
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

struct language language_tell(struct lexicon *const lexicons[], size_t count, struct slice text)
{
	struct language language = { .code = language_script(text) };
	bool foreign = language.code[0] != '\0';
	struct sample sample;
	size_t told;

	lexicons_common(lexicons, count, slice_cut(text, 0, SAMPLE), sample.common, sample.words);
	language_two(lexicons, count, &sample, &told, &language.other);
	for (size_t i = 0; foreign && i < count; i++)
		if (strcmp(lexicon_language(lexicons[i]), language.code) == 0)
			told = i;
	language.lexicon = lexicons[told];
	foreign |= sample_is_foreign(&sample, told);
	if (!foreign)
		language.code = lexicon_language(language.lexicon);
	language.structure_only = foreign || lexicon_structure_only(language.lexicon);
	return language;
}
