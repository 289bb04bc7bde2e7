// PlantedBug: an Env that breaks one promise, and the test of the suite that
// must notice.

#ifndef TESTS_CONFORMANCE_PLANTED_BUG_H_
#define TESTS_CONFORMANCE_PLANTED_BUG_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {

struct PlantedBug {
  std::string name;     // As a part of the name of a test: letters.
  std::string noticer;  // "ClockTest.NowNeverGoesBack"
  // An Env like the one given, but for the bug.
  std::function<std::unique_ptr<Env>(Env&)> plant;
};

std::vector<PlantedBug> BugsOfClocksAndTasks();
std::vector<PlantedBug> BugsOfNetworks();
std::vector<PlantedBug> BugsOfDisks();

// An Env whose clock, network, tasks or disk is a Broken, made of the right
// one.
template <typename Broken>
class WithClock final : public ForwardingEnv {
 public:
  explicit WithClock(Env& env) : ForwardingEnv(env), broken_(env.clock()) {}
  Clock& clock() override { return broken_; }

 private:
  Broken broken_;
};

template <typename Broken>
class WithNetwork final : public ForwardingEnv {
 public:
  explicit WithNetwork(Env& env) : ForwardingEnv(env), broken_(env.network()) {}
  Network& network() override { return broken_; }

 private:
  Broken broken_;
};

template <typename Broken>
class WithTasks final : public ForwardingEnv {
 public:
  explicit WithTasks(Env& env) : ForwardingEnv(env), broken_(env.tasks()) {}
  Tasks& tasks() override { return broken_; }

 private:
  Broken broken_;
};

template <typename Broken>
class WithDisk final : public ForwardingEnv {
 public:
  explicit WithDisk(Env& env) : ForwardingEnv(env), broken_(env.disk()) {}
  Disk& disk() override { return broken_; }

 private:
  Broken broken_;
};

template <typename BrokenEnv>
std::unique_ptr<Env> Plant(Env& env) {
  return std::make_unique<BrokenEnv>(env);
}

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_PLANTED_BUG_H_
