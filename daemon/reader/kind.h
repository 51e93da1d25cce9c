#ifndef MANDATE_READER_KIND_H
#define MANDATE_READER_KIND_H

#include "reader/lexicon.h"

/*
 * What kind of thing is asked: that of the act that the deadline hangs on, else of the first. "Continue to", "take measures to" are
 * looked through; "provide", "submit" leave it to their object.
 */

/* Words from act (the first of what is asked) to stop; due: where the deadline stands, or act where there is
 * none. One of the lexicon's kinds, or "other". */
const char *kind_find(const struct lexicon *lexicon, const struct words *words, size_t act, size_t stop, size_t due);

#endif
