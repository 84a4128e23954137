/* See policies.h. */
#include "policies.h"
#include "../billing/quote.h"
#include "json_text.h"

#include <string.h>

struct pack {
  const char *name, *json;
};

#include "policy_packs.h"

enum {
  PACK_COUNT = sizeof pack / sizeof *pack,
  LONGEST_POLICY = 100000, /* bytes: bounds what a hostile policy can cost */
  MOST_BYTES = 16000000,   /* thousands of policies; then the store forgets what it has */
  BUCKETS = 1024
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

const char *h2040_pack_names(char *out, size_t size) {
  size_t n = 0;
  out[0] = 0;
  for (int i = 0; i < PACK_COUNT && n < size; i++) {
    sqlite3_snprintf((int)(size - n), out + n, "%s%s", i > 0 ? ", " : "", pack[i].name);
    n += strlen(out + n);
  }
  return out;
}

/* otherwise: what else may be given there */
static void no_such_pack(struct policy_reader *r, const char *key, struct text name, const char *otherwise) {
  const char *names[PACK_COUNT];
  char list[80];
  for (int i = 0; i < PACK_COUNT; i++) names[i] = pack[i].name;
  const char *near = h2040_nearest(name, names, PACK_COUNT);
  h2040_policy_problem(r, "%sthere is no pack %s%s%s%s; give one of %s%s", key, h2040_quote(name).z,
                       near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "",
                       h2040_pack_names(list, sizeof list), otherwise);
}

/* --- reading -------------------------------------------------------------- */

static void read_json_value(struct fault *fault, sqlite3_value *type, sqlite3_value *value, struct json_value *out) {
  static const struct {
    const char *name;
    enum json_type type;
  } types[] = {
    { "null", JSON_NULL },   { "true", JSON_BOOLEAN }, { "false", JSON_BOOLEAN }, { "integer", JSON_INTEGER },
    { "real", JSON_REAL },   { "text", JSON_TEXT },    { "array", JSON_ARRAY },   { "object", JSON_OBJECT },
  };
  struct value v;
  const char *name = h2040_value_text(fault, type);
  *out = (struct json_value){ .type = JSON_NULL, .text = TEXT("null") };
  if (!name) return;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (strcmp(name, types[i].name) == 0) out->type = types[i].type;
  }
  out->integer = sqlite3_value_int64(value);
  h2040_read_value(fault, value, &v, true);
  if (out->type == JSON_BOOLEAN) out->text = h2040_text(name);
  else if (out->type != JSON_NULL) out->text = v.text;
}

/* Walks the object. */
static void read_members(sqlite3 *db, struct fault *fault, struct text json, struct policy_reader *r) {
  sqlite3_int64 top = -1;
  sqlite3_int64 of_key = -1;
  sqlite3_stmt *tree = h2040_prepare(fault, db, "SELECT id, parent, key, type, value FROM json_tree(?1)");
  if (!tree) return;
  h2040_bind_json(fault, tree, json);
  while (!policy_reader_failed(r) && h2040_step(fault, tree)) {
    sqlite3_int64 row = sqlite3_column_int64(tree, 0);
    sqlite3_int64 parent = sqlite3_column_int64(tree, 1);
    sqlite3_value *key = sqlite3_column_value(tree, 2);
    struct json_value v;
    struct value name;
    if (sqlite3_column_type(tree, 1) == SQLITE_NULL) {
      top = row;
      continue;
    }
    sqlite3_int64 index = sqlite3_value_int64(key);
    h2040_read_value(fault, key, &name, true);
    read_json_value(fault, sqlite3_column_value(tree, 3), sqlite3_column_value(tree, 4), &v);
    if (fault->rc != SQLITE_OK) break;
    if (parent == top) {
      of_key = row;
      h2040_policy_read_key(r, name.text, &v);
    } else if (parent == of_key) {
      h2040_policy_read_member(r, name.text, index, &v);
    } else {
      h2040_policy_read_element(r, index, &v);
    }
  }
  sqlite3_finalize(tree);
}

static void read_object(sqlite3 *db, struct fault *fault, struct text json, struct policy_reader *r);

/* Begins with a pack: what a policy leaves out comes from there. */
static void read_pack(sqlite3 *db, struct fault *fault, const struct pack *from, struct policy_reader *r) {
  struct policy_reader of_pack = { .policy = r->policy };
  if (from == pack) { /* the first pack stands on nothing */
    h2040_policy_init(r->policy);
    read_members(db, fault, h2040_text(from->json), &of_pack);
  } else {
    read_object(db, fault, h2040_text(from->json), &of_pack);
  }
  r->out_of_memory |= of_pack.out_of_memory;
}

static void read_object(sqlite3 *db, struct fault *fault, struct text json, struct policy_reader *r) {
  const struct pack *base = pack;
  struct json_value extends;
  enum json_shape shape = h2040_json_shape(fault, db, json);
  if (fault->rc == SQLITE_OK && shape != JSON_IS_OBJECT) {
    h2040_policy_problem(r, "%s is %s", h2040_quote(json).z,
                         shape == JSON_MALFORMED ? "not well-formed JSON" : "JSON but not an object");
    return;
  }
  sqlite3_stmt *look = h2040_prepare(fault, db, "SELECT json_type(?1, '$.extends'), json_extract(?1, '$.extends')");
  if (!look) return;
  h2040_bind_json(fault, look, json);
  if (h2040_step(fault, look)) {
    read_json_value(fault, sqlite3_column_value(look, 0), sqlite3_column_value(look, 1), &extends);
    if (fault->rc == SQLITE_OK && sqlite3_column_type(look, 0) != SQLITE_NULL) {
      base = extends.type == JSON_TEXT ? pack_named(h2040_trim(extends.text)) : NULL;
      if (!base) no_such_pack(r, "extends: ", extends.text, "");
    }
  }
  sqlite3_finalize(look);
  if (fault->rc != SQLITE_OK || policy_reader_failed(r)) return;
  read_pack(db, fault, base, r);
  read_members(db, fault, json, r);
}

