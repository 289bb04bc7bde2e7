#include "tools/tables/core_seconds.h"

#include <sys/resource.h>

#include <initializer_list>

namespace reprise {
namespace {

double SecondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double CoreSeconds() {
  double seconds = 0;
  for (const int whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used = {};
    getrusage(whose, &used);
    seconds += SecondsOf(used.ru_utime) + SecondsOf(used.ru_stime);
  }
  return seconds;
}

}  // namespace reprise
