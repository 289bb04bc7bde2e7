// Notices what tasks ask the system for: strong definitions of the functions of
// the C library, which come before the library's own and hand on to them.
//
// tidy: allow-file(wall-clock, sleep, random, thread) it defines what is banned

#include "reprise/sim/core/sanitizer.h"

// The sanitizers define these functions themselves; there it is plainly off.
#if !defined(REPRISE_ADDRESS_SANITIZER) && !defined(REPRISE_THREAD_SANITIZER)

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/times.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/forbidden_calls.h"

namespace reprise {

bool IsSandboxLinked() { return true; }

namespace {

// Cheap where nothing is simulated, and safe before main().
[[gnu::always_inline]] inline void Note(Forbidden kind, const char* function) {
  const Context& context = CurrentContext();
  if (context.task == nullptr || context.memory == nullptr) return;
  NoteForbiddenCall(kind, function);
}

void* FindNext(const char* function) {
  void* next = dlsym(RTLD_NEXT, function);
  REPRISE_CHECK(next != nullptr, "the C library lacks ", function);
  return next;
}

Forbidden KindOfPath(const char* path) {
  const bool is_random = std::strcmp(path, "/dev/urandom") == 0 ||
                         std::strcmp(path, "/dev/random") == 0;
  return is_random ? Forbidden::kEntropy : Forbidden::kFile;
}

// The mode of open() and its kin, which is there only with these flags.
mode_t ModeOf(int flags, va_list arguments) {
  const bool has_mode = (flags & O_CREAT) != 0 ||  //
                        (flags & O_TMPFILE) == O_TMPFILE;
  return has_mode ? va_arg(arguments, mode_t) : 0;
}

}  // namespace
}  // namespace reprise

using reprise::Forbidden;
using reprise::KindOfPath;
using reprise::ModeOf;

