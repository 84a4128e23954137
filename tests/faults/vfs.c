/*
** A disk that fails: a VFS over the default one, and its SQL functions.
**
** Loading it makes it the default VFS for every database opened from then on.
**
**   io_arm(n, persistent, how)   the n-th read from now fails; persistent: and
**                                every one after it.  how: 'error', or 'short'
**                                (half of it is read, the rest is zeros)
**   io_disarm()                  how many have failed since; none does from now on
*/
#include <sqlite3.h>
#include <string.h>

struct file {
  sqlite3_file base;
  sqlite3_file *real; /* behind it in the same block */
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;
static long countdown; /* to the failing read; 0: not armed */
static int persistent, half;
static long failed;

static sqlite3_file *real_of(sqlite3_file *file) {
  return ((struct file *)file)->real;
}

static int file_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset) {
  sqlite3_file *real = real_of(file);
  if (countdown == 0 || --countdown > 0) return real->pMethods->xRead(real, to, amount, offset);
  countdown = persistent;
  failed++;
  if (!half) return SQLITE_IOERR_READ;
  memset(to, 0, (size_t)amount);
  real->pMethods->xRead(real, to, amount / 2, offset);
  return SQLITE_IOERR_SHORT_READ;
}

static int file_close(sqlite3_file *file) {
  return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset) {
  return real_of(file)->pMethods->xWrite(real_of(file), from, amount, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int lock) {
  return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int file_unlock(sqlite3_file *file, int lock) {
  return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int file_check_reserved_lock(sqlite3_file *file, int *result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_device_characteristics(sqlite3_file *file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
};

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags, int *out) {
  struct file *file = (struct file *)base;
  (void)self;
  file->real = (sqlite3_file *)(file + 1);
  int rc = real_vfs->xOpen(real_vfs, name, file->real, flags, out);
  file->base.pMethods = rc == SQLITE_OK ? &methods : NULL;
  return rc;
}

static void arm(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)context;
  (void)argc;
  failed = 0;
  countdown = (long)sqlite3_value_int64(argv[0]);
  persistent = sqlite3_value_int(argv[1]);
  half = strcmp((const char *)sqlite3_value_text(argv[2]), "short") == 0;
}

static void disarm(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  (void)argv;
  countdown = 0;
  sqlite3_result_int64(context, failed);
}

int sqlite3_vfs_init(sqlite3 *db, char **error, const void *api) {
  (void)error;
  (void)api;
  if (!real_vfs) {
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.iVersion = 1;
    vfs.pNext = NULL;
    vfs.zName = "failing";
    vfs.szOsFile = (int)sizeof(struct file) + real_vfs->szOsFile;
    vfs.xOpen = open_file; /* the others need no file of ours, and read what is theirs in pAppData */
    sqlite3_vfs_register(&vfs, 1);
  }
  sqlite3_create_function(db, "io_arm", 3, SQLITE_UTF8, NULL, arm, NULL, NULL);
  sqlite3_create_function(db, "io_disarm", 0, SQLITE_UTF8, NULL, disarm, NULL, NULL);
  return SQLITE_OK_LOAD_PERMANENTLY;
}
