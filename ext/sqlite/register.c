/* See register.h. */
#include "register.h"

static void create(struct fault *fault, sqlite3 *db, const char *name, int arguments, int flags,
                   void (*function)(sqlite3_context *, int, sqlite3_value **), void *user_data,
                   void (*destroy)(void *)) {
  int rc;
  if (fault->rc != SQLITE_OK) {
    if (destroy) destroy(user_data);
    return;
  }
  rc = sqlite3_create_function_v2(db, name, arguments, SQLITE_UTF8 | SQLITE_INNOCUOUS | flags, user_data, function,
                                  NULL, NULL, destroy);
  if (rc == SQLITE_NOMEM) h2040_fail_memory(fault);
  else if (rc != SQLITE_OK) h2040_fail(fault, "h2040: cannot add the function %s: %s", name, sqlite3_errmsg(db));
}

void h2040_register_function(struct fault *fault, sqlite3 *db, const char *name, int arguments,
                             void (*function)(sqlite3_context *, int, sqlite3_value **), void *user_data,
                             void (*destroy)(void *)) {
  create(fault, db, name, arguments, SQLITE_DETERMINISTIC, function, user_data, destroy);
}

void h2040_register_version(struct fault *fault, sqlite3 *db,
                            void (*function)(sqlite3_context *, int, sqlite3_value **)) {
  create(fault, db, "h2040_version", 0, 0, function, NULL, NULL);
}

void h2040_register_table(struct fault *fault, sqlite3 *db, const char *name, const sqlite3_module *module,
                          void *user_data, void (*destroy)(void *)) {
  int rc;
  if (fault->rc != SQLITE_OK) {
    if (destroy) destroy(user_data);
    return;
  }
  rc = sqlite3_create_module_v2(db, name, module, user_data, destroy);
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
}
