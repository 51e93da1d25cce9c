#ifndef MANDATE_REMIND_COURIER_H
#define MANDATE_REMIND_COURIER_H

#include <curl/curl.h>

/*
 * libcurl's multi interface on the event loop: transfers run side by side over connections that
 * are kept, and nothing blocks. Inside remind only.
 */
struct event_base;
struct courier;

typedef void courier_done_fn(void *arg, CURLcode result);

struct courier *courier_open(struct event_base *base, long connections);
/* Starts a transfer; done(arg, …) comes from the loop, once, when it has been taken out again.
 * The handle stays the caller's. */
void courier_send(struct courier *courier, CURL *easy, courier_done_fn *done, void *arg);
/* No transfer may be under way. */
void courier_close(struct courier *courier);
/* Takes a transfer out that is under way; done() is not called. */
void courier_give_up(struct courier *courier, CURL *easy);

#endif
