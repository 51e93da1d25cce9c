/*
 * The reader's speed and memory: of files repeated to a size, and of what may make a reader slow or
 * greedy; each text once more ten times as long, which may take ten times as long (a ratio in one run,
 * and generous, since machines are noisy). Exit 1 where a text takes too much memory, or is not linear.
 * usage: bench_reader CONFIG_DIRECTORY FILE…
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "reader/reader.h"

#define ROUNDS 3
#define SMALL ((size_t)2 << 20)
#define TIMES 10
#define RATIO_MOST 40.0  /* of a text ten times as long; one that is quadratic has 100 */
#define MEMORY_MOST 8.0  /* times the text */
#define MEMORY_DENSE 16.0 /* of a request in every thirty bytes, each of which is a paragraph, a clause and an addressee */

struct sample {
	const char *name, *pattern; /* pattern NULL: the files */
	double memory_most;
	const char *head;
};

#define HEAD "The General Assembly,\n\n1. Urges all States to act"

static const struct sample samples[] = {
    {"text", NULL, MEMORY_MOST, ""},
    {"one paragraph", ", to ratify the Convention and to report to the Council", MEMORY_MOST, HEAD},
    {"empty paragraphs", "\n\n", MEMORY_MOST, HEAD ".\n\n"},
    {"numbers alone", "2.\n\n", MEMORY_MOST, HEAD ".\n\n"},
    {"paragraphs of thirty bytes", "Noting the work of the Office,\n\n", MEMORY_MOST, HEAD ".\n\nB\n\n"},
    {"requests of thirty bytes", "2. Urges all States to act.\n\n", MEMORY_DENSE, HEAD ".\n\n"},
    {"only blanks", "          ", MEMORY_MOST, HEAD},
    {"only quotes", "\"\"\"\"\"\"\"\"\"\"", MEMORY_MOST, HEAD},
    {"only parentheses", "((((((((((", MEMORY_MOST, HEAD},
    {"only tags", "<!-- <script> &#8220; ", MEMORY_MOST, HEAD},
    {"nested lists", "(a) To ratify the Convention and its Protocols;\n(i) To report to the Council on that;\n"
        "a. And to the Office;\n\n", MEMORY_MOST, HEAD ":\n\n"},
    {"broken lines", "of the Convention against Transnational Organized Crime and of the\nProtocols to it, ",
        MEMORY_MOST, HEAD " "},
};

/* What a child tells of one text. */
struct measured {
	double seconds, memory;
};

static double seconds_used(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void bench_fail(const char *what)
{
	fprintf(stderr, "bench_reader: %s\n", what);
	exit(2);
}

/* The most memory that this process has had, in bytes, since memory_mark. */
static double memory_most(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	unsigned long kilobytes = 0;
	char line[256];

	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kilobytes = strtoul(line + 6, NULL, 10);
	if (status == NULL || kilobytes == 0)
		bench_fail("/proc/self/status does not say VmHWM");
	fclose(status);
	return (double)kilobytes * 1024;
}

static void memory_mark(void)
{
	FILE *refs = fopen("/proc/self/clear_refs", "w");

	if (refs == NULL || fputs("5", refs) == EOF || fclose(refs) == EOF)
		bench_fail("/proc/self/clear_refs can't be written");
}

static void bench_read(const struct reader *reader, struct slice text)
{
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;

	if (reader_read(reader, text, &reading, &error) < 0)
		bench_fail(error.message);
	reading_free(reading);
}

/* The memory of one reading and the time of the fastest, in a process of their own. */
static struct measured bench_measure(const struct reader *reader, struct slice text)
{
	struct measured measured = {.seconds = 1e9};
	double before, from, took;
	int ends[2], status;
	pid_t child = -1;

	fflush(stdout);
	if (pipe(ends) != 0 || (child = fork()) < 0)
		bench_fail("no pipe or process");
	if (child == 0) {
		memory_mark();
		before = memory_most();
		bench_read(reader, text);
		measured.memory = (memory_most() - before) / (double)text.len;
		for (int round = 0; round < ROUNDS; round++) {
			from = seconds_used();
			bench_read(reader, text);
			took = seconds_used() - from;
			measured.seconds = took < measured.seconds ? took : measured.seconds;
		}
		_exit(write(ends[1], &measured, sizeof measured) == (ssize_t)sizeof measured ? 0 : 1);
	}
	if (waitpid(child, &status, 0) != child || status != 0 ||
	    read(ends[0], &measured, sizeof measured) != (ssize_t)sizeof measured)
		bench_fail("a reading failed");
	close(ends[0]);
	close(ends[1]);
	return measured;
}

/* Whole patterns to so many bytes. */
static struct measured bench_text(const struct reader *reader, const struct sample *sample, struct slice pattern, size_t size)
{
	struct measured measured;
	struct buf text;

	buf_init(&text, READER_MAX);
	buf_append_text(&text, sample->head);
	while (text.len < size)
		buf_append_slice(&text, pattern);
	measured = bench_measure(reader, buf_slice(&text));
	measured.seconds /= (double)text.len / 1e6;
	buf_release(&text);
	return measured;
}

static bool bench_sample(const struct reader *reader, const struct sample *sample, struct slice files)
{
	const struct slice pattern = sample->pattern != NULL ? slice_of(sample->pattern) : files;
	const struct measured small = bench_text(reader, sample, pattern, SMALL);
	const struct measured large = bench_text(reader, sample, pattern, SMALL * TIMES);
	const double ratio = large.seconds / small.seconds * TIMES;
	const bool greedy = large.memory > sample->memory_most, slow = ratio > RATIO_MOST;

	printf("%-28s %8.1f MB/s %8.1f MB/s %6.1f times as long %6.1f times the text%s%s\n", sample->name, 1 / small.seconds,
	    1 / large.seconds, ratio, large.memory, greedy ? "  TOO MUCH MEMORY" : "", slow ? "  NOT LINEAR" : "");
	return !greedy && !slow;
}

int main(int argc, char **argv)
{
	struct error error = ERROR_NONE;
	struct reader *reader = argc > 2 ? reader_open(argv[1], &error) : NULL;
	struct buf files;
	bool good = true;

	if (reader == NULL) {
		fprintf(stderr, "usage: bench_reader CONFIG_DIRECTORY FILE...\n%s\n", error.message);
		return 2;
	}
	buf_init(&files, READER_MAX);
	for (int i = 2; i < argc; i++) {
		if (file_read(argv[i], &files, &error) < 0)
			return fprintf(stderr, "%s\n", error.message), 2;
		buf_append_text(&files, "\n\n");
	}
	printf("%-28s %8zu MB    %8zu MB      ten times the text    memory\n", "", SMALL >> 20, SMALL * TIMES >> 20);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		good &= bench_sample(reader, &samples[i], buf_slice(&files));
	buf_release(&files);
	reader_close(reader);
	return good ? 0 : 1;
}
