#ifndef MANDATE_LOG_H
#define MANDATE_LOG_H

#include <stdbool.h>

/*
 * The log goes to standard error, one line an event: with a journal priority in
 * front under systemd, with the time and a word on a terminal or in a file.
 * Control characters are escaped, so that text from outside cannot forge a line.
 */
void log_open(int least_priority);
void log_set_priority(int least_priority);
/* "error", "warning", "notice", "info", "debug", or -1. */
int log_priority_of(const char *word);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));   /* somebody must act */
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2))); /* we went on */
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* start, stop, reload */
/* For rooms that take a function and an argument; the argument is not used. */
void log_line(void *unused, int priority, const char *line);

#endif
