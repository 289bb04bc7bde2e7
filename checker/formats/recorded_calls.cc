#include "reprise/checker/formats/recorded_calls.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {

absl::Status RecordedCalls::Add(RecordedEvent event) {
  PooledEvent pooled;
  pooled.line = event.line;
  pooled.index = event.index;
  pooled.is_of_client = event.is_of_client;
  if (event.is_of_client) {
    pooled.process = event.process;
    pooled.type = event.type;
    pooled.has_error = event.has_error;
    absl::Status status = TakeFunction(event, pooled);
    if (!status.ok()) return status;
    const absl::StatusOr<const EdnValue*> key = Keep(std::move(event.key));
    if (!key.ok()) return key.status();
    const absl::StatusOr<const EdnValue*> value = Keep(std::move(event.value));
    if (!value.ok()) return value.status();
    pooled.key = *key;
    pooled.value = *value;
  }
  events_.push_back(pooled);
  return absl::OkStatus();
}

absl::Status RecordedCalls::TakeFunction(const RecordedEvent& event,
                                         PooledEvent& pooled) {
  const std::string name(MeaningOf(event.function, aliases_));
  const auto next = static_cast<uint32_t>(names_.size());
  const auto [place, is_new] = name_ids_.try_emplace(name, next);
  if (is_new) names_.push_back(name);
  pooled.name = place->second;
  if (functions_ == Functions::kAny) return absl::OkStatus();
  pooled.function = FunctionNamed(name);
  if (pooled.function.function != Function::kUnknown ||
      event.type == EventType::kInfo) {
    return absl::OkStatus();
  }
  return LineError(event.line,
                   absl::StrCat("found :f ", Excerpt(event.function),
                                ", expected ", FunctionNames(),
                                ", an alias of one of them, or another model"));
}

// Of its operation, for a message.
std::string RecordedCalls::TextOf(const PooledEvent& event) const {
  return functions_ == Functions::kAny ? NameOf(event)
                                       : FunctionText(event.function.function);
}

absl::StatusOr<const EdnValue*> RecordedCalls::Keep(
    std::optional<EdnValue> value) {
  if (!value) return nullptr;
  if (ContainsNaN(*value)) {
    return LineError(
        value->line,
        absl::StrCat("found ##NaN in column ", value->column,
                     ", which equals nothing, expected another value"));
  }
  const auto [entry, is_new] =
      by_text_.try_emplace(CanonicalText(*value), nullptr);
  if (is_new) {
    pool_.push_back(*std::move(value));
    entry->second = &pool_.back();
  }
  return entry->second;
}

absl::Status RecordedCalls::Pair() {
  absl::Status status = PutInOrder();
  for (uint32_t place = 0; status.ok() && place < events_.size(); ++place) {
    const PooledEvent& event = events_[place];
    if (!event.is_of_client) continue;
    status = event.type == EventType::kInvoke ? Invoke(place) : Respond(place);
  }
  return status;
}

absl::Status RecordedCalls::PutInOrder() {
  const bool have_all =
      std::all_of(events_.begin(), events_.end(),
                  [](const PooledEvent& event) { return event.index; });
  if (have_all) {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const PooledEvent& a, const PooledEvent& b) {
                       return *a.index < *b.index;
                     });
  }
  const PooledEvent* last = nullptr;
  for (const PooledEvent& event : events_) {
    if (!event.index) continue;
    if (last != nullptr && *event.index == *last->index) {
      return LineError(event.line,
                       absl::StrCat("found the :index ", *event.index,
                                    " again, expected each once"));
    }
    if (last != nullptr && *event.index < *last->index) {
      return LineError(
          event.line,
          absl::StrCat("found the :index ", *event.index, " behind ",
                       *last->index,
                       ", expected a greater one, as some lines have none"));
    }
    last = &event;
  }
  return absl::OkStatus();
}

absl::Status RecordedCalls::Invoke(uint32_t place) {
  const PooledEvent& event = events_[place];
  const auto call = static_cast<uint32_t>(calls_.size());
  const auto [open, is_new] = open_.try_emplace(event.process, call);
  if (!is_new) {
    const uint32_t line = events_[calls_[open->second].invocation].line;
    return LineError(
        event.line,
        absl::StrCat("found a call of process ", event.process,
                     " while its call of line ", line,
                     " is open, expected its :ok, :fail or :info first"));
  }
  calls_.push_back({.invocation = place});
  return absl::OkStatus();
}

absl::Status RecordedCalls::Respond(uint32_t place) {
  const PooledEvent& event = events_[place];
  const auto open = open_.find(event.process);
  if (open == open_.end()) {
    // Such a line tells nothing of a call.
    if (event.function.function == Function::kUnknown &&
        event.type == EventType::kInfo) {
      return absl::OkStatus();
    }
    return LineError(event.line,
                     absl::StrCat("found a response to process ", event.process,
                                  ", which has no open call, expected its",
                                  " :invoke first"));
  }
  RecordedCall& call = calls_[open->second];
  const PooledEvent& invocation = events_[call.invocation];
  // Whatever ends in :info, all that is known is that it does.
  const bool is_same =
      functions_ == Functions::kAny
          ? event.name == invocation.name
          : event.function.function == invocation.function.function;
  if (event.type != EventType::kInfo && !is_same) {
    return LineError(
        event.line,
        absl::StrCat("found ", TextOf(event), ", expected ", TextOf(invocation),
                     " as process ", event.process, " called at line ",
                     invocation.line));
  }
  call.response = place;
  open_.erase(open);
  return absl::OkStatus();
}

}  // namespace reprise::checker
