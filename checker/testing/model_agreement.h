// Compares the verdicts on a model's histories with those of trying every order
// (exhaustive_check.h), on many small random histories.
//
//   ModelAgreement found =
//       CompareWithOracle<CounterSample>(Oracle::kRight, HistoryCount(20'000));
//   EXPECT_EQ(found.problem, "");

#ifndef REPRISE_CHECKER_TESTING_MODEL_AGREEMENT_H_
#define REPRISE_CHECKER_TESTING_MODEL_AGREEMENT_H_

#include <cstdint>
#include <string>

namespace reprise::checker {

// Which model every order is tried with. One that is wrong must be noticed.
enum class Oracle : uint8_t {
  kRight,
  kStuck,     // once its state has changed, it changes no more
  kObliging,  // it answers whatever a client wants to see
};

struct ModelAgreement {
  uint64_t histories = 0;
  uint64_t violated = 0;
  uint64_t direct = 0;  // judged without a search
  uint64_t problems = 0;
  std::string problem = "";  // the first disagreement, if any

  // What was covered, for the log of a test.
  std::string Summary() const;
};

// Judges each history as the model does, and once more by the search alone. A
// contradiction has to contradict itself, and to need each of its answers.
// `Sample` is one of model_sample.h.
template <typename Sample>
ModelAgreement CompareWithOracle(Oracle oracle, uint64_t histories);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_MODEL_AGREEMENT_H_
