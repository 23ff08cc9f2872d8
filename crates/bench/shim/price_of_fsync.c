/* What a fsync costs, fixed and counted, for files that lie in memory.
 *
 * The disk of a shared machine gives five syncs a second now and thousands a minute later, so a
 * ratio measured on it says more about the neighbours than about us. This library is loaded before
 * all others (LD_PRELOAD); it lets the real call through, then waits for FSYNC_PRICE_US
 * microseconds, and adds one to the number that FSYNC_COUNT_FILE begins with. Several processes may
 * share that file: the number is added to atomically in shared memory.
 *
 * cc -O2 -shared -fPIC -o libprice_of_fsync.so price_of_fsync.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

typedef int (*sync_call)(int);

static sync_call real_fsync, real_fdatasync;
static uint64_t *count;
static long price_us;

/* Runs when the library is loaded, before any thread of the program. */
__attribute__((constructor)) static void prepare(void) {
    const char *price = getenv("FSYNC_PRICE_US");
    const char *path = getenv("FSYNC_COUNT_FILE");
    real_fsync = (sync_call)dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (sync_call)dlsym(RTLD_NEXT, "fdatasync");
    price_us = price ? strtol(price, NULL, 10) : 0;
    if (!path) return;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) count = page;
    close(file);
}

static int paid(sync_call real, int file) {
    if (!real) {
        errno = ENOSYS;
        return -1;
    }
    int answer = real(file);
    int cause = errno;
    if (count) __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
    if (price_us > 0) {
        struct timespec left = {price_us / 1000000, (price_us % 1000000) * 1000};
        while (nanosleep(&left, &left) != 0 && errno == EINTR) {}
    }
    errno = cause;
    return answer;
}

int fsync(int file) { return paid(real_fsync, file); }
int fdatasync(int file) { return paid(real_fdatasync, file); }
