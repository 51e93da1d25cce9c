#ifndef MANDATE_STORE_WATCH_H
#define MANDATE_STORE_WATCH_H

#include "store.h"

/*
 * LISTEN, on a connection of its own: the pool's are busy with other things. What was notified
 * while it was away is not known, so whoever watches is told once when it is (again) there.
 */
struct watch;

/* notified(arg) from the loop. database and channel (a plain word) must live as long as the watch. */
struct watch *watch_open(struct event_base *base, const char *database, const char *channel,
    void (*notified)(void *arg), void *arg);
void watch_close(struct watch *watch);

#endif
