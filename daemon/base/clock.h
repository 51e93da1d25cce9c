#ifndef MANDATE_CLOCK_H
#define MANDATE_CLOCK_H

#include <stdint.h>

#include "date.h"

/* The only place that reads the time. */

/* Microseconds since 1 January 1970 UTC, moved by the offset. */
int64_t clock_now(void);
/* Today in UTC. */
struct day clock_today(void);
/* Milliseconds that never go back; for durations and timers. */
int64_t clock_ticks(void);
/* For exercises and tests: moves clock_now by so many seconds. */
void clock_set_offset(int64_t seconds);
int64_t clock_offset(void);

#define CLOCK_TEXT 25 /* "2026-11-23T16:00:00.123Z" and its NUL */
void clock_format(int64_t microseconds, char out[CLOCK_TEXT]);

#endif
