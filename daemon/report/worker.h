#ifndef MANDATE_REPORT_WORKER_H
#define MANDATE_REPORT_WORKER_H

#include <event2/event.h>

#include "base/error.h"
#include "base/slice.h"
#include "report.h"

/*
 * A process of our own program that renders a report in a format that needs the CPU or a library of
 * uncertain patience: lines go in, the document comes out, and whatever happens in there the daemon goes on.
 * Both directions are bounded: what is fed is taken before more is asked for, and what comes is held
 * back while its reader is slow. A worker that is dropped is killed; one that takes too long is killed and
 * has failed.
 */
struct worker;

struct worker_events {
	void (*fed)(void *arg);                       /* what was fed has been taken */
	void (*gave)(void *arg, struct slice bytes);  /* a piece of the document */
	/* The last that is called; error NULL: the document is whole. The worker is gone. */
	void (*ended)(void *arg, const struct error *error);
};

/* E_CONFLICT "busy" where as many run as may. events must live as long as the worker. */
MUST_CHECK int worker_start(struct event_base *base, const struct report_format *format, const struct report_options *options,
    const struct worker_events *events, void *arg, struct worker **ret, struct error *error);
void worker_feed(struct worker *worker, struct slice bytes);
/* No more is to come. */
void worker_finish(struct worker *worker);
/* While held nothing is given. */
void worker_hold(struct worker *worker, bool held);
/* Kills it; nothing is called any more. */
void worker_drop(struct worker *worker);

#endif
