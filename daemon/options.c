#include "options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/slice.h"

static const char options_help[] =
    "usage: mandated [OPTION]…\n"
    "Follows the requests of resolutions: keeps them, reminds, reports. See mandated(8).\n\n"
    "  --config FILE        the configuration; without one the defaults hold\n"
    "  --check-config       say what is wrong with the configuration, and stop\n"
    "  --print-config       print the configuration with its defaults, and stop\n"
    "  --socket PATH        the Unix socket, over the configuration\n"
    "  --state DIRECTORY    the state directory, over the configuration\n"
    "  --clock-offset TIME  move the clock, for exercises and tests only: seconds, or 3h, 90d, 12w; - for back\n"
    "  --render FORMAT      render a report: its records from standard input, the document to standard output\n"
    "  --lang LANGUAGE      of the report\n"
    "  --version  --help\n";

static int options_usage(const char *message, const char *value)
{
	fprintf(stderr, "mandated: %s%s; see mandated --help\n", message, value);
	return EXIT_USAGE;
}

/* Seconds, or a number with m, h, d or w behind it; a minus goes back. */
static bool options_offset(const char *text, int64_t *ret)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
	struct slice rest = slice_of(text);
	bool back = slice_take_byte(&rest, '-');
	uint64_t number;
	int64_t length = rest.len > 0 && rest.at[rest.len - 1] >= '0' && rest.at[rest.len - 1] <= '9' ? 1 : 0;

	if (!slice_take_number(&rest, (uint64_t)1 << 33, &number))
		return false;
	for (size_t i = 0; length == 0 && i < sizeof units / sizeof *units; i++)
		if (slice_take_byte(&rest, units[i].unit))
			length = units[i].seconds;
	if (length == 0 || rest.len > 0 || (int64_t)number > ((int64_t)1 << 40) / length)
		return false;
	*ret = (back ? -1 : 1) * (int64_t)number * length;
	return true;
}

int options_parse(struct options *ret, int argc, char *argv[])
{
	enum { CONFIG = 1, CHECK, PRINT, SOCKET, STATE, OFFSET, RENDER, LANGUAGE, VERSION, HELP };
	static const struct option known[] = {{"config", required_argument, NULL, CONFIG},
	    {"check-config", no_argument, NULL, CHECK}, {"print-config", no_argument, NULL, PRINT},
	    {"socket", required_argument, NULL, SOCKET}, {"state", required_argument, NULL, STATE},
	    {"clock-offset", required_argument, NULL, OFFSET}, {"render", required_argument, NULL, RENDER},
	    {"lang", required_argument, NULL, LANGUAGE}, {"version", no_argument, NULL, VERSION},
	    {"help", no_argument, NULL, HELP}, {0}};
	int64_t seconds;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case CONFIG:
			ret->config_file = optarg;
			break;
		case CHECK:
			ret->check = true;
			break;
		case PRINT:
			ret->print = true;
			break;
		case SOCKET:
			ret->socket = optarg;
			break;
		case STATE:
			ret->state = optarg;
			break;
		case OFFSET:
			if (!options_offset(optarg, &seconds))
				return options_usage("--clock-offset takes seconds, or a time such as 3h, 90d or -12w, not ", optarg);
			clock_set_offset(seconds);
			break;
		case RENDER:
			ret->render = optarg;
			break;
		case LANGUAGE:
			ret->language = optarg;
			break;
		case VERSION:
			puts("mandated " MANDATE_VERSION);
			return EXIT_SUCCESS;
		case HELP:
			fputs(options_help, stdout);
			return EXIT_SUCCESS;
		default:
			return options_usage("that is not an option", "");
		}
	}
	return optind < argc ? options_usage("unexpected word: ", argv[optind]) : -1;
}
