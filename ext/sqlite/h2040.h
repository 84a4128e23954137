/*
** For programs that link h2040 statically (make static, -DSQLITE_CORE):
**
**   #include "sqlite3.h"
**   #include "h2040.h"
**   sqlite3_auto_extension((void (*)(void))sqlite3_h2040_init);
**
** and every connection opened from then on has its functions and tables.
*/
#ifndef H2040_H
#define H2040_H

#include "sqlite3.h"

/* The one place where the version stands: h2040_version(), the Makefile and the
** packages read it here. */
#define H2040_VERSION "1.1.0"

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3_api_routines;

int sqlite3_h2040_init(sqlite3 *db, char **error, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
