#include "reprise/checker/testing/random_container.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace reprise::checker {
namespace {

using Operations = std::vector<ContainerOperation>;

void SortByCall(Operations* operations) {
  std::stable_sort(operations->begin(), operations->end(),
                   [](const ContainerOperation& a,
                      const ContainerOperation& b) { return a.call < b.call; });
}

ContainerKind RandomKind(ContainerType type, Random* random) {
  constexpr ContainerKind kSetKinds[] = {
      ContainerKind::kInsert,       ContainerKind::kRemove,
      ContainerKind::kInsertFailed, ContainerKind::kRemoveFailed,
      ContainerKind::kFound,        ContainerKind::kNotFound};
  if (type == ContainerType::kSet) return kSetKinds[random->Below(6)];
  if (random->Chance(1, 12)) return ContainerKind::kEmpty;
  return random->Chance(1, 2) ? ContainerKind::kInsert : ContainerKind::kRemove;
}

// Operations at random instants, each value put in once.
Operations MakeUp(ContainerType type, Random* random) {
  Operations operations;
  const uint64_t count = 2 + random->Below(8);
  const uint64_t instants = 4 + random->Below(16);
  uint32_t inserted = 0;
  uint32_t removed = 0;
  for (uint64_t i = 0; i < count; ++i) {
    ContainerOperation operation;
    operation.call = static_cast<EventIndex>(random->Below(instants));
    operation.ret = operation.call +
                    static_cast<EventIndex>(random->Below(1 + instants / 2));
    operation.kind = RandomKind(type, random);
    if (type == ContainerType::kSet) {
      operation.value = static_cast<uint32_t>(random->Below(2));
    } else if (operation.kind == ContainerKind::kInsert) {
      operation.value = inserted++;
    } else {
      operation.value = removed++;
    }
    operations.push_back(operation);
  }
  SortByCall(&operations);
  return operations;
}

// Values put in and taken out at random instants, and an answer of "empty".
Operations MakeUpLifetimes(Random* random) {
  Operations operations;
  const uint64_t instants = 10 + random->Below(20);
  const uint64_t length = 2 + random->Below(8);
  const auto add = [&](uint64_t from, uint32_t value, ContainerKind kind) {
    const uint64_t call = from + random->Below(instants - from);
    operations.push_back(
        {.call = static_cast<EventIndex>(call),
         .ret = static_cast<EventIndex>(call + random->Below(length)),
         .value = value,
         .kind = kind});
  };
  const uint64_t values = 2 + random->Below(3);
  for (uint32_t value = 0; value < values; ++value) {
    add(0, value, ContainerKind::kInsert);
    if (random->Chance(1, 10)) continue;
    const uint64_t from = operations.back().call;
    add(from, value, ContainerKind::kRemove);
  }
  if (random->Chance(1, 4)) add(0, 0, ContainerKind::kEmpty);
  SortByCall(&operations);
  return operations;
}

void ChangeAnswer(ContainerType type, Random* random,
                  ContainerOperation* operation) {
  if (operation->IsPending()) return;
  if (type == ContainerType::kSet) {
    operation->kind = RandomKind(type, random);
  } else if (operation->kind == ContainerKind::kRemove &&
             random->Chance(1, 4)) {
    operation->kind = ContainerKind::kEmpty;
  } else if (operation->kind != ContainerKind::kInsert) {
    operation->kind = ContainerKind::kRemove;
    operation->value = static_cast<uint32_t>(random->Below(6));
  } else if (random->Chance(1, 8)) {
    operation->value = static_cast<uint32_t>(random->Below(6));
  }
}

void ChangeInterval(Random* random, ContainerOperation* operation) {
  const EventIndex last =
      operation->IsPending() ? operation->call + 6 : operation->ret;
  const auto within = static_cast<EventIndex>(
      random->Below(uint64_t{last} - operation->call + 1));
  switch (random->Below(3)) {
    case 0:
      if (!operation->IsPending()) operation->ret = operation->call + within;
      break;
    case 1:
      operation->call += within;
      break;
    default:
      operation->call -= std::min(operation->call, within);
      if (!operation->IsPending()) operation->ret += within;
  }
}

void SwapAnswers(ContainerOperation* a, ContainerOperation* b) {
  if (a->kind == ContainerKind::kRemove && b->kind == ContainerKind::kRemove) {
    std::swap(a->value, b->value);
  }
}

void Change(ContainerType type, Random* random, Operations* operations) {
  if (operations->empty()) return;
  const size_t place = random->Below(operations->size());
  switch (random->Below(4)) {
    case 0:
      return ChangeAnswer(type, random, &(*operations)[place]);
    case 1:
      return SwapAnswers(&(*operations)[place],
                         &(*operations)[random->Below(operations->size())]);
    case 2:
      ChangeInterval(random, &(*operations)[place]);
      return SortByCall(operations);
    default:
      operations->erase(operations->begin() + static_cast<ptrdiff_t>(place));
  }
}

// The same history with large numbers.
void Scatter(Operations* operations) {
  for (ContainerOperation& operation : *operations) {
    operation.call = operation.call * 1'000'003 + 17;
    if (!operation.IsPending()) operation.ret = operation.ret * 1'000'003 + 17;
    operation.value = operation.value * 99'991 + 5;
  }
}

}  // namespace

std::vector<ContainerOperation> RandomContainerHistory(ContainerType type,
                                                       Random* random) {
  Operations operations;
  if (random->Chance(1, 6)) {
    operations = MakeUp(type, random);
  } else if (type != ContainerType::kSet && random->Chance(1, 3)) {
    operations = MakeUpLifetimes(random);
  } else {
    operations = SimulateContainer(
        {.type = type,
         .clients = 2 + static_cast<int>(random->Below(3)),
         .operations = 2 + static_cast<uint32_t>(random->Below(8)),
         .inserts = 40 + static_cast<int>(random->Below(30)),
         .questions = static_cast<int>(random->Below(60)),
         .elements = 1 + static_cast<uint32_t>(random->Below(2)),
         .pending = random->Chance(1, 3) ? 12 : 0,
         .joined = random->Chance(1, 3) ? 25 : 0,
         .seed = random->Next()});
    for (uint64_t changes = random->Below(8); changes > 0; --changes) {
      Change(type, random, &operations);
    }
  }
  if (random->Chance(1, 10)) Scatter(&operations);
  return operations;
}

}  // namespace reprise::checker
