#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut in the middle of a UTF-8 character would make the message invalid. */
static void error_trim(char *message, size_t size)
{
	size_t end = size - 1;

	while (end > 0 && ((unsigned char)message[end] & 0xC0) == 0x80)
		end--;
	message[end] = '\0';
}

int error_set(struct error *error, int code, const char *name, const char *format, ...)
{
	va_list args;
	int wanted;

	if (error == NULL)
		return code;
	error->code = code;
	error->name = name;
	va_start(args, format);
	wanted = vsnprintf(error->message, sizeof error->message, format, args);
	va_end(args);
	if (wanted >= (int)sizeof error->message)
		error_trim(error->message, sizeof error->message);
	return code;
}

void error_prefix(struct error *error, const char *format, ...)
{
	char whole[sizeof error->message];
	va_list args;
	int used;

	if (error == NULL)
		return;
	va_start(args, format);
	used = vsnprintf(whole, sizeof whole, format, args);
	va_end(args);
	if (used < 0 || (size_t)used >= sizeof whole)
		return;
	if (snprintf(whole + used, sizeof whole - (size_t)used, ": %s", error->message) >=
	    (int)(sizeof whole - (size_t)used))
		error_trim(whole, sizeof whole);
	memcpy(error->message, whole, sizeof whole);
}
