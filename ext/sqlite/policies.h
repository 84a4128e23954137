/*
** Policy sets, read once: a policy is a pack's name, a JSON object or an array of these
** (ext/billing/policy_read.c), and its reading is paid once per distinct text, also
** when it comes from a column.
**
** The store belongs to a connection and is shared by the functions and tables
** that are registered on it.  It holds texts and what they mean, nothing of a
** claim, and no more than some megabytes of them.
*/
#ifndef H2040_POLICIES_H
#define H2040_POLICIES_H

#include "../billing/policy.h"
#include "sqlite.h"

struct policies;

/* A policy set in use: kept alive, whatever the store forgets, until released. */
struct held_policy {
  struct policy_set set;
  struct text text;
  int holders;
  struct held_policy *next;
};

struct policies *h2040_policies_new(void); /* NULL: no memory; held once */
void h2040_policies_hold(struct policies *policies);
void h2040_policies_release(void *policies); /* fit as a destructor */

/* The policies of a text; where it is not sound, a fault of the function's name and
** the sentence of h2040_policy_problem.  NULL after a fault. */
struct held_policy *h2040_policy_hold(struct policies *policies, struct fault *fault, const char *function,
                                      struct text text);
void h2040_policy_release(struct held_policy *held);

/* The policies of a value; NULL and blank mean the session pack. */
struct held_policy *h2040_policy_hold_value(struct policies *policies, struct fault *fault, const char *function,
                                            sqlite3_value *value);

#endif
