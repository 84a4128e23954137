/* See policies.h. */
#include "policies.h"
#include "../billing/memory.h"
#include "json_text.h"

#include <string.h>

enum {
  MOST_BYTES = 16000000, /* thousands of policies; then the store forgets what it has */
  BUCKETS = 1024
};

struct policies {
  int holders;
  size_t bytes; /* of what it keeps */
  struct held_policy *last; /* the one asked for last: mostly the one asked for next */
  struct held_policy *bucket[BUCKETS];
};

struct policies *h2040_policies_new(void) {
  struct policies *policies = sqlite3_malloc64(sizeof *policies);
  if (!policies) return NULL;
  memset(policies, 0, sizeof *policies);
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
  h2040_policy_set_clear(&held->set);
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
  if (!h2040_policy_read(held->text, &held->set, problem)) h2040_fail_memory(fault);
  if (fault->rc == SQLITE_OK && problem[0]) h2040_fail(fault, "%s: %s", function, problem);
  if (fault->rc != SQLITE_OK) {
    h2040_policy_release(held);
    return NULL;
  }
  size_t bytes = sizeof *held + text.n + held->set.policies.count * sizeof(struct policy);
  if (policies->bytes + bytes > MOST_BYTES) forget_all(policies);
  policies->bytes += bytes;
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
  struct text text;
  char *made;
  h2040_read_json(fault, value, &text, &made);
  if (h2040_blank(text)) text = TEXT("session");
  struct held_policy *held = h2040_policy_hold(policies, fault, function, text);
  h2040_free(made);
  return held;
}