// Notes the call and hands it on.
#define REPRISE_HAND_ON(kind, function, ...)                               \
  reprise::Note(kind, #function);                                          \
  static const auto next =                                                 \
      reinterpret_cast<decltype(&function)>(reprise::FindNext(#function)); \
  return next(__VA_ARGS__)

#define REPRISE_HAND_ON_WITH_MODE(function, path, flags, ...) \
  va_list arguments;                                          \
  va_start(arguments, flags);                                 \
  const mode_t mode = ModeOf(flags, arguments);               \
  va_end(arguments);                                          \
  REPRISE_HAND_ON(KindOfPath(path), function, __VA_ARGS__, mode)

extern "C" {

// What <fcntl.h> and <poll.h> turn some calls into.
int __open_2(const char* path, int flags);
int __open64_2(const char* path, int flags);
int __openat_2(int folder, const char* path, int flags);
int __openat64_2(int folder, const char* path, int flags);
int __poll_chk(pollfd* fds, nfds_t count, int timeout, size_t size);
// Not in older C libraries.
uint32_t arc4random() noexcept;

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  REPRISE_HAND_ON(Forbidden::kWallClock, clock_gettime, clock, time);
}
int gettimeofday(timeval* time, void* zone) noexcept {
  REPRISE_HAND_ON(Forbidden::kWallClock, gettimeofday, time, zone);
}
time_t time(time_t* seconds) noexcept {
  REPRISE_HAND_ON(Forbidden::kWallClock, time, seconds);
}
int timespec_get(timespec* time, int base) noexcept {
  REPRISE_HAND_ON(Forbidden::kWallClock, timespec_get, time, base);
}
clock_t clock() noexcept { REPRISE_HAND_ON(Forbidden::kWallClock, clock); }
clock_t times(tms* buffer) noexcept {
  REPRISE_HAND_ON(Forbidden::kWallClock, times, buffer);
}

ssize_t getrandom(void* buffer, size_t size, unsigned flags) {
  REPRISE_HAND_ON(Forbidden::kEntropy, getrandom, buffer, size, flags);
}
int getentropy(void* buffer, size_t size) {
  REPRISE_HAND_ON(Forbidden::kEntropy, getentropy, buffer, size);
}
uint32_t arc4random() noexcept {
  REPRISE_HAND_ON(Forbidden::kEntropy, arc4random);
}

int nanosleep(const timespec* length, timespec* left) {
  REPRISE_HAND_ON(Forbidden::kSleep, nanosleep, length, left);
}
int clock_nanosleep(clockid_t clock, int flags, const timespec* length,
                    timespec* left) {
  REPRISE_HAND_ON(Forbidden::kSleep, clock_nanosleep, clock, flags, length,
                  left);
}
int usleep(useconds_t length) {
  REPRISE_HAND_ON(Forbidden::kSleep, usleep, length);
}
unsigned sleep(unsigned seconds) {
  REPRISE_HAND_ON(Forbidden::kSleep, sleep, seconds);
}
int poll(pollfd* fds, nfds_t count, int timeout) {
  REPRISE_HAND_ON(Forbidden::kSleep, poll, fds, count, timeout);
}
int __poll_chk(pollfd* fds, nfds_t count, int timeout, size_t size) {
  REPRISE_HAND_ON(Forbidden::kSleep, __poll_chk, fds, count, timeout, size);
}
int ppoll(pollfd* fds, nfds_t count, const timespec* timeout,
          const sigset_t* mask) {
  REPRISE_HAND_ON(Forbidden::kSleep, ppoll, fds, count, timeout, mask);
}
int select(int count, fd_set* reads, fd_set* writes, fd_set* errors,
           timeval* timeout) {
  REPRISE_HAND_ON(Forbidden::kSleep, select, count, reads, writes, errors,
                  timeout);
}
int pselect(int count, fd_set* reads, fd_set* writes, fd_set* errors,
            const timespec* timeout, const sigset_t* mask) {
  REPRISE_HAND_ON(Forbidden::kSleep, pselect, count, reads, writes, errors,
                  timeout, mask);
}
int epoll_wait(int epoll, epoll_event* events, int count, int timeout) {
  REPRISE_HAND_ON(Forbidden::kSleep, epoll_wait, epoll, events, count, timeout);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                   void* (*body)(void*), void* argument) noexcept {
  REPRISE_HAND_ON(Forbidden::kThread, pthread_create, thread, attributes, body,
                  argument);
}

int thrd_create(thrd_t* thread, thrd_start_t body, void* argument) {
  REPRISE_HAND_ON(Forbidden::kThread, thrd_create, thread, body, argument);
}

pid_t fork() noexcept { REPRISE_HAND_ON(Forbidden::kProcess, fork); }
int system(const char* command) {
  REPRISE_HAND_ON(Forbidden::kProcess, system, command);
}
FILE* popen(const char* command, const char* mode) {
  REPRISE_HAND_ON(Forbidden::kProcess, popen, command, mode);
}
int posix_spawn(pid_t* process, const char* path,
                const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const arguments[],
                char* const environment[]) {
  REPRISE_HAND_ON(Forbidden::kProcess, posix_spawn, process, path, actions,
                  attributes, arguments, environment);
}
int posix_spawnp(pid_t* process, const char* file,
                 const posix_spawn_file_actions_t* actions,
                 const posix_spawnattr_t* attributes, char* const arguments[],
                 char* const environment[]) {
  REPRISE_HAND_ON(Forbidden::kProcess, posix_spawnp, process, file, actions,
                  attributes, arguments, environment);
}

int socket(int domain, int type, int protocol) noexcept {
  REPRISE_HAND_ON(Forbidden::kSocket, socket, domain, type, protocol);
}
int socketpair(int domain, int type, int protocol, int* pair) noexcept {
  REPRISE_HAND_ON(Forbidden::kSocket, socketpair, domain, type, protocol, pair);
}
int connect(int socket, const sockaddr* address, socklen_t size) {
  REPRISE_HAND_ON(Forbidden::kSocket, connect, socket, address, size);
}
int bind(int socket, const sockaddr* address, socklen_t size) noexcept {
  REPRISE_HAND_ON(Forbidden::kSocket, bind, socket, address, size);
}
int accept(int socket, sockaddr* address, socklen_t* size) {
  REPRISE_HAND_ON(Forbidden::kSocket, accept, socket, address, size);
}
int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                addrinfo** result) {
  REPRISE_HAND_ON(Forbidden::kSocket, getaddrinfo, node, service, hints,
                  result);
}

int open(const char* path, int flags, ...) {
  REPRISE_HAND_ON_WITH_MODE(open, path, flags, path, flags);
}
int open64(const char* path, int flags, ...) {
  REPRISE_HAND_ON_WITH_MODE(open64, path, flags, path, flags);
}
int openat(int folder, const char* path, int flags, ...) {
  REPRISE_HAND_ON_WITH_MODE(openat, path, flags, folder, path, flags);
}
int openat64(int folder, const char* path, int flags, ...) {
  REPRISE_HAND_ON_WITH_MODE(openat64, path, flags, folder, path, flags);
}
int __open_2(const char* path, int flags) {
  REPRISE_HAND_ON(KindOfPath(path), __open_2, path, flags);
}
int __open64_2(const char* path, int flags) {
  REPRISE_HAND_ON(KindOfPath(path), __open64_2, path, flags);
}
int __openat_2(int folder, const char* path, int flags) {
  REPRISE_HAND_ON(KindOfPath(path), __openat_2, folder, path, flags);
}
int __openat64_2(int folder, const char* path, int flags) {
  REPRISE_HAND_ON(KindOfPath(path), __openat64_2, folder, path, flags);
}
int creat(const char* path, mode_t mode) {
  REPRISE_HAND_ON(Forbidden::kFile, creat, path, mode);
}
int creat64(const char* path, mode_t mode) {
  REPRISE_HAND_ON(Forbidden::kFile, creat64, path, mode);
}
FILE* fopen(const char* path, const char* mode) {
  REPRISE_HAND_ON(KindOfPath(path), fopen, path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
  REPRISE_HAND_ON(KindOfPath(path), fopen64, path, mode);
}
DIR* opendir(const char* path) {
  REPRISE_HAND_ON(Forbidden::kFile, opendir, path);
}

}  // extern "C"

// It asks the processor, not the C library.
std::random_device::result_type std::random_device::_M_getval() {
  reprise::Note(Forbidden::kEntropy, "std::random_device");
  static const auto next =
      reinterpret_cast<result_type (*)(std::random_device*)>(
          reprise::FindNext("_ZNSt13random_device9_M_getvalEv"));
  return next(this);
}

#endif  // No sanitizer.
