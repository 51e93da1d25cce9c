#ifndef MANDATE_READER_OWN_H
#define MANDATE_READER_OWN_H

#include "reader/entity.h"
#include "reader/language.h"
#include "reader/reader.h"

/* What a reader holds: nobody outside of the files reader*.c looks inside. */
struct reader {
	struct lexicon *lexicons[LANGUAGES_MOST];
	size_t lexicon_count;
	struct entities *entities;
};

#endif
