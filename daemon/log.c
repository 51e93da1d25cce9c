#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

static int log_least = LOG_INFO;
static bool log_journal;

struct log_word {
	const char *word;
	int priority;
};

static const struct log_word log_words[] = {{"error", LOG_ERR}, {"warning", LOG_WARNING},
    {"notice", LOG_NOTICE}, {"info", LOG_INFO}, {"debug", LOG_DEBUG}};

void log_open(int least_priority)
{
	log_least = least_priority;
	log_journal = getenv("JOURNAL_STREAM") != NULL;
}

void log_set_priority(int least_priority)
{
	log_least = least_priority;
}

int log_priority_of(const char *word)
{
	for (size_t i = 0; i < sizeof log_words / sizeof *log_words; i++)
		if (strcmp(log_words[i].word, word) == 0)
			return log_words[i].priority;
	return -1;
}

static const char *log_word_of(int priority)
{
	for (size_t i = 0; i < sizeof log_words / sizeof *log_words; i++)
		if (log_words[i].priority == priority)
			return log_words[i].word;
	return "error";
}

void log_line(void *unused, int priority, const char *text)
{
	char when[CLOCK_TEXT];
	struct buf line;

	(void)unused;
	if (priority > log_least)
		return;
	buf_init(&line, BUF_MAX_LINE);
	if (log_journal) {
		buf_printf(&line, "<%d>", priority);
	} else {
		clock_format(clock_now(), when);
		buf_printf(&line, "%s %-7s ", when, log_word_of(priority));
	}
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			buf_printf(&line, "\\x%02x", (unsigned char)*text);
		else
			buf_append_byte(&line, *text);
	}
	buf_append_byte(&line, '\n');
	/* Where standard error is closed there is nowhere to say so. */
	(void)!write(STDERR_FILENO, buf_text(&line), line.len);
	buf_release(&line);
}

static void log_format(int priority, const char *format, va_list args)
{
	char *line = NULL;

	if (priority <= log_least && vasprintf(&line, format, args) >= 0)
		log_line(NULL, priority, line);
	free(line);
}

void log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_format(LOG_ERR, format, args);
	va_end(args);
}

void log_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_format(LOG_WARNING, format, args);
	va_end(args);
}

void log_notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_format(LOG_NOTICE, format, args);
	va_end(args);
}
