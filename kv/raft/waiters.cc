#include "reprise/kv/raft/waiters.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv::raft {

void Waiters::AnswerUpTo(uint64_t number, uint64_t term, Bytes reply,
                         const absl::Status& otherwise) {
  size_t answered = 0;
  while (answered < waiting_.size() && waiting_[answered]->number_ <= number) {
    Waiter& waiter = *waiting_[answered++];
    if (waiter.number_ == number && waiter.term_ == term) {
      waiter.reply_ = std::move(reply);
      waiter.end_.Set(absl::OkStatus());
    } else {
      waiter.end_.Set(otherwise);
    }
  }
  waiting_.erase(waiting_.begin(),
                 waiting_.begin() + static_cast<std::ptrdiff_t>(answered));
}

bool Waiters::Answer(uint64_t number, const absl::Status& status) {
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(),
                   [&](const Waiter* w) { return w->number_ == number; });
  if (found == waiting_.end()) return false;
  (*found)->end_.Set(status);
  waiting_.erase(found);
  return true;
}

void Waiters::Fail(const absl::Status& status) {
  for (Waiter* waiter : waiting_) waiter->end_.Set(status);
  waiting_.clear();
}

Waiter::Waiter(Waiters& waiters, uint64_t number, uint64_t term)
    : waiters_(waiters), number_(number), term_(term), end_(waiters.name_) {
  waiters_.waiting_.push_back(this);
}

Waiter::~Waiter() {
  if (!end_.IsSet()) std::erase(waiters_.waiting_, this);
}

absl::StatusOr<Bytes> Waiter::Get() {
  const absl::Status& status = end_.Get();
  if (!status.ok()) return status;
  return std::move(reply_);
}

}  // namespace reprise::kv::raft
