#ifndef MANDATE_REMIND_SMTP_H
#define MANDATE_REMIND_SMTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

/*
 * A client of one mail server, RFC 5321, on the event loop: connections are kept, commands go together where the
 * server takes them so (PIPELINING), TLS by STARTTLS or from the first byte, AUTH PLAIN or LOGIN. libcurl's would
 * wait for the server's word after DATA with the whole loop standing still. Inside remind only.
 */
struct event_base;
struct smtp;

struct smtp_options {
	const char *url;      /* smtp://host:port or smtps://host:port */
	const char *starttls; /* "never", "try" or "always" */
	const char *user, *password; /* "": no login */
	const char *ca_file;  /* "": the system's */
	int seconds;          /* how long a letter may take */
};

enum smtp_end {
	SMTP_TAKEN,
	SMTP_REFUSED, /* a 5xx to the recipient or to the text: the server will never take it */
	SMTP_AGAIN,   /* all else */
};

/* A letter under way; the caller's, with its texts, until ended() has come, once, from the loop. */
struct smtp_letter {
	const char *from, *to; /* addresses */
	struct slice text;     /* lines end in CR LF */
	void (*ended)(struct smtp_letter *letter, enum smtp_end end, struct slice answer);
	void *arg;
	struct smtp_line *line; /* the connection that carries it: of smtp alone */
	bool again;             /* a kept connection was gone: on its second one */
};

/* The texts of the options must live as long as the smtp. NULL where the URL or the authorities' file is no good. */
struct smtp *smtp_open(struct event_base *base, const struct smtp_options *options, struct error *error);
void smtp_send(struct smtp *smtp, struct smtp_letter *letter);
/* Drops a letter and its connection; ended() does not come. */
void smtp_give_up(struct smtp_letter *letter);
void smtp_close(struct smtp *smtp);

#endif
