#include "reprise/checker/testing/container_simulation.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "reprise/checker/testing/random.h"

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
