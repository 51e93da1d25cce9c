/*
 * Without libFuzzer: gives every file of the directories named to the target, once.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

static int replay_file(const char *path)
{
	struct error error = ERROR_NONE;
	struct buf bytes;
	int code;

	buf_init(&bytes, BUF_MAX_BODY);
	code = file_read(path, &bytes, &error);
	if (code != 0) {
		fprintf(stderr, "replay: %s\n", error.message);
	} else {
		printf("%s\n", path);
		fflush(stdout);
		(void)LLVMFuzzerTestOneInput((const uint8_t *)buf_text(&bytes), bytes.len);
	}
	buf_release(&bytes);
	return code;
}

/* How many files were given; negative when one could not be read. */
static int replay_directory(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	int count = 0;

	if (directory == NULL) {
		perror(path);
		return -1;
	}
	while (count >= 0 && (entry = readdir(directory)) != NULL) {
		char *file;

		if (entry->d_name[0] == '.')
			continue;
		file = xasprintf("%s/%s", path, entry->d_name);
		count = replay_file(file) == 0 ? count + 1 : -1;
		free(file);
	}
	closedir(directory);
	return count;
}

int main(int argc, char *argv[])
{
	int files = 0;

	for (int i = 1; i < argc; i++) {
		int count = replay_directory(argv[i]);

		if (count < 0)
			return EXIT_FAILURE;
		files += count;
	}
	printf("%d files\n", files);
	return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
