/* Go's calls to the system go past the C library. This part of faults.c has the kernel
 * hold those that write, make names and syncs, by a seccomp filter, and a thread does them in
 * their place, with the same faults, kills and records: it is in the same process, so
 * that its files are the same. Calls from the C library, which are caught already, are
 * told by where they come from. */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <link.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "raw.c does not know this machine"
#endif

static int listener = -1;
static pthread_cond_t trapped = PTHREAD_COND_INITIALIZER;

/* serve does a call in Go's place. It is 0 if the kernel is to go on with it. */
static int serve(const struct seccomp_data *d, int64_t *rc) {
  const char *path = (const char *)(uintptr_t)d->args[1], *to = (const char *)(uintptr_t)d->args[3];
  int fd = (int)d->args[0];
  char file[PATH_MAX];
  switch (d->nr) {
  case SYS_fsync:
    *rc = settle(fd, real_fsync, 2);
    return 1;
  case SYS_fdatasync:
    *rc = settle(fd, real_fdatasync, 2);
    return 1;
  case SYS_write:
  case SYS_pwrite64:
    if (!path_of(fd, file)) return 0; /* it may be one that others have to read first */
    *rc = put(fd, (const void *)path, d->args[2], (int64_t)d->args[3], d->nr == SYS_pwrite64);
    return 1;
  case SYS_ftruncate:
    *rc = cut(fd, (int64_t)d->args[1]);
    return 1;
  case SYS_openat:
    if (!watched(path)) return 0;
    *rc = open64(path, (int)d->args[2], (mode_t)d->args[3]);
    return 1;
  case SYS_unlinkat:
    if ((d->args[2] & AT_REMOVEDIR) || !watched(path)) return 0;
    *rc = unlink(path);
    return 1;
  case SYS_linkat:
    if (!watched(to)) return 0;
    *rc = renamed(path, to, 0);
    return 1;
  default:
    if (!watched(to)) return 0;
    *rc = renamed(path, to, 1);
    return 1;
  }
}

/* ours says whether a thread is one of this process, and not of one that it started. */
static int ours(int thread) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d", thread);
  return access(path, F_OK) == 0;
}

static void *attend(void *unused_) {
  (void)unused_;
  pthread_mutex_lock(&mutex);
  while (listener < 0) pthread_cond_wait(&trapped, &mutex);
  pthread_mutex_unlock(&mutex);
  for (;;) {
    struct seccomp_notif call;
    memset(&call, 0, sizeof call);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0) {
      if (errno == EINTR || errno == ENOENT) continue;
      return NULL;
    }
    struct seccomp_notif_resp answer = {.id = call.id};
    int64_t rc = 0;
    if (ours((int)call.pid) && serve(&call.data, &rc)) {
      count[RAW]++;
      if (rc < 0) answer.error = -errno;
      else answer.val = rc;
    } else {
      answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    }
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer); /* it fails if the caller is gone */
  }
}

/* program finds where the program lies, before all libraries: Go's code is in it. */
static int program(struct dl_phdr_info *info, size_t size, void *at) {
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X)) {
      *(uint64_t *)at = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
      return 1;
    }
  return 1;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LET BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define HOLD(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)

/* trap installs the filter. Threads that are started later have it, too; the one that
 * attends to the calls was started before. */
static void trap(void) {
  uint64_t at = 0;
  pthread_t thread;
  sigset_t every, before;
  dl_iterate_phdr(program, &at);
  struct sock_filter code[] = {
      LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0), LET,
      /* The upper half of an address tells the program from the libraries; little end first. */
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(at >> 32), 1, 0), LET,
      LOAD(nr), HOLD(SYS_fsync), HOLD(SYS_fdatasync), HOLD(SYS_openat), HOLD(SYS_unlinkat), HOLD(SYS_linkat),
      HOLD(SYS_renameat), HOLD(SYS_renameat2), HOLD(SYS_write), HOLD(SYS_pwrite64), HOLD(SYS_ftruncate), LET,
  };
  struct sock_fprog filter = {sizeof code / sizeof *code, code};
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, &before); /* Go's handlers are for Go's threads */
  if (pthread_create(&thread, NULL, attend, NULL)) abort();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) abort();
  int fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                        SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &filter);
  if (fd < 0 && errno == EBUSY) return; /* a program that the worker started */
  if (fd < 0) {
    fprintf(stderr, "faults.c: this kernel does not let a program hold its own calls: %s\n", strerror(errno));
    _exit(3);
  }
  pthread_mutex_lock(&mutex);
  listener = fd;
  pthread_cond_signal(&trapped);
  pthread_mutex_unlock(&mutex);
}
