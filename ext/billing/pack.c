/* See pack.h. */
#include "pack.h"

#include <stdio.h>

#include "policy_packs.h"

enum { PACK_COUNT = sizeof pack / sizeof *pack };

const struct pack *h2040_pack_at(int i) {
  return &pack[i];
}

const struct pack *h2040_pack_named(struct text name) {
  for (int i = 0; i < PACK_COUNT; i++) {
    if (h2040_same(name, h2040_text(pack[i].name))) return &pack[i];
  }
  return NULL;
}

const char *h2040_pack_names(char out[PACK_NAMES_SIZE], bool sets) {
  size_t n = 0;
  out[0] = 0;
  for (int i = 0; i < PACK_COUNT && n < PACK_NAMES_SIZE; i++) {
    if (pack_is_set(&pack[i]) && !sets) continue;
    n += (size_t)snprintf(out + n, PACK_NAMES_SIZE - n, "%s%s", n > 0 ? ", " : "", pack[i].name);
  }
  return out;
}

const struct pack_focus *h2040_pack_focus(int i) {
  return pack_focus[i].focus ? &pack_focus[i] : NULL;
}

const char *h2040_pack_near(struct text name, bool sets) {
  const char *names[PACK_COUNT];
  int count = 0;
  for (int i = 0; i < PACK_COUNT; i++) {
    if (sets || !pack_is_set(&pack[i])) names[count++] = pack[i].name;
  }
  return h2040_nearest(name, names, count);
}
