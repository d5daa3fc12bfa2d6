/* A preloaded library between SQLite and the disk. It watches the files below
 * $TORTURE_DIR and does what the environment says:
 *
 *   TORTURE_SEED    which faults, and where
 *   TORTURE_FAULTS  one call in so many fails (0: none)
 *   TORTURE_FAIL    the call that fails, and no other (0: none)
 *   TORTURE_KILL    the call during which the process is killed (0: none)
 *   TORTURE_LIE     syncs say they are done and are not
 *   TORTURE_FOLDER  syncs of the folder fail: 1 those of SQLite, 2 those of Go, 3 all
 *   TORTURE_DOUBT   the sync of a log (-wal) that fails, and is the last thing the
 *                   process does (0: none)
 *   TORTURE_LOG     a folder: in a file of its own there each process notes every
 *                   write, cut, sync, making and removal of a file, so that the
 *                   harness can work out what a power cut leaves (cut_test.go)
 *   TORTURE_COUNTS  a file of counters, shared with the harness and with all
 *                   processes: what was done to this process survives it
 *
 * What SQLite asks of the system goes through the C library and is caught here; what Go
 * asks goes past it and is caught in raw.c.
 *
 * A record of the log: its number, kind, length of the path, offset or size, which number
 * was the last when a sync began, which covers all up to it, length of the data; then the
 * path and the data. The numbers are those of all processes together, and a process has its
 * own file because one that is killed may leave half a record, which ends the file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The counters, in the order in which the harness reads them. */
enum { CALLS, SHORT, NOSPACE, IOERROR, SYNCERROR, CUTERROR, NAMEERROR, KILLED, RAW, NUMBER, FAILED, FAILED_LOG, COUNTERS };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char dir[PATH_MAX];
static int log_fd = -1, lie, bad_folder;
static uint64_t state, one_in, fail_at, kill_at, doubt_at, log_syncs;
static uint64_t unused[COUNTERS], *count = unused;
static int burst, burst_error; /* a disk that is full stays full for a while */

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off64_t);
static int (*real_unlink)(const char *), (*real_open)(const char *, int, ...);

static void trap(void);

static uint64_t number(const char *name) {
  const char *s = getenv(name);
  return s ? strtoull(s, NULL, 10) : 0;
}

/* next is the number of a record: what is done first has the lower one. */
static int64_t next(void) { return (int64_t)__atomic_add_fetch(&count[NUMBER], 1, __ATOMIC_SEQ_CST); }

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_open = dlsym(RTLD_NEXT, "open64");
  const char *d = getenv("TORTURE_DIR"), *log = getenv("TORTURE_LOG"), *counts = getenv("TORTURE_COUNTS");
  if (!d) return;
  snprintf(dir, sizeof dir, "%s/", d);
  state = number("TORTURE_SEED") * 2 + 1;
  one_in = number("TORTURE_FAULTS");
  kill_at = number("TORTURE_KILL");
  fail_at = number("TORTURE_FAIL");
  doubt_at = number("TORTURE_DOUBT");
  lie = number("TORTURE_LIE") != 0;
  bad_folder = (int)number("TORTURE_FOLDER");
  if (counts) {
    int fd = real_open(counts, O_RDWR | O_CLOEXEC);
    void *p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof unused, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p != MAP_FAILED) count = p;
    if (fd >= 0) close(fd);
  }
  if (log) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%lld", log, (long long)next());
    log_fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  trap();
}

