#include "clock.h"

#include <stdio.h>
#include <time.h>

static int64_t offset_seconds;

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((int64_t)now.tv_sec + offset_seconds) * 1000000 + now.tv_nsec / 1000;
}

struct day clock_today(void)
{
	return (struct day){(int32_t)(clock_now() / 1000000 / 86400)};
}

int64_t clock_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_set_offset(int64_t seconds)
{
	offset_seconds = seconds;
}

int64_t clock_offset(void)
{
	return offset_seconds;
}

void clock_format(int64_t microseconds, char out[CLOCK_TEXT])
{
	int64_t seconds = microseconds / 1000000;
	unsigned in_day = (unsigned)(seconds % 86400);
	char date[DATE_TEXT];

	date_format((struct day){(int32_t)(seconds / 86400)}, date);
	(void)snprintf(out, CLOCK_TEXT, "%sT%02u:%02u:%02u.%03uZ", date, in_day / 3600 % 24,
	    in_day / 60 % 60, in_day % 60, (unsigned)(microseconds / 1000 % 1000));
}
