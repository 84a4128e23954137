/*
** Where this layer gets its memory: from whoever embeds it.  In the extension
** that is SQLite (ext/sqlite/memory.c), so that the host's limits hold.
*/
#ifndef H2040_MEMORY_H
#define H2040_MEMORY_H

#include <stddef.h>

void *h2040_realloc(void *memory, size_t size); /* NULL: no memory; the old block stays */
void h2040_free(void *memory);

/* A hint that this memory is read or written soon; the pointer must be one that may be. */
#if defined(__GNUC__)
#define FETCH(memory) __builtin_prefetch(memory)
#else
#define FETCH(memory) ((void)(memory))
#endif

#endif
