#include "reprise/checker/testing/container_agreement.h"

#include <algorithm>
#include <set>

#include "reprise/checker/testing/container_oracle.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_container.h"

namespace reprise::checker {
namespace {

using Operations = std::vector<ContainerOperation>;

// Whether the history lies outside of what the checkers promise to decide.
bool MayBeUnsuitable(ContainerType type, const Operations& operations) {
  if (type == ContainerType::kSet) return false;
  std::set<uint32_t> inserted;
  for (const ContainerOperation& operation : operations) {
    if (operation.kind == ContainerKind::kInsert &&
        !inserted.insert(operation.value).second) {
      return true;
    }
  }
  return false;
}

// Whether a named value lacks one of its operations.
bool IsTorn(const Operations& operations,
            const std::vector<uint32_t>& contradiction) {
  std::set<uint32_t> places(contradiction.begin(), contradiction.end());
  std::set<uint32_t> values;
  const auto has_value = [&](uint32_t place) {
    const ContainerOperation& operation = operations[place];
    return operation.kind == ContainerKind::kInsert ||
           (operation.kind == ContainerKind::kRemove && !operation.IsPending());
  };
  for (uint32_t place : places) {
    if (has_value(place)) values.insert(operations[place].value);
  }
  for (uint32_t place = 0; place < operations.size(); ++place) {
    if (has_value(place) && values.contains(operations[place].value) &&
        !places.contains(place)) {
      return true;
    }
  }
  return false;
}

std::string ContradictionProblem(ContainerType type,
                                 const Operations& operations,
                                 const std::vector<uint32_t>& contradiction) {
  if (contradiction.empty()) return "an empty contradiction";
  if (std::adjacent_find(contradiction.begin(), contradiction.end(),
                         [](uint32_t a, uint32_t b) { return a >= b; }) !=
      contradiction.end()) {
    return "a contradiction out of order";
  }
  Operations named;
  for (uint32_t place : contradiction) named.push_back(operations[place]);
  if (named.size() <= 12 && IsLinearizable(type, named)) {
    return "what is named can be explained:\n" + ToText(named);
  }
  if (type != ContainerType::kSet && IsTorn(operations, contradiction)) {
    return "a value without one of its operations:\n" + ToText(named);
  }
  return "";
}

std::string VerdictProblem(ContainerType type, const Operations& operations,
                           const ContainerVerdict& verdict) {
  if (verdict.outcome == ContainerOutcome::kUnsuitable) {
    return MayBeUnsuitable(type, operations) ? "" : "wrongly unsuitable";
  }
  const bool holds = verdict.outcome == ContainerOutcome::kHolds;
  if (IsLinearizable(type, operations) != holds) {
    return holds ? "wrongly holds" : "wrongly violated";
  }
  return holds ? ""
               : ContradictionProblem(type, operations, verdict.contradiction);
}

void Note(const ContainerVerdict& verdict, const std::string& problem,
          uint64_t seed, const Operations& operations,
          ContainerAgreement* found) {
  ++found->histories;
  found->violated += verdict.outcome == ContainerOutcome::kViolated;
  found->unsuitable += verdict.outcome == ContainerOutcome::kUnsuitable;
  found->largest_contradiction =
      std::max(found->largest_contradiction, verdict.contradiction.size());
  if (!problem.empty() && found->problem.empty()) {
    found->problem = "seed " + std::to_string(seed) + ": " + problem + "\n" +
                     (operations.size() < 50 ? ToText(operations) : "");
  }
}

void SortByCall(Operations* operations) {
  std::stable_sort(operations->begin(), operations->end(),
                   [](const ContainerOperation& a,
                      const ContainerOperation& b) { return a.call < b.call; });
}

// Some operations begin earlier and end later.
Operations Longer(Operations operations, Random* random) {
  for (ContainerOperation& operation : operations) {
    if (random->Chance(1, 2)) continue;
    operation.call -= std::min<EventIndex>(
        operation.call, static_cast<EventIndex>(random->Below(5)));
    if (!operation.IsPending()) {
      operation.ret += static_cast<EventIndex>(random->Below(5));
    }
  }
  SortByCall(&operations);
  return operations;
}

Operations WithoutValue(Operations operations, Random* random) {
  const uint32_t value = operations[random->Below(operations.size())].value;
  std::erase_if(operations, [&](const ContainerOperation& operation) {
    return operation.value == value &&
           operation.kind != ContainerKind::kEmpty &&
           !(operation.kind == ContainerKind::kRemove && operation.IsPending());
  });
  return operations;
}

Operations Renumbered(Operations operations, Random* random) {
  const auto step = static_cast<uint32_t>(1 + random->Below(90'000));
  for (ContainerOperation& operation : operations) {
    operation.call = operation.call * step + 3;
    if (!operation.IsPending()) operation.ret = operation.ret * step + 3;
    operation.value = operation.value * step + 9;
  }
  return operations;
}

}  // namespace

std::string ContainerAgreement::Summary() const {
  return std::to_string(histories) + " histories, " + std::to_string(violated) +
         " violated, " + std::to_string(unsuitable) +
         " unsuitable; the largest contradiction has " +
         std::to_string(largest_contradiction) + " operations";
}

ContainerAgreement CompareWithOracle(ContainerType type, ContainerCheck check,
                                     uint64_t histories) {
  ContainerAgreement found;
  for (uint64_t seed = 0; seed < histories && found.problem.empty(); ++seed) {
    Random random(seed);
    const Operations operations = RandomContainerHistory(type, &random);
    const ContainerVerdict verdict = check(operations);
    Note(verdict, VerdictProblem(type, operations, verdict), seed, operations,
         &found);
  }
  return found;
}

ContainerAgreement CompareWithItself(ContainerType type, ContainerCheck check,
                                     uint64_t histories) {
  ContainerAgreement found;
  for (uint64_t seed = 0; seed < histories && found.problem.empty(); ++seed) {
    Random random(seed);
    Operations operations = SimulateContainer(
        {.type = type,
         .clients = 2 + static_cast<int>(random.Below(8)),
         .operations = 1 + static_cast<uint32_t>(random.Below(60)),
         .questions = 30,
         .elements = 1 + static_cast<uint32_t>(random.Below(4)),
         .joined = random.Chance(1, 2) ? 20 : 0,
         .seed = random.Next()});
    const bool is_bad =
        random.Chance(1, 3) && PlantViolation(type, &operations);
    const Operations same = Renumbered(operations, &random);
    const ContainerVerdict verdict = check(operations);
    std::string problem;
    if ((verdict.outcome == ContainerOutcome::kViolated) != is_bad) {
      problem = "a wrong verdict";
    } else if (check(same).contradiction != verdict.contradiction) {
      problem = "other numbers change the verdict";
    } else if (!is_bad && check(Longer(operations, &random)).outcome !=
                              ContainerOutcome::kHolds) {
      problem = "longer operations are found wrong";
    } else if (!is_bad && check(WithoutValue(operations, &random)).outcome !=
                              ContainerOutcome::kHolds) {
      problem = "a history without a value is found wrong";
    }
    Note(verdict, problem, seed, operations, &found);
  }
  return found;
}

ContainerAgreement JudgeLargeHistories(ContainerType type, ContainerCheck check,
                                       uint64_t histories) {
  ContainerAgreement found;
  for (uint64_t seed = 0; seed < histories && found.problem.empty(); ++seed) {
    Random random(seed);
    Operations operations =
        SimulateContainer({.type = type,
                           .clients = 2 + static_cast<int>(random.Below(30)),
                           .operations = 5000,
                           .inserts = 45 + static_cast<int>(random.Below(20)),
                           .questions = 30,
                           .elements = 200,
                           .joined = random.Chance(1, 2) ? 10 : 0,
                           .seed = random.Next()});
    ContainerVerdict verdict = check(operations);
    std::string problem;
    if (verdict.outcome != ContainerOutcome::kHolds) {
      problem = "a wrong verdict on a large history that holds";
    } else if (!PlantViolation(type, &operations)) {
      problem = "nowhere to plant a violation";
    } else {
      verdict = check(operations);
      problem =
          verdict.outcome == ContainerOutcome::kViolated
              ? ContradictionProblem(type, operations, verdict.contradiction)
              : "a planted violation is not found";
    }
    Note(verdict, problem, seed, operations, &found);
  }
  return found;
}

}  // namespace reprise::checker
