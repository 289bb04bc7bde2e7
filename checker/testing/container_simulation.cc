#include "reprise/checker/testing/container_simulation.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

namespace reprise::checker {
namespace {

using Operations = std::vector<ContainerOperation>;

class SimulatedObject {
 public:
  explicit SimulatedObject(ContainerType type) : type_(type) {}

  // Carries an operation out and notes what it answers.
  void Apply(ContainerOperation* operation) {
    if (type_ == ContainerType::kSet) return ApplyToSet(operation);
    if (operation->kind == ContainerKind::kInsert) {
      Insert(operation->value);
    } else if (sorted_.empty() && row_.empty()) {
      operation->kind = ContainerKind::kEmpty;
    } else {
      operation->value = Remove();
    }
  }

 private:
  void Insert(uint32_t value) {
    if (type_ == ContainerType::kPriorityQueue) {
      sorted_.insert(value);
    } else {
      row_.push_back(value);
    }
  }

  uint32_t Remove() {
    uint32_t value = 0;
    if (type_ == ContainerType::kPriorityQueue) {
      value = *sorted_.begin();
      sorted_.erase(sorted_.begin());
    } else if (type_ == ContainerType::kQueue) {
      value = row_.front();
      row_.pop_front();
    } else {
      value = row_.back();
      row_.pop_back();
    }
    return value;
  }

  void ApplyToSet(ContainerOperation* operation) {
    const bool is_in = sorted_.contains(operation->value);
    switch (operation->kind) {
      case ContainerKind::kInsert:
        if (is_in) operation->kind = ContainerKind::kInsertFailed;
        sorted_.insert(operation->value);
        break;
      case ContainerKind::kRemove:
        if (!is_in) operation->kind = ContainerKind::kRemoveFailed;
        sorted_.erase(operation->value);
        break;
      default:
        operation->kind =
            is_in ? ContainerKind::kFound : ContainerKind::kNotFound;
    }
  }

  ContainerType type_;
  std::deque<uint32_t> row_;
  std::set<uint32_t> sorted_;
};

class Simulation {
 public:
  explicit Simulation(const ContainerSimulationOptions& options)
      : options_(options),
        random_(options.seed),
        object_(options.type),
        clients_(static_cast<size_t>(options.clients)) {
    ShuffleValues();
  }

  Operations Run() {
    operations_.reserve(options_.operations);
    size_t returned = 0;
    while (returned < options_.operations &&
           !(options_.is_cut && operations_.size() == options_.operations)) {
      if (Step(&clients_[random_.Below(clients_.size())])) ++returned;
    }
    std::erase_if(operations_, [](const ContainerOperation& operation) {
      return operation.IsPending() &&
             operation.kind != ContainerKind::kInsert &&
             operation.kind != ContainerKind::kRemove;
    });
    return std::move(operations_);
  }

 private:
  enum class Stage : uint8_t { kIdle, kCalled, kDone };
  struct Client {
    Stage stage = Stage::kIdle;
    uint32_t place = 0;
  };

  bool Percent(int share) {
    return random_.Chance(static_cast<uint64_t>(share), 100);
  }

  void ShuffleValues() {
    values_.resize(options_.operations);
    for (uint32_t i = 0; i < values_.size(); ++i) values_[i] = i;
    if (options_.type != ContainerType::kPriorityQueue) return;
    for (size_t i = values_.size(); i > 1; --i) {
      std::swap(values_[i - 1], values_[random_.Below(i)]);
    }
  }

  EventIndex NextInstant() {
    if (next_instant_ > 0 && Percent(options_.joined)) return next_instant_ - 1;
    return next_instant_++;
  }

  // Whether an operation ended.
  bool Step(Client* client) {
    switch (client->stage) {
      case Stage::kIdle:
        if (operations_.size() == options_.operations) return false;
        Call(client);
        return false;
      case Stage::kCalled:
        if (Percent(options_.pending)) return Abandon(client);
        Apply(&operations_[client->place]);
        client->stage = Stage::kDone;
        return false;
      case Stage::kDone:
        client->stage = Stage::kIdle;
        if (Percent(options_.pending)) return Abandon(client);
        operations_[client->place].kind = answer_[client->place].kind;
        operations_[client->place].value = answer_[client->place].value;
        operations_[client->place].ret = NextInstant();
        return true;
    }
    return false;
  }

  void Call(Client* client) {
    client->place = static_cast<uint32_t>(operations_.size());
    client->stage = Stage::kCalled;
    ContainerOperation operation;
    operation.call = NextInstant();
    const bool is_set = options_.type == ContainerType::kSet;
    if (is_set) {
      operation.value = static_cast<uint32_t>(random_.Below(options_.elements));
    }
    if (is_set && Percent(options_.questions)) {
      operation.kind = ContainerKind::kFound;
    } else if (Percent(options_.inserts)) {
      if (!is_set) operation.value = values_[inserted_++];
    } else {
      operation.kind = ContainerKind::kRemove;
    }
    operations_.push_back(operation);
    answer_.push_back(operation);
  }

