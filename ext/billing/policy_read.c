/*
** Reading a policy from its text: the packs that are built in, and JSON (policy.h).
*/
#include "policy.h"
#include "quote.h"

#include <stdio.h>
#include <string.h>

struct pack {
  const char *name, *json;
};

#include "policy_packs.h"

enum {
  PACK_COUNT = sizeof pack / sizeof *pack,
  LONGEST_POLICY = 100000 /* bytes: bounds what a hostile policy can cost */
};

/* --- packs ---------------------------------------------------------------- */

static const struct pack *pack_named(struct text name) {
  for (int i = 0; i < PACK_COUNT; i++) {
    if (h2040_same(name, h2040_text(pack[i].name))) return &pack[i];
  }
  return NULL;
}

const char *h2040_pack_text(struct text name) {
  const struct pack *found = pack_named(h2040_trim(name));
  return found ? found->json : NULL;
}

const char *h2040_pack_names(char out[PACK_NAMES_SIZE]) {
  size_t n = 0;
  for (int i = 0; i < PACK_COUNT && n < PACK_NAMES_SIZE; i++) {
    n += (size_t)snprintf(out + n, PACK_NAMES_SIZE - n, "%s%s", i > 0 ? ", " : "", pack[i].name);
  }
  return out;
}

/* otherwise: what else may be given there */
static void no_such_pack(struct policy_reader *r, const char *key, struct text name, const char *otherwise) {
  const char *names[PACK_COUNT];
  char list[PACK_NAMES_SIZE];
  for (int i = 0; i < PACK_COUNT; i++) names[i] = pack[i].name;
  const char *near = h2040_nearest(name, names, PACK_COUNT);
  h2040_policy_problem(r, "%sthere is no pack %s%s%s%s; give one of %s%s", key, h2040_quote(name).z,
                       near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", h2040_pack_names(list),
                       otherwise);
}

/* --- JSON ----------------------------------------------------------------- */

static void read_member(const struct json_document *document, struct policy_reader *r, struct text name,
                        const struct json_value *v) {
  struct json_cursor members = h2040_json_enter(document, v);
  struct json_value member, element;
  struct text none;
  h2040_policy_read_key(r, name, v);
  for (int64_t i = 0; !policy_reader_failed(r) && h2040_json_next(&members, &name, &member); i++) {
    struct json_cursor elements = h2040_json_enter(document, &member);
    h2040_policy_read_member(r, name, i, &member);
    for (int64_t k = 0; !policy_reader_failed(r) && h2040_json_next(&elements, &none, &element); k++) {
      h2040_policy_read_element(r, k, &element);
    }
  }
}

static void read_object(struct policy_reader *r, struct text json);

/* Begins with a pack: what a policy leaves out comes from there. */
static void begin_with(struct policy_reader *r, const struct pack *from) {
  struct policy_reader of_pack = { .policy = r->policy };
  if (from == pack) h2040_policy_init(r->policy); /* the first pack stands on nothing */
  read_object(&of_pack, h2040_text(from->json));
  r->out_of_memory |= of_pack.out_of_memory;
}

static const struct pack *extended(struct policy_reader *r, const struct json_document *document,
                                   const struct json_value *policy) {
  struct json_cursor members = h2040_json_enter(document, policy);
  struct json_value v;
  struct text name;
  while (h2040_json_next(&members, &name, &v)) {
    if (!h2040_same(name, TEXT("extends"))) continue;
    const struct pack *found = v.type == JSON_TEXT ? pack_named(h2040_trim(v.text)) : NULL;
    if (!found) no_such_pack(r, "extends: ", v.text, "");
    return found;
  }
  return pack;
}

static void read_object(struct policy_reader *r, struct text json) {
  struct json_document document;
  struct json_problem problem;
  struct json_value top, v;
  struct text name;
  enum json_reading reading = h2040_json_open(&document, json, &top, &problem);
  r->out_of_memory |= reading == JSON_NO_MEMORY;
  if (reading == JSON_MALFORMED) {
    h2040_policy_problem(r, "%s is not well-formed JSON: %s after %llu bytes", h2040_quote(json).z, problem.why,
                         (unsigned long long)problem.at);
  } else if (reading == JSON_READ && top.type != JSON_OBJECT) {
    h2040_policy_problem(r, "%s is JSON but not an object", h2040_quote(json).z);
  }
  if (!policy_reader_failed(r)) {
    const struct pack *base = json.z == pack[0].json ? NULL : extended(r, &document, &top);
    if (base) begin_with(r, base);
    struct json_cursor members = h2040_json_enter(&document, &top);
    while (!policy_reader_failed(r) && h2040_json_next(&members, &name, &v)) read_member(&document, r, name, &v);
  }
  h2040_json_close(&document);
}

bool h2040_policy_read(struct text text, struct policy *policy, char problem[PROBLEM_SIZE]) {
  struct policy_reader r = { .policy = policy };
  struct text trimmed = h2040_trim(text);
  h2040_policy_init(policy);
  if (text.n > LONGEST_POLICY) {
    h2040_policy_problem(&r, "it is longer than %d bytes", LONGEST_POLICY);
  } else if (trimmed.n > 0 && (trimmed.z[0] == '{' || trimmed.z[0] == '[')) {
    read_object(&r, trimmed);
  } else {
    const struct pack *named = pack_named(trimmed);
    if (named) begin_with(&r, named);
    else no_such_pack(&r, "", trimmed, ", or a JSON object");
  }
  snprintf(problem, PROBLEM_SIZE, "%s%.*s", r.problem[0] ? "policy: " : "", PROBLEM_SIZE - 10, r.problem);
  return !r.out_of_memory;
}
