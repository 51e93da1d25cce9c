#include "date.h"

#include <stdio.h>

/* Days from civil and back by eras of 400 years (146,097 days each), with the
 * year counted from 1 March so that the leap day comes last. */
static int32_t date_count(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static bool date_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && date_is_leap(year));
}

bool date_from_civil(struct civil civil, struct day *ret)
{
	if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12 ||
	    civil.day < 1 || civil.day > date_days_in_month(civil.year, civil.month))
		return false;
	ret->n = date_count(civil.year, civil.month, civil.day);
	return true;
}

struct civil date_to_civil(struct day day)
{
	int z = day.n + 719468;
	int era = z / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (5 * day_of_year + 2) / 153;
	int month = shifted < 10 ? shifted + 3 : shifted - 9;

	return (struct civil){
	    .year = year_of_era + era * 400 + (month <= 2),
	    .month = month,
	    .day = day_of_year - (153 * shifted + 2) / 5 + 1,
	};
}

int date_weekday(struct day day)
{
	int weekday = (day.n + 4) % 7; /* 1 January 1970 was a Thursday */

	return weekday < 0 ? weekday + 7 : weekday;
}

struct day date_add_months(struct day day, int months)
{
	struct civil civil = date_to_civil(day);
	int total = civil.year * 12 + civil.month - 1 + months;
	int last;

	civil.year = total / 12;
	civil.month = total % 12 + 1;
	last = date_days_in_month(civil.year, civil.month);
	if (civil.day > last)
		civil.day = last;
	return (struct day){date_count(civil.year, civil.month, civil.day)};
}

const char *date_month_name(int month)
{
	static const char *const names[] = {"January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November", "December"};

	return names[month - 1];
}

int date_parse(struct slice text, struct day *ret, struct error *error)
{
	struct slice rest = text;
	uint64_t year, month, day;

	if (text.len != 10 || !slice_take_number(&rest, 9999, &year) || !slice_take_byte(&rest, '-') ||
	    !slice_take_number(&rest, 99, &month) || !slice_take_byte(&rest, '-') ||
	    !slice_take_number(&rest, 99, &day) || rest.len != 0 || text.at[4] != '-')
		return error_set(error, E_INPUT, "bad_date",
		    "\"%.*s\" is not a date; write it as YYYY-MM-DD, for example 2005-09-13",
		    SLICE_ARG(slice_cut(text, 0, 40)));
	if (year < 1 || month < 1 || month > 12)
		return error_set(error, E_INPUT, "bad_date", "%.*s: there is no such %s",
		    SLICE_ARG(text), year < 1 ? "year" : "month; months run from 01 to 12");
	if (!date_from_civil((struct civil){(int)year, (int)month, (int)day}, ret))
		return error_set(error, E_INPUT, "bad_date", "%.*s: there is no such day; %s %d has %d days",
		    SLICE_ARG(text), date_month_name((int)month), (int)year,
		    date_days_in_month((int)year, (int)month));
	return 0;
}

void date_format(struct day day, char out[DATE_TEXT])
{
	struct civil civil = date_to_civil(day);

	/* Masked so that the compiler sees that the text fits. */
	(void)snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)civil.year % 10000u,
	    (unsigned)civil.month % 100u, (unsigned)civil.day % 100u);
}
