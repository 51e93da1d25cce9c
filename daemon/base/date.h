#ifndef MANDATE_DATE_H
#define MANDATE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "slice.h"

/*
 * Civil dates by arithmetic (proleptic Gregorian calendar, years 1 to 9999).
 * A day is a struct so that it cannot be added to seconds by mistake. No libc
 * time is used.
 */
struct day {
	int32_t n; /* days since 1 January 1970 */
};

struct civil {
	int year, month, day; /* month 1 to 12 */
};

#define DATE_TEXT 11 /* "2005-09-13" and its NUL */

/* False where there is no such date. */
bool date_from_civil(struct civil civil, struct day *ret);
struct civil date_to_civil(struct day day);
int date_days_in_month(int year, int month);
/* 0 is Sunday. */
int date_weekday(struct day day);
/* The same day so many months on, or the month's last day where it is shorter. */
struct day date_add_months(struct day day, int months);

/* "2005-09-13". The message says what is wrong ("2005-02-30: February 2005 has 28 days");
 * the error's name is "bad_date". */
MUST_CHECK int date_parse(struct slice text, struct day *ret, struct error *error);
void date_format(struct day day, char out[DATE_TEXT]);
/* 1 to 12; "January" … */
const char *date_month_name(int month);

#endif
