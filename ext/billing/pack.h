/*
** The policy packs that are built in: the JSON files of ext/policy, turned into C by the
** build.  A pack is a policy, or a set of them (its text is an array).
*/
#ifndef H2040_PACK_H
#define H2040_PACK_H

#include "text.h"

struct pack {
  const char *name, *json;
};

/* The first one says everything itself; the others stand on it. */
const struct pack *h2040_pack_at(int i);
/* In any case of its letters; NULL: none. */
const struct pack *h2040_pack_named(struct text name);

static inline bool pack_is_set(const struct pack *pack) { return pack->json[0] == '['; }

/* "session, commercial, cms …"; sets: those that are sets as well. */
enum { PACK_NAMES_SIZE = 80 };
const char *h2040_pack_names(char out[PACK_NAMES_SIZE], bool sets);

/* Which focus of a service is which code's, as the packs say it. */
struct pack_focus {
  const char *focus, *hcpcs_code;
};

const struct pack_focus *h2040_pack_focus(int i); /* from 0; NULL: there is no more */

/* The pack nearest to a misspelt name, or NULL. */
const char *h2040_pack_near(struct text name, bool sets);

#endif