/* chance draws a number below n (splitmix64). The mutex is held. */
static uint64_t chance(uint64_t n) {
  uint64_t z = (state += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return (z ^ (z >> 31)) % n;
}

/* watched says whether a path is below the folder, and whether its content
 * matters: what is in -shm is memory. */
static int watched(const char *path) { return *dir && !strncmp(path, dir, strlen(dir)); }
static int lasting(const char *path) {
  size_t n = strlen(path);
  return n < 4 || strcmp(path + n - 4, "-shm");
}
static int path_of(int fd, char path[PATH_MAX]) {
  char link[64];
  if (!*dir) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  return watched(path) || (strlen(dir) == (size_t)n + 1 && !strncmp(path, dir, n)); /* the folder itself is synced, too */
}

/* recorded is the number of the last record. */
static int64_t recorded(void) { return (int64_t)__atomic_load_n(&count[NUMBER], __ATOMIC_SEQ_CST); }

/* record_as appends to the log. The mutex is held. */
static void record_as(int64_t number, char kind, const char *path, int64_t offset, int64_t covers, const void *data, size_t n) {
  int64_t head[6] = {number, kind, (int64_t)strlen(path), offset, covers, (int64_t)n};
  struct iovec parts[3] = {{head, sizeof head}, {(void *)path, strlen(path)}, {(void *)data, n}};
  if (log_fd < 0 || !lasting(path)) return;
  if (real_writev(log_fd, parts, 3) < 0) abort();
}
static void record(char kind, const char *path, int64_t offset, int64_t covers, const void *data, size_t n) {
  record_as(next(), kind, path, offset, covers, data, n);
}

/* broken counts the syncs of a file that failed, by any process: like Linux, which tells each
 * handle of the file of it once, with its next sync. A project and its log are told apart;
 * drafts have one handle. */
static int is_log(const char *path) {
  size_t n = strlen(path);
  return n > 4 && !strcmp(path + n - 4, "-wal");
}
static uint64_t *broken(const char *path) { return &count[is_log(path) ? FAILED_LOG : FAILED]; }
static uint64_t known[1024]; /* by handle: how many it knows of */
static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < 1024) known[fd] = __atomic_load_n(broken(path), __ATOMIC_SEQ_CST);
  return fd;
}

static void die(void) {
  count[KILLED]++;
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* tick counts a call and says whether the process dies in it. */
static int tick(void) { return ++count[CALLS] == kill_at; }

/* fault draws an error for a call, 0 for none. */
static int fault(int error) {
  if (count[CALLS] == fail_at) return error;
  if (burst > 0) {
    burst--;
    return burst_error;
  }
  if (!one_in || chance(one_in)) return 0;
  if (!chance(4)) burst = (int)chance(12);
  return burst_error = error;
}

/* put is every write: whole, short, refused, or the last thing the process does. */
static ssize_t put(int fd, const void *buf, size_t n, int64_t offset, int at) {
  char path[PATH_MAX];
  ssize_t done;
  if (!path_of(fd, path)) return at ? real_pwrite(fd, buf, n, offset) : real_write(fd, buf, n);
  pthread_mutex_lock(&mutex);
  if (!at) offset = lseek64(fd, 0, SEEK_CUR);
  int dies = tick(), error = fault(chance(2) ? ENOSPC : EIO);
  if (dies && chance(2)) die();
  if (dies || (error && n > 1 && chance(3) == 0)) { /* a part of it */
    n = n > 1 ? 1 + chance(n - 1) : n;
    if (!dies) count[SHORT]++;
    error = 0;
  }
  if (error) {
    count[error == ENOSPC ? NOSPACE : IOERROR]++;
    errno = error;
    done = -1;
  } else {
    record('w', path, offset, 0, buf, n);
    done = at ? real_pwrite(fd, buf, n, offset) : real_write(fd, buf, n);
  }
  if (dies) die();
  int kept = errno;
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return done;
}

static int cut(int fd, int64_t size) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real_ftruncate(fd, size);
  pthread_mutex_lock(&mutex);
  int dies = tick(), error = fault(EIO), rc = -1;
  if (dies && chance(2)) die();
  if (error) {
    count[CUTERROR]++;
  } else {
    record('t', path, size, 0, "", 0);
    rc = real_ftruncate(fd, size);
    error = errno;
  }
  if (dies) die();
  pthread_mutex_unlock(&mutex);
  errno = error;
  return rc;
}

/* A sync covers what was written before it began. One of a file that fails covers
 * nothing, and as on Linux no later one covers that either; whoever else has the file open
 * hears of it with the next one, which does its work nevertheless. by is who syncs: 1 is SQLite, 2 is Go. */
