#ifndef MANDATE_REPORT_CATALOG_H
#define MANDATE_REPORT_CATALOG_H

#include <stddef.h>

/*
 * The translations as msgfmt compiles them (.mo, little-endian), with the plural rule of the
 * catalog's head as a function. catalogs.cmake writes the table when the programs are built.
 */
struct catalog {
	const char *language;
	const unsigned char *bytes;
	size_t size;
	unsigned long (*plural)(unsigned long n);
};

extern const struct catalog catalogs[]; /* ends with a language of NULL */

/* The translation, its plural forms one after the other, each with its NUL; NULL: there is none. */
const char *catalog_find(const struct catalog *catalog, const char *english);
/* Form n of those that catalog_find gives. */
const char *catalog_form(const char *forms, unsigned long n);

#endif
