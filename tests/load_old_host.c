/*
** Loads h2040 as a host with an older SQLite would: a table of functions that
** ends where that version's ended.  Whatever is called beyond what is here is a
** crash.
**
**   load_old_host build/h2040.so 3033000
*/
#include <sqlite3ext.h>

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int version_number;
static char version[16];

static int libversion_number(void) { return version_number; }
static const char *libversion(void) { return version; }

static char *fake_vmprintf(const char *format, va_list arguments) {
  char *text = malloc(200);
  if (text) vsnprintf(text, 200, format, arguments);
  return text;
}

static char *fake_mprintf(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = fake_vmprintf(format, arguments);
  va_end(arguments);
  return text;
}

int main(int argc, char **argv) {
  static sqlite3_api_routines api; /* all others are NULL */
  typedef int (*init_function)(sqlite3 *, char **, const sqlite3_api_routines *);
  static const char *const entry[] = { "sqlite3_h2040_init", "sqlite3_h_init", "sqlite3_extension_init" };
  void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) : NULL;
  if (!library) {
    printf("%s\n", argc == 3 ? dlerror() : "two arguments, please");
    return 1;
  }
  version_number = atoi(argv[2]);
  snprintf(version, sizeof version, "%d.%d.%d", version_number / 1000000, version_number / 1000 % 1000, version_number % 1000);
  api.libversion_number = libversion_number;
  api.libversion = libversion;
  api.mprintf = fake_mprintf;
  api.vmprintf = fake_vmprintf;
  for (int i = 0; i < 3; i++) {
    init_function init;
    char *error = NULL;
    *(void **)&init = dlsym(library, entry[i]);
    int rc = init ? init(NULL, &error, &api) : -1;
    printf("%s %d %s\n", entry[i], rc, error ? error : "");
    free(error);
  }
  return 0;
}
