#ifndef MANDATE_BANNED_H
#define MANDATE_BANNED_H

/*
 * Functions that have no safe use here; naming one does not compile. Included
 * by every source file through the build (-include), after no system header:
 * the names are poisoned for the preprocessor once the headers that declare
 * them have been read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok atoi atol atof gets
#pragma GCC poison gmtime localtime mktime ctime asctime system popen

#endif
