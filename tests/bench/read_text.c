/*
** read_text(…): reads every argument as text and does nothing with it.  What a
** function that must look at its arguments costs at least; the bench's measure.
*/
#include "sqlite3ext.h"
SQLITE_EXTENSION_INIT1

static void read_text(sqlite3_context *context, int argc, sqlite3_value **argv) {
  sqlite3_int64 sum = 0;
  for (int i = 0; i < argc; i++) {
    const unsigned char *text = sqlite3_value_text(argv[i]);
    if (text) sum += text[0] + sqlite3_value_bytes(argv[i]);
  }
  sqlite3_result_int64(context, sum);
}

#if defined(_WIN32)
__declspec(dllexport)
#endif
int sqlite3_readtext_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api);
  (void)error;
  return sqlite3_create_function(db, "read_text", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, 0,
                                 read_text, 0, 0);
}
