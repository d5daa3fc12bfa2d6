/* A preloaded library that makes a power cut visible: before a file under
 * $POWERCUT_DIR is written or cut, what was there is appended to the log
 * $POWERCUT_LOG, and so is every fsync. After the program was killed, the test
 * takes back all that was not synced (durability_linux_test.go).
 *
 * A record: kind ('w' or 's'), length of the path, offset, size of the file
 * before, number of old bytes; then the path and the old bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int log_fd(void) {
  static int fd = -2;
  if (fd == -2) {
    const char *name = getenv("POWERCUT_LOG");
    fd = name ? open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  }
  return fd;
}

static int watched(int fd, char path[PATH_MAX]) {
  char link[64];
  const char *dir = getenv("POWERCUT_DIR");
  if (!dir || log_fd() < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  if (strncmp(path, dir, strlen(dir)) != 0) return 0;
  return n < 4 || strcmp(path + n - 4, "-shm") != 0; /* no data, and mapped */
}

static void record(char kind, const char *path, int64_t offset, int64_t size, const void *old, int64_t n) {
  int64_t head[5] = {kind, (int64_t)strlen(path), offset, size, n};
  struct iovec parts[3] = {{head, sizeof head}, {(void *)path, strlen(path)}, {(void *)old, (size_t)n}};
  if (writev(log_fd(), parts, 3) < 0) abort();
}

/* keep logs what lies in [offset, offset + n) of a file. */
static void keep(int fd, int64_t offset, int64_t n) {
  char path[PATH_MAX];
  struct stat st;
  if (!watched(fd, path) || fstat(fd, &st) != 0) return;
  if (offset + n > st.st_size) n = st.st_size - offset;
  if (n < 0) n = 0;
  char *old = malloc((size_t)n + 1);
  if (!old || (n > 0 && pread(fd, old, (size_t)n, offset) != n)) abort();
  pthread_mutex_lock(&mutex);
  record('w', path, offset, st.st_size, old, n);
  pthread_mutex_unlock(&mutex);
  free(old);
}

static void synced(int fd) {
  char path[PATH_MAX];
  if (!watched(fd, path)) return;
  pthread_mutex_lock(&mutex);
  record('s', path, 0, 0, "", 0);
  pthread_mutex_unlock(&mutex);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *buf, size_t n) {
  keep(fd, lseek(fd, 0, SEEK_CUR), (int64_t)n);
  return REAL(write)(fd, buf, n);
}
ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset) {
  keep(fd, offset, (int64_t)n);
  return REAL(pwrite)(fd, buf, n, offset);
}
ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t offset) {
  keep(fd, offset, (int64_t)n);
  return REAL(pwrite64)(fd, buf, n, offset);
}
int ftruncate(int fd, off_t size) {
  keep(fd, size, INT32_MAX);
  return REAL(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
  keep(fd, size, INT32_MAX);
  return REAL(ftruncate64)(fd, size);
}
int fsync(int fd) {
  int rc = REAL(fsync)(fd);
  if (rc == 0) synced(fd);
  return rc;
}
int fdatasync(int fd) {
  int rc = REAL(fdatasync)(fd);
  if (rc == 0) synced(fd);
  return rc;
}
