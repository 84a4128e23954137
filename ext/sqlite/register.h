/*
** What each file of this folder adds to a connection.
*/
#ifndef H2040_REGISTER_H
#define H2040_REGISTER_H

#include "sqlite.h"

void h2040_register_sessions_over_cap(struct fault *fault, sqlite3 *db);

#endif