void h2040_policy_read(sqlite3 *db, struct fault *fault, struct text text, struct policy *policy,
                       char problem[PROBLEM_SIZE]) {
  struct policy_reader r = { .policy = policy };
  struct text trimmed = h2040_trim(text);
  h2040_policy_init(policy);
  if (text.n > LONGEST_POLICY) {
    h2040_policy_problem(&r, "it is longer than %d bytes", LONGEST_POLICY);
  } else if (trimmed.n > 0 && (trimmed.z[0] == '{' || trimmed.z[0] == '[')) {
    read_object(db, fault, trimmed, &r);
  } else {
    const struct pack *named = pack_named(trimmed);
    if (named) read_pack(db, fault, named, &r);
    else no_such_pack(&r, "", trimmed, ", or a JSON object");
  }
  if (r.out_of_memory) h2040_fail_memory(fault);
  sqlite3_snprintf(PROBLEM_SIZE, problem, "%s%s", r.problem[0] ? "policy: " : "", r.problem);
}

/* --- the store ------------------------------------------------------------ */

struct policies {
  sqlite3 *db;
  int holders;
  size_t bytes; /* of what it keeps */
  struct held_policy *last; /* the one asked for last: mostly the one asked for next */
  struct held_policy *bucket[BUCKETS];
};

struct policies *h2040_policies_new(sqlite3 *db) {
  struct policies *policies = sqlite3_malloc64(sizeof *policies);
  if (!policies) return NULL;
  memset(policies, 0, sizeof *policies);
  policies->db = db;
  policies->holders = 1;
  return policies;
}

void h2040_policies_hold(struct policies *policies) {
  policies->holders++;
}

static void forget_all(struct policies *policies) {
  for (int i = 0; i < BUCKETS; i++) {
    struct held_policy *held = policies->bucket[i];
    while (held) {
      struct held_policy *next = held->next;
      h2040_policy_release(held);
      held = next;
    }
    policies->bucket[i] = NULL;
  }
  policies->bytes = 0;
  policies->last = NULL;
}

void h2040_policies_release(void *pointer) {
  struct policies *policies = pointer;
  if (--policies->holders > 0) return;
  forget_all(policies);
  sqlite3_free(policies);
}

void h2040_policy_release(struct held_policy *held) {
  if (!held || --held->holders > 0) return;
  h2040_policy_clear(&held->policy);
  sqlite3_free(held);
}

static bool same_bytes(struct text a, struct text b) {
  return a.n == b.n && memcmp(a.z, b.z, a.n) == 0;
}

static unsigned hash(struct text t) {
  unsigned h = 2166136261u;
  for (size_t i = 0; i < t.n; i++) h = (h ^ (unsigned char)t.z[i]) * 16777619u;
  return h % BUCKETS;
}

static struct held_policy *read_and_keep(struct policies *policies, struct fault *fault, const char *function,
                                         struct text text, unsigned bucket) {
  char problem[PROBLEM_SIZE];
  struct held_policy *held = sqlite3_malloc64(sizeof *held + text.n);
  if (!held) {
    h2040_fail_memory(fault);
    return NULL;
  }
  char *kept = (char *)(held + 1);
  memcpy(kept, text.z, text.n);
  held->text = (struct text){ kept, text.n };
  held->holders = 1; /* the store */
  h2040_policy_read(policies->db, fault, held->text, &held->policy, problem);
  if (fault->rc == SQLITE_OK && problem[0]) h2040_fail(fault, "%s: %s", function, problem);
  if (fault->rc != SQLITE_OK) {
    h2040_policy_release(held);
    return NULL;
  }
  policies->bytes += sizeof *held + text.n;
  if (policies->bytes > MOST_BYTES) {
    forget_all(policies);
    policies->bytes = sizeof *held + text.n;
  }
  held->next = policies->bucket[bucket];
  policies->bucket[bucket] = held;
  return held;
}

struct held_policy *h2040_policy_hold(struct policies *policies, struct fault *fault, const char *function,
                                      struct text text) {
  struct held_policy *held = policies->last;
  if (fault->rc != SQLITE_OK) return NULL;
  if (!held || !same_bytes(held->text, text)) {
    unsigned bucket = hash(text);
    held = policies->bucket[bucket];
    while (held && !same_bytes(held->text, text)) held = held->next;
    if (!held) held = read_and_keep(policies, fault, function, text, bucket);
    if (!held) return NULL;
    policies->last = held;
  }
  held->holders++;
  return held;
}

struct held_policy *h2040_policy_hold_value(struct policies *policies, struct fault *fault, const char *function,
                                            sqlite3_value *value) {
  struct value v;
  h2040_read_value(fault, value, &v, true);
  if (fault->rc == SQLITE_OK && h2040_value_blank(&v)) v.text = h2040_text(pack[0].name);
  return h2040_policy_hold(policies, fault, function, v.text);
}
