/*
** Where the billing layer gets memory: a port that its host fills in.  Each may
** be asked for nothing (h2040_free of NULL), and h2040_realloc may answer NULL.
*/
#ifndef H2040_MEMORY_H
#define H2040_MEMORY_H

#include <stddef.h>

void *h2040_realloc(void *memory, size_t size);
void h2040_free(void *memory);

#endif
