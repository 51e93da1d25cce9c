#include "place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"

static const char *place_variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

char *place_data(void)
{
	const char *given = place_variable("MANDATE_DATA_DIR");
	char program[4096];
	ssize_t len;

	if (given != NULL)
		return xstrdup(given);
	len = readlink("/proc/self/exe", program, sizeof program - 1);
	if (len <= 0)
		return xstrdup("/usr/share/mandate");
	for (int steps = 0; steps < 2; steps++)
		while (len > 0 && program[--len] != '/')
			;
	return xasprintf("%.*s/share/mandate", (int)len, program);
}

char *place_state(void)
{
	const char *given = place_variable("STATE_DIRECTORY");
	const char *home = place_variable("HOME");

	if (given != NULL)
		return xstrdup(given);
	if (geteuid() == 0)
		return xstrdup("/var/lib/mandate");
	if ((given = place_variable("XDG_STATE_HOME")) != NULL)
		return xasprintf("%s/mandate", given);
	return xasprintf("%s/.local/state/mandate", home ? home : "");
}

const char *place_system_socket(void)
{
	return "/run/mandate/mandated.sock";
}

char *place_socket(void)
{
	const char *given = place_variable("MANDATE_SOCKET");
	char *state, *path;

	if (given != NULL)
		return xstrdup(given);
	if (geteuid() == 0)
		return xstrdup(place_system_socket());
	if ((given = place_variable("XDG_RUNTIME_DIR")) != NULL)
		return xasprintf("%s/mandate/mandated.sock", given);
	state = place_state();
	path = xasprintf("%s/mandated.sock", state);
	free(state);
	return path;
}
