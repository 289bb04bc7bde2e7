// Compares a checker of containers with the definition, on random histories.
//
//   ContainerAgreement found = CompareWithOracle(
//       ContainerType::kStack, CheckStack, HistoryCount(200'000));
//   EXPECT_EQ(found.problem, "");

#ifndef REPRISE_CHECKER_TESTING_CONTAINER_AGREEMENT_H_
#define REPRISE_CHECKER_TESTING_CONTAINER_AGREEMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/testing/container_simulation.h"

namespace reprise::checker {

struct ContainerAgreement {
  uint64_t histories = 0;
  uint64_t violated = 0;
  uint64_t unsuitable = 0;
  size_t largest_contradiction = 0;
  std::string problem;  // the first disagreement, if any

  // What was covered, for the log of a test.
  std::string Summary() const;
};

// Judges small histories both ways. A contradiction has to contradict itself,
// and to contain all operations of its values.
ContainerAgreement CompareWithOracle(ContainerType type, ContainerCheck check,
                                     uint64_t histories);

// Changes small histories that hold in ways that can make nothing wrong:
// operations take longer, a value vanishes, instants and values get other
// numbers. And large histories: those that hold, and the same with a violation
// planted.
ContainerAgreement CompareWithItself(ContainerType type, ContainerCheck check,
                                     uint64_t histories);
ContainerAgreement JudgeLargeHistories(ContainerType type, ContainerCheck check,
                                       uint64_t histories);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_CONTAINER_AGREEMENT_H_
