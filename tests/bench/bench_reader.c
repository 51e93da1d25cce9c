/*
 * The reader's speed: megabytes a second of a text repeated to a size, of one ten times as large (the
 * same speed: linear), of one paragraph, and of empty paragraphs; with the memory it took.
 * usage: bench_reader CONFIG_DIRECTORY FILE…
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "reader/reader.h"

#define ROUNDS 5
#define SMALL ((size_t)2 << 20)

static double seconds_used(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Megabytes a second, the best of a few rounds. */
static double bench_speed(const struct reader *reader, struct slice text)
{
	double best = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct reading *reading = NULL;
		struct error error = ERROR_NONE;
		double start = seconds_used(), speed;

		if (reader_read(reader, text, &reading, &error) < 0) {
			fprintf(stderr, "%s\n", error.message);
			exit(1);
		}
		speed = (double)text.len / 1e6 / (seconds_used() - start);
		reading_free(reading);
		best = speed > best ? speed : best;
	}
	return best;
}

static void bench_fill(struct buf *out, struct slice pattern, size_t size)
{
	while (out->len < size)
		buf_append_slice(out, pattern);
}

static void bench_row(const struct reader *reader, const char *name, struct slice text)
{
	printf("%-28s %8.1f MB %8.1f MB/s\n", name, (double)text.len / 1e6, bench_speed(reader, text));
}

int main(int argc, char **argv)
{
	struct error error = ERROR_NONE;
	struct reader *reader = argc > 2 ? reader_open(argv[1], &error) : NULL;
	struct buf files, text;
	struct rusage usage;

	if (reader == NULL) {
		fprintf(stderr, "usage: bench_reader CONFIG_DIRECTORY FILE...\n%s\n", error.message);
		return 2;
	}
	buf_init(&files, READER_MAX);
	buf_init(&text, READER_MAX);
	for (int i = 2; i < argc; i++) {
		if (file_read(argv[i], &files, &error) < 0)
			return fprintf(stderr, "%s\n", error.message), 1;
		buf_append_text(&files, "\n\n");
	}
	bench_fill(&text, buf_slice(&files), SMALL);
	bench_row(reader, "text", buf_slice(&text));
	bench_fill(&text, buf_slice(&files), SMALL * 10);
	bench_row(reader, "ten times the text", buf_slice(&text));
	getrusage(RUSAGE_SELF, &usage);
	printf("%-28s %8.1f times the text\n", "memory", (double)usage.ru_maxrss * 1024 / (double)text.len);
	buf_clear(&text);
	buf_append_text(&text, "The General Assembly,\n\n1. Urges all States to act");
	bench_fill(&text, SLICE(", to ratify the Convention and to report to the Council"), SMALL);
	bench_row(reader, "one paragraph", buf_slice(&text));
	bench_fill(&text, SLICE(", to ratify the Convention and to report to the Council"), SMALL * 10);
	bench_row(reader, "ten times the paragraph", buf_slice(&text));
	buf_clear(&text);
	buf_append_text(&text, "The General Assembly,\n\n1. Urges all States to act.\n\n");
	bench_fill(&text, SLICE("2. a\n\n"), SMALL);
	bench_row(reader, "tiny paragraphs", buf_slice(&text));
	buf_release(&text);
	buf_release(&files);
	reader_close(reader);
	return 0;
}
