#ifndef MANDATE_FUZZ_H
#define MANDATE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls with every input, and replay.c with every file of the corpus. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