  void Apply(ContainerOperation* operation) {
    object_.Apply(&answer_[static_cast<size_t>(operation - &operations_[0])]);
  }

  bool Abandon(Client* client) {
    client->stage = Stage::kIdle;
    return true;
  }

  ContainerSimulationOptions options_;
  Random random_;
  SimulatedObject object_;
  std::vector<Client> clients_;
  std::vector<uint32_t> values_;
  size_t inserted_ = 0;
  EventIndex next_instant_ = 0;
  Operations operations_;  // as called
  Operations answer_;      // as carried out
};

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

// The inserts of values, where they have one.
using Inserts = std::unordered_map<uint32_t, const ContainerOperation*>;

// Whether it is surely wrong that `late` was taken out by `first` and the value
// of `first` by `late`, which was called after `first` had returned.
bool IsWrongOnceSwapped(ContainerType type, const Inserts& inserts,
                        const ContainerOperation& first,
                        const ContainerOperation& late) {
  const auto early_insert = inserts.find(first.value);
  const auto late_insert = inserts.find(late.value);
  if (early_insert == inserts.end() || late_insert == inserts.end()) {
    return false;
  }
  const ContainerOperation& a = *early_insert->second;
  const ContainerOperation& b = *late_insert->second;
  if (a.ret >= first.call || b.ret >= first.call) return false;
  switch (type) {
    case ContainerType::kQueue:
      return a.ret < b.call;
    case ContainerType::kStack:
      return b.ret < a.call;
    case ContainerType::kPriorityQueue:
      return first.value < late.value;
    case ContainerType::kSet:
      return false;
  }
  return false;
}

bool SwapTwoRemoves(ContainerType type, Operations* operations) {
  Inserts inserts;
  for (const ContainerOperation& operation : *operations) {
    if (operation.kind == ContainerKind::kInsert) {
      inserts[operation.value] = &operation;
    }
  }
  for (size_t j = operations->size() * 97 / 100; j-- > 0;) {
    ContainerOperation& late = (*operations)[j];
    if (late.kind != ContainerKind::kRemove || late.IsPending()) continue;
    for (size_t i = j; i-- > 0 && i + 200 > j;) {
      ContainerOperation& first = (*operations)[i];
      if (first.kind != ContainerKind::kRemove || first.ret >= late.call ||
          !IsWrongOnceSwapped(type, inserts, first, late)) {
        continue;
      }
      std::swap(first.value, late.value);
      return true;
    }
  }
  return false;
}

// Turns a question around that overlaps no change of its element.
bool TurnAnswer(Operations* operations) {
  for (size_t i = operations->size() * 97 / 100; i-- > 0;) {
    ContainerOperation& question = (*operations)[i];
    if (question.kind != ContainerKind::kFound &&
        question.kind != ContainerKind::kNotFound) {
      continue;
    }
    const bool has_change = std::any_of(
        operations->begin(), operations->end(),
        [&](const ContainerOperation& other) {
          return other.value == question.value &&
                 (other.kind == ContainerKind::kInsert ||
                  other.kind == ContainerKind::kRemove) &&
                 other.call <= question.ret && other.ret >= question.call;
        });
    if (has_change) continue;
    question.kind = question.kind == ContainerKind::kFound
                        ? ContainerKind::kNotFound
                        : ContainerKind::kFound;
    return true;
  }
  return false;
}

const char* KindName(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::kInsert:
      return "insert";
    case ContainerKind::kRemove:
      return "remove";
    case ContainerKind::kEmpty:
      return "empty";
    case ContainerKind::kInsertFailed:
      return "insert-failed";
    case ContainerKind::kRemoveFailed:
      return "remove-failed";
    case ContainerKind::kFound:
      return "found";
    case ContainerKind::kNotFound:
      return "not-found";
  }
  return "?";
}

}  // namespace

std::vector<ContainerOperation> SimulateContainer(
    const ContainerSimulationOptions& options) {
  return Simulation(options).Run();
}

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

bool PlantViolation(ContainerType type,
                    std::vector<ContainerOperation>* operations) {
  return type == ContainerType::kSet ? TurnAnswer(operations)
                                     : SwapTwoRemoves(type, operations);
}

std::string ToText(const std::vector<ContainerOperation>& operations) {
  std::string text;
  for (const ContainerOperation& operation : operations) {
    text += '[';
    text += std::to_string(operation.call);
    text += ", ";
    text += operation.IsPending() ? "never" : std::to_string(operation.ret);
    text += "] ";
    text += KindName(operation.kind);
    text += ' ';
    text += std::to_string(operation.value);
    text += '\n';
  }
  return text;
}

}  // namespace reprise::checker
