// Measurement: what one program of the comparison says of its run of workload
// W, as one line of text.
//
// The seconds are the process's CPU time. Each program has one thread, so on an
// idle machine that is wall time; on a busy one it leaves out what others take.
//
// C++17, and free of the simulator.
//
//   const double start = CpuSeconds();
//   ...
//   Print({completed, attempts, latency_ms, CpuSeconds() - start});

#ifndef TOOLS_COMPARE_MEASUREMENT_H_
#define TOOLS_COMPARE_MEASUREMENT_H_

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>

namespace reprise {

struct Measurement {
  uint64_t completed = 0;   // Calls.
  uint64_t attempts = 0;    // Requests sent for them.
  double latency_ms = 0.0;  // Virtual, the mean of completed calls.
  double seconds = 0.0;
};

inline double CpuSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

inline void Print(const Measurement& measurement) {
  std::printf("%llu %llu %.9f %.9f\n",
              static_cast<unsigned long long>(measurement.completed),
              static_cast<unsigned long long>(measurement.attempts),
              measurement.latency_ms, measurement.seconds);
}

// Reads what Print() printed; false for anything else.
inline bool Parse(const std::string& line, Measurement& measurement) {
  unsigned long long completed = 0;
  unsigned long long attempts = 0;
  const int fields =
      std::sscanf(line.c_str(), "%llu %llu %lf %lf", &completed, &attempts,
                  &measurement.latency_ms, &measurement.seconds);
  measurement.completed = completed;
  measurement.attempts = attempts;
  return fields == 4;
}

}  // namespace reprise

#endif  // TOOLS_COMPARE_MEASUREMENT_H_
