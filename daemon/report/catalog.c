#include "catalog.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* The head of a .mo file: magic, revision, how many texts, where the tables of English and of
 * translated texts stand; a table's row is a length and an offset. */
#define CATALOG_MAGIC 0x950412deU

static uint32_t catalog_word(const struct catalog *catalog, size_t at)
{
	const unsigned char *b = catalog->bytes + at;

	assert(at + 4 <= catalog->size);
	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static const char *catalog_text(const struct catalog *catalog, size_t table, size_t i)
{
	return (const char *)catalog->bytes + catalog_word(catalog, table + 8 * i + 4);
}

const char *catalog_find(const struct catalog *catalog, const char *english)
{
	size_t low = 0, high = catalog_word(catalog, 8);
	size_t originals = catalog_word(catalog, 12), translations = catalog_word(catalog, 16);

	assert(catalog_word(catalog, 0) == CATALOG_MAGIC);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		/* Of a text with plural forms this is the singular, by which msgfmt sorts it. */
		int order = strcmp(english, catalog_text(catalog, originals, middle));

		if (order == 0)
			return catalog_text(catalog, translations, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *catalog_form(const char *forms, unsigned long n)
{
	while (n-- > 0)
		forms += strlen(forms) + 1;
	return forms;
}
