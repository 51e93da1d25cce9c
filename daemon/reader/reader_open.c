/*
 * The door of the room: opens the lexicons and the table of entities.
 */
#include "reader/reader_own.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int reader_add_lexicon(struct reader *reader, const char *directory, const char *name,
    struct error *error)
{
	char *path;
	struct lexicon *lexicon;

	if (reader->lexicon_count == LANGUAGES_MOST)
		return error_set(error, E_TOO_BIG, "bad_lexicon", "%s: more than %d languages", directory, LANGUAGES_MOST);
	path = xasprintf("%s/%s", directory, name);
	lexicon = lexicon_open(path, error);
	free(path);
	if (lexicon == NULL)
		return error->code;
	reader->lexicons[reader->lexicon_count++] = lexicon;
	return 0;
}

static int reader_open_lexicons(struct reader *reader, const char *directory, struct error *error)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, NULL, alphasort), code = 0;

	if (count < 0)
		return error_set(error, E_SYSTEM, "no_lexicon", "%s: %s", directory, strerror(errno));
	for (int i = 0; i < count; i++) {
		if (code == 0 && slice_ends(slice_of(entries[i]->d_name), SLICE(".conf")))
			code = reader_add_lexicon(reader, directory, entries[i]->d_name, error);
		free(entries[i]);
	}
	free(entries);
	if (code == 0 && reader->lexicon_count == 0)
		return error_set(error, E_NOT_FOUND, "no_lexicon", "%s: no lexicon (such as en.conf) here", directory);
	return code;
}

struct reader *reader_open(const char *data_directory, struct error *error)
{
	struct reader *reader = xcalloc(1, sizeof(*reader));
	char *directory = xasprintf("%s/lexicon", data_directory);
	struct error fault = ERROR_NONE;
	char *table = xasprintf("%s/data/entities.csv", data_directory);
	int code = reader_open_lexicons(reader, directory, &fault);

	if (code == 0 && (reader->entities = entities_open(table, &fault)) == NULL)
		code = fault.code;
	free(table);
	free(directory);
	if (code < 0) {
		if (error != NULL)
			*error = fault;
		reader_close(reader);
		return NULL;
	}
	return reader;
}

void reader_close(struct reader *reader)
{
	if (reader == NULL)
		return;
	for (size_t i = 0; i < reader->lexicon_count; i++)
		lexicon_close(reader->lexicons[i]);
	entities_close(reader->entities);
	free(reader);
}
