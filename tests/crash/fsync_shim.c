/* Preloaded into a program that writes, to know what a power failure would leave of its files.
 *
 * Every write, truncation and fsync of a file below SHIM_FOLDER is appended to the file SHIM_LOG, in the order in which they ended. After a
 * kill -9 tests/crash/disk.py builds from that log what the disk is certain to hold: what an fsync covered, and of the rest whatever it likes.
 *
 *   SHIM_FOLDER, SHIM_LOG   what is recorded, and where
 *   SHIM_FSYNC_MS           how long an fsync takes
 *   SHIM_SWALLOW=1          fsync is a lie: it says it is done and covers nothing
 *   SHIM_SYNCHRONOUS        SQLite's "synchronous = full" becomes this (normal, off)
 *   SHIM_ROOM               bytes by which all files together may grow; past it the disk is full (ENOSPC)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* A record of the log: the header, the file's path, the data of a write. */
struct record {
  uint32_t kind;   /* W write, T truncation to offset, S fsync */
  uint32_t path;   /* length of the path */
  uint64_t number; /* counts writes and truncations; for an fsync: how many came before it began */
  uint64_t offset;
  uint64_t length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char const *folder;
static int log_file = -1;
static int swallow;
static long fsync_ms;
static long long room = -1;
static uint64_t changes;

static ssize_t (*real_pwrite)(int, void const *, size_t, off_t);
static ssize_t (*real_write)(int, void const *, size_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

static void *find(char const *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

__attribute__((constructor)) static void begin(void) {
  real_pwrite = (ssize_t(*)(int, void const *, size_t, off_t))find("pwrite64");
  real_write = (ssize_t(*)(int, void const *, size_t))find("write");
  real_ftruncate = (int (*)(int, off_t))find("ftruncate64");
  real_fsync = (int (*)(int))find("fsync");
  real_fdatasync = (int (*)(int))find("fdatasync");
  folder = getenv("SHIM_FOLDER");
  char const *value = getenv("SHIM_LOG");
  if (value) log_file = open(value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  value = getenv("SHIM_SWALLOW");
  swallow = value && *value == '1';
  value = getenv("SHIM_FSYNC_MS");
  fsync_ms = value ? atol(value) : 0;
  value = getenv("SHIM_ROOM");
  room = value ? atoll(value) : -1;
}

/* Whether writes are recorded or counted; where only fsync is slowed down, a write costs what it costs without us. */
static int watches_writes(void) { return log_file >= 0 || room >= 0; }

/* The path of an open file below the folder; 0 for any other. */
static size_t path_of(int file, char *path, size_t size) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t const length = readlink(link, path, size - 1);
  if (!folder || length <= 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0 ? (size_t)length : 0;
}

/* Under the lock. A kill in the middle leaves half a record at the end, which the reader knows. */
static void append(uint32_t kind, char const *path, size_t path_length, uint64_t number, uint64_t offset, void const *data, uint64_t length) {
  if (log_file < 0) return;
  struct record head = {kind, (uint32_t)path_length, number, offset, kind == 'W' ? length : 0};
  struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, path_length}, {(void *)data, kind == 'W' ? length : 0}};
  if (writev(log_file, parts, kind == 'W' ? 3 : 2) < 0) abort();
}

/* Whether the disk has room for a write that ends at `end`. Under the lock. */
static int has_room(int file, uint64_t end) {
  struct stat about;
  if (room < 0 || fstat(file, &about) != 0 || end <= (uint64_t)about.st_size) return 1;
  long long const growth = (long long)(end - (uint64_t)about.st_size);
  if (growth > room) return 0;
  room -= growth;
  return 1;
}

ssize_t pwrite64(int file, void const *data, size_t length, off_t offset) {
  char path[4096];
  size_t const known = watches_writes() ? path_of(file, path, sizeof path) : 0;
  if (!known) return real_pwrite(file, data, length, offset);
  pthread_mutex_lock(&lock);
  ssize_t written = -1;
  if (has_room(file, (uint64_t)offset + length)) {
    written = real_pwrite(file, data, length, offset);
    if (written > 0) append('W', path, known, ++changes, (uint64_t)offset, data, (uint64_t)written);
  } else errno = ENOSPC;
  int const error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return written;
}
ssize_t pwrite(int file, void const *data, size_t length, off_t offset) { return pwrite64(file, data, length, offset); }

/* SQLite writes with pwrite; whoever writes at the file's own position is noted too. */
ssize_t write(int file, void const *data, size_t length) {
  char path[4096];
  size_t const known = watches_writes() ? path_of(file, path, sizeof path) : 0;
  if (!known) return real_write(file, data, length);
  off_t const offset = lseek(file, 0, SEEK_CUR);
  if (offset < 0) return real_write(file, data, length);
  ssize_t const written = pwrite64(file, data, length, offset);
  if (written > 0) lseek(file, offset + written, SEEK_SET);
  return written;
}

int ftruncate64(int file, off_t length) {
  char path[4096];
  size_t const known = watches_writes() ? path_of(file, path, sizeof path) : 0;
  if (!known) return real_ftruncate(file, length);
  pthread_mutex_lock(&lock);
  int const result = real_ftruncate(file, length);
  if (result == 0) append('T', path, known, ++changes, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

static int synchronize(int file, int (*real)(int)) {
  char path[4096];
  size_t const known = path_of(file, path, sizeof path);
  if (!known) return real(file);
  pthread_mutex_lock(&lock);
  uint64_t const covered = changes;
  pthread_mutex_unlock(&lock);
  if (fsync_ms > 0) {
    struct timespec const pause = {fsync_ms / 1000, fsync_ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
  }
  if (swallow) return 0;
  if (log_file < 0) return real(file);  /* only slowed down */
  /* The disk is the log here: what stands in it up to now is what the real call would have covered. */
  pthread_mutex_lock(&lock);
  append('S', path, known, covered, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return 0;
}
int fsync(int file) { return synchronize(file, real_fsync); }
int fdatasync(int file) { return synchronize(file, real_fdatasync); }

/* So that a test can lower what the program sets. */
int sqlite3_exec(void *database, char const *sql, void *callback, void *context, char **message) {
  static int (*real)(void *, char const *, void *, void *, char **);
  if (!real) {
    void *library = dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_NOLOAD);
    real = library ? (int (*)(void *, char const *, void *, void *, char **))dlsym(library, "sqlite3_exec") : NULL;
    if (!real) abort();
  }
  char const *lowered = getenv("SHIM_SYNCHRONOUS");
  char const *set = lowered ? strstr(sql, "synchronous = full") : NULL;
  if (!set) return real(database, sql, callback, context, message);
  char text[1024];
  snprintf(text, sizeof text, "%.*ssynchronous = %s%s", (int)(set - sql), sql, lowered, set + strlen("synchronous = full"));
  return real(database, text, callback, context, message);
}
