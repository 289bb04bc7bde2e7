// An example of a model of one's own: named first-in-first-out queues.

#ifndef REPRISE_CHECKER_TESTING_QUEUE_MODEL_H_
#define REPRISE_CHECKER_TESTING_QUEUE_MODEL_H_

#include <cstdint>
#include <deque>
#include <string>

#include "reprise/checker/history/hash.h"

namespace reprise::checker {

struct OwnQueueModel {
  using State = std::deque<std::string>;
  struct Input {
    std::string key;
    std::string push = "";  // what is pushed; "" pops
  };
  using Output = std::string;  // what was popped; "" if the queue was empty

  static State Init() { return {}; }

  static bool Step(const Input& input, const Output* output, State& queue) {
    if (!input.push.empty()) {
      queue.push_back(input.push);
      return true;
    }
    const std::string front = queue.empty() ? "" : queue.front();
    if (output != nullptr && *output != front) return false;
    if (!queue.empty()) queue.pop_front();
    return true;
  }

  static std::string Describe(const Input& input, const Output* output) {
    if (!input.push.empty())
      return "Push(" + input.key + ", " + input.push + ")";
    return "Pop(" + input.key + ") = " + (output != nullptr ? *output : "?");
  }

  static std::string Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    return input.push.empty() && output != nullptr && output->empty();
  }
  static uint64_t Hash(const State& queue) {
    uint64_t hash = 0;
    for (const std::string& value : queue) {
      hash = MultiplyFold(hash ^ HashBytes(value), 0x9e3779b97f4a7c15u);
    }
    return hash;
  }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_QUEUE_MODEL_H_
