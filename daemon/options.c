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
    "  --clock-offset SEC   move the clock, for exercises and tests only\n"
    "  --version  --help\n";

static int options_usage(const char *message, const char *value)
{
	fprintf(stderr, "mandated: %s%s; see mandated --help\n", message, value);
	return EXIT_USAGE;
}

int options_parse(struct options *ret, int argc, char *argv[])
{
	enum { CONFIG = 1, CHECK, PRINT, SOCKET, STATE, OFFSET, VERSION, HELP };
	static const struct option known[] = {{"config", required_argument, NULL, CONFIG},
	    {"check-config", no_argument, NULL, CHECK}, {"print-config", no_argument, NULL, PRINT},
	    {"socket", required_argument, NULL, SOCKET}, {"state", required_argument, NULL, STATE},
	    {"clock-offset", required_argument, NULL, OFFSET}, {"version", no_argument, NULL, VERSION},
	    {"help", no_argument, NULL, HELP}, {0}};
	struct slice rest;
	uint64_t seconds;
	bool back;
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
			rest = slice_of(optarg);
			back = slice_take_byte(&rest, '-');
			if (!slice_take_number(&rest, (uint64_t)1 << 40, &seconds) || rest.len > 0)
				return options_usage("--clock-offset takes seconds, not ", optarg);
			clock_set_offset(back ? -(int64_t)seconds : (int64_t)seconds);
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