static int settle(int fd, int (*real)(int), int by) {
  static const int errors[] = {EIO, EROFS, ENOSPC, EIO};
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real(fd);
  pthread_mutex_lock(&mutex);
  int64_t covers = recorded();
  int dies = tick(), error = fault(errors[chance(4)]), folder = !watched(path), hears = 0;
  if ((bad_folder & by) && folder) error = EIO;
  if (dies && chance(2)) die();
  int doubted = doubt_at && is_log(path) && ++log_syncs == doubt_at;
  if (doubted) error = EIO;
  if (error && !folder) __atomic_add_fetch(broken(path), 1, __ATOMIC_SEQ_CST);
  if (!folder && fd < 1024) {
    uint64_t all = __atomic_load_n(broken(path), __ATOMIC_SEQ_CST);
    hears = !error && known[fd] < all;
    known[fd] = all;
  }
  if (error) {
    count[SYNCERROR]++;
    record('e', path, 0, covers, "", 0);
    if (doubted) die();
    pthread_mutex_unlock(&mutex);
    errno = error;
    return -1;
  }
  pthread_mutex_unlock(&mutex); /* others write meanwhile */
  int rc = real(fd), kept = errno;
  pthread_mutex_lock(&mutex);
  if (rc == 0 && !lie) record('s', path, 0, covers, "", 0);
  if (hears) {
    count[SYNCERROR]++;
    rc = -1;
    kept = EIO;
  }
  if (dies) die();
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return rc;
}

ssize_t write(int fd, const void *buf, size_t n) { return put(fd, buf, n, 0, 0); }
ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset) { return put(fd, buf, n, offset, 1); }
ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t offset) { return put(fd, buf, n, offset, 1); }
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }
int fsync(int fd) { return settle(fd, real_fsync, 1); }
int fdatasync(int fd) { return settle(fd, real_fdatasync, 1); }

/* gather is a write of several pieces, one after the other until one is cut short. */
static ssize_t gather(int fd, const struct iovec *parts, int n, int64_t offset, int at) {
  ssize_t sum = 0;
  for (int i = 0; i < n; i++) {
    ssize_t done = put(fd, parts[i].iov_base, parts[i].iov_len, offset + sum, at);
    if (done < 0) return sum ? sum : done;
    sum += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return sum;
}
ssize_t writev(int fd, const struct iovec *parts, int n) { return gather(fd, parts, n, 0, 0); }
ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t offset) { return gather(fd, parts, n, offset, 1); }
ssize_t pwritev64(int fd, const struct iovec *parts, int n, off64_t offset) { return gather(fd, parts, n, offset, 1); }

int unlink(const char *path) {
  if (!watched(path)) return real_unlink(path);
  pthread_mutex_lock(&mutex);
  int dies = tick();
  if (dies && chance(2)) die();
  int64_t at = next(); /* whoever makes the name anew has a later one */
  int rc = real_unlink(path), kept = errno;
  if (rc == 0) record_as(at, 'u', path, 0, 0, "", 0);
  if (dies) die();
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return rc;
}

int open64(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list args;
    va_start(args, flags);
    mode = va_arg(args, mode_t);
    va_end(args);
  }
  if (!watched(path)) return real_open(path, flags, mode);
  if (!(flags & O_CREAT)) return opened(real_open(path, flags, mode), path);
  pthread_mutex_lock(&mutex);
  if (access(path, F_OK) != 0) record('c', path, 0, 0, "", 0); /* before it is there, and others write to it */
  int fd = opened(real_open(path, flags, mode), path), kept = errno;
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return fd;
}

/* renamed gives a file a second name, or with move another one. */
static int renamed(const char *old, const char *path, int move) {
  pthread_mutex_lock(&mutex);
  int dies = tick(), error = fault(chance(2) ? ENOSPC : EIO), rc = -1;
  if (one_in && !chance(10)) error = ENOSPC; /* there are few of these */
  if (dies && chance(2)) die();
  if (error) {
    count[NAMEERROR]++;
  } else {
    int64_t at = next();
    rc = move ? rename(old, path) : link(old, path);
    error = errno;
    if (rc == 0) record_as(at, move ? 'm' : 'l', path, 0, 0, old, strlen(old));
  }
  if (dies) die();
  pthread_mutex_unlock(&mutex);
  errno = error;
  return rc;
}

#include "raw.c"
