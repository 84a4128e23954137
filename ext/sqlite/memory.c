/* The memory of the billing layer is SQLite's: see ../billing/memory.h. */
#include "../billing/memory.h"
#include "sqlite.h"

void *h2040_realloc(void *memory, size_t size) {
  return sqlite3_realloc64(memory, size);
}

void h2040_free(void *memory) {
  sqlite3_free(memory);
}
