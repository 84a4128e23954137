/*
** h2040_date(value [, dates])
**
** The day that a value is, as YYYY-MM-DD; NULL where none can be read for sure.
**
**   SELECT h2040_date('05-JAN-2026');              2026-01-05
**   SELECT h2040_date('1/5/2026 9:30 AM', 'mdy');  2026-01-05
**   SELECT h2040_date('1/5/2026');                 NULL: 5 January, or 1 May?
**
** dates is iso (the default, also where it is NULL), mdy, dmy or excel; any other is an
** error.  What is read under each is told in ext/billing/date.h.
*/
#include "register.h"

#include <string.h>

static void date_function(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct value value;
  enum dates dates = DATES_ISO;
  int32_t day;
  h2040_read_value(&fault, argv[0], &value);
  if (argc > 1) dates = h2040_declared_dates(&fault, "h2040_date", h2040_text_of(&fault, argv[1]));
  if (fault.rc == SQLITE_OK && h2040_read_date(&value, dates, &day) == READ) {
    char text[DATE_SIZE];
    h2040_date_text(day, text);
    sqlite3_result_text(context, text, (int)strlen(text), SQLITE_TRANSIENT);
  }
  h2040_fault_to_function(&fault, context);
}

void h2040_register_date(struct fault *fault, sqlite3 *db) {
  h2040_register_function(fault, db, "h2040_date", 1, date_function, NULL, NULL);
  h2040_register_function(fault, db, "h2040_date", 2, date_function, NULL, NULL);
}
