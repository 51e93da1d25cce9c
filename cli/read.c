/* read: the readings of resolutions, offline; many at a time on all cores. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/place.h"
#include "exit.h"
#include "input.h"
#include "read.h"

#define READ_THREADS 64
#define READ_AHEAD 4 /* files for each thread that may wait for their turn to be printed */

/* What became of one file. */
struct answer {
	struct page page;
	struct error error;
	bool done, failed;
};

struct crew {
	const struct reader *reader;
	const struct invocation *invocation;
	const struct page *page; /* the form of all pages */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next, printed;    /* files */
	size_t ahead;            /* how far next may be before printed */
	bool stop;
	struct answer *answers;  /* a ring of ahead places */
};

/* One file among several says which it is; the reading itself does not know. */
static void read_json(const struct invocation *invocation, const char *file, const struct reading *reading,
    struct buf *out)
{
	struct json_writer writer;
	size_t at;

	if (invocation->word_count > 1) {
		json_write_init(&writer, out);
		json_write_object(&writer);
		json_write_key(&writer, "file");
		json_write_text(&writer, file);
		buf_append_byte(out, ',');
	}
	at = out->len;
	reading_write_json(reading, out);
	if (invocation->word_count > 1 && !buf_failed(out))
		out->at[at] = ' '; /* its brace is open already */
	buf_append_byte(out, '\n');
}

static void read_write(const struct invocation *invocation, const char *file, const struct reading *reading,
    struct page *page)
{
	if (format_is(invocation, "json"))
		read_json(invocation, file, reading, &page->out);
	else if (format_is(invocation, "markdown"))
		read_markdown(&page->out, reading);
	else if (format_is(invocation, "akn"))
		reading_write_akn(reading, NULL, &page->out);
	else
		read_page(page, reading);
}

static void read_one(const struct crew *crew, const char *file, struct answer *answer)
{
	const struct reader_given given = {.language = option_value(crew->invocation, OPTION_LANGUAGE)};
	struct reading *reading = NULL;
	struct buf text;
	int code;

	buf_init(&text, READER_MAX);
	code = input_read(file, &text, &answer->error);
	if (code == 0) {
		code = reader_read_given(crew->reader, buf_slice(&text), &given, &reading, &answer->error);
		if (code != 0)
			error_prefix(&answer->error, "%s", strcmp(file, "-") == 0 ? "standard input" : file);
	}
	buf_release(&text);
	answer->failed = code != 0;
	if (code != 0)
		return;
	read_write(crew->invocation, file, reading, &answer->page);
	reading_free(reading);
	if (buf_failed(&answer->page.out)) {
		answer->failed = true;
		(void)error_set(&answer->error, E_TOO_BIG, "too_big", "%s: the reading is larger than the limit of %zu bytes", file,
		    answer->page.out.max);
	}
}

/* Takes file after file until there are no more. */
static void *crew_work(void *argument)
{
	struct crew *crew = argument;

	pthread_mutex_lock(&crew->lock);
	for (;;) {
		struct answer answer = {.error = ERROR_NONE};
		size_t file;

		while (!crew->stop && crew->next < crew->invocation->word_count && crew->next >= crew->printed + crew->ahead)
			pthread_cond_wait(&crew->changed, &crew->lock);
		if (crew->stop || crew->next >= crew->invocation->word_count)
			break;
		file = crew->next++;
		pthread_mutex_unlock(&crew->lock);
		page_like(&answer.page, crew->page);
		read_one(crew, crew->invocation->words[file], &answer);
		answer.done = true;
		pthread_mutex_lock(&crew->lock);
		crew->answers[file % crew->ahead] = answer;
		pthread_cond_broadcast(&crew->changed);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

/* "123 of 3064 …" on a line of the terminal that the next one overwrites; before a message it is
 * wiped. Not where the readings themselves go there. */
static void read_progress(const struct page *page, size_t done, size_t count, bool message)
{
	if (count < 2 || page->terminal || !isatty(STDERR_FILENO))
		return;
	if (done < count && !message)
		fprintf(stderr, "\r%zu of %zu …", done, count);
	else
		fprintf(stderr, "\r\033[K");
}

/* Prints one answer; its exit code. *open: whether anybody still reads. */
static int read_print(const struct invocation *invocation, size_t file, struct answer *answer, struct page *page,
    bool *open)
{
	int code = EXIT_DONE;

	if (answer->failed) {
		code = exit_fail(&answer->error);
	} else {
		if (file > 0 && !format_is(invocation, "json"))
			buf_append_byte(&page->out, '\n');
		*open = page_flush(page) && page_flush(&answer->page);
	}
	buf_release(&answer->page.out);
	return code;
}

/* Waits for each file's answer in turn and prints it; the last exit code that was none. */
static int crew_print(struct crew *crew, struct page *page)
{
	size_t count = crew->invocation->word_count;
	int worst = EXIT_DONE;
	bool open = true;

	for (size_t file = 0; file < count && open; file++) {
		struct answer *answer = &crew->answers[file % crew->ahead];
		int code;

		pthread_mutex_lock(&crew->lock);
		while (!answer->done)
			pthread_cond_wait(&crew->changed, &crew->lock);
		pthread_mutex_unlock(&crew->lock);
		read_progress(page, file, count, answer->failed);
		code = read_print(crew->invocation, file, answer, page, &open);
		worst = code != EXIT_DONE ? code : worst;
		read_progress(page, file + 1, count, false);
		pthread_mutex_lock(&crew->lock);
		answer->done = false;
		crew->printed = file + 1;
		crew->stop = !open;
		pthread_cond_broadcast(&crew->changed);
		pthread_mutex_unlock(&crew->lock);
	}
	return open || worst != EXIT_DONE ? worst : EXIT_REFUSED;
}

static size_t crew_size(size_t files)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t size = cores < 1 ? 1 : (size_t)cores;

	size = size < files ? size : files;
	return size < READ_THREADS ? size : READ_THREADS;
}

static int crew_run(const struct reader *reader, const struct invocation *invocation, struct page *page)
{
	struct crew crew = {.reader = reader, .invocation = invocation, .page = page,
	    .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
	size_t size = crew_size(invocation->word_count), started = 0;
	pthread_t threads[READ_THREADS];
	int code = EXIT_OUR_FAULT;

	input_start();
	crew.ahead = size * READ_AHEAD;
	crew.answers = xcalloc(crew.ahead, sizeof *crew.answers);
	while (started < size && pthread_create(&threads[started], NULL, crew_work, &crew) == 0)
		started++;
	if (started > 0)
		code = crew_print(&crew, page);
	else
		fprintf(stderr, "mandate: cannot start a thread\n");
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < crew.ahead; i++)
		buf_release(&crew.answers[i].page.out);
	free(crew.answers);
	return code;
}

int read_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct reader *reader;
	struct page page;
	char *data;
	int code;

	if (format_is(invocation, "akn") && invocation->word_count > 1) {
		(void)error_set(&error, E_INPUT, "usage", "an Akoma Ntoso document holds one text: give one FILE with --format akn");
		return exit_fail(&error);
	}
	data = place_data();
	reader = reader_open(data, &error);
	free(data);
	if (reader == NULL)
		return exit_fail(&error);
	page_init(&page, invocation);
	code = crew_run(reader, invocation, &page);
	reader_close(reader);
	return page_finish(&page, code);
}
