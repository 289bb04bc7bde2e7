#include "reprise/kv/service.h"

#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/snapshot.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
namespace {

Bytes ReplyTo(const Request& request, std::string_view value) {
  return EncodeReply(
      {.kind = request.kind, .sequence = request.sequence, .value = value});
}

}  // namespace

Service::Service(std::unique_ptr<DuplicateTable> duplicates)
    : duplicates_(std::move(duplicates)) {}

absl::StatusOr<Bytes> Service::Handle(std::string_view message) {
  const absl::StatusOr<Request> request = DecodeRequest(message);
  if (!request.ok()) return request.status();
  const Age age = duplicates_->AgeOf(*request);
  if (age == Age::kStale) {
    Reached("kv.service.stale-request"_mark);
    return absl::FailedPreconditionError("stale request");
  }
  if (age == Age::kUnknown) return absl::NotFoundError("unknown client");
  switch (request->kind) {
    case RequestKind::kGet:
      return HandleGet(*request, age);
    case RequestKind::kPut:
      return HandlePut(*request, age);
    case RequestKind::kAppend:
      return HandleAppend(*request, age);
  }
  __builtin_unreachable();  // DecodeRequest knows the kinds.
}

Bytes Service::Read(const Request& request) const {
  return ReplyTo(request, store_.Get(request.key));
}

Bytes Service::Snapshot() const { return EncodeSnapshot(store_, *duplicates_); }

absl::Status Service::Restore(std::string_view snapshot) {
  return DecodeSnapshot(snapshot, store_, *duplicates_);
}

// Reading again is harmless, so a repeated Get needs no memory of the first.
Bytes Service::HandleGet(const Request& request, Age age) {
  Sometimes(age == Age::kRepeated, "kv.service.repeated-get"_mark);
  if (age == Age::kNew) duplicates_->Remember(request, OldValue());
  return Read(request);
}

Bytes Service::HandlePut(const Request& request, Age age) {
  Sometimes(age == Age::kRepeated, "kv.service.repeated-put"_mark);
  if (age == Age::kNew) {
    ++changes_;
    store_.Put(request.key, request.value);
    duplicates_->Remember(request, OldValue());
  }
  return ReplyTo(request, {});
}

Bytes Service::HandleAppend(const Request& request, Age age) {
  if (age == Age::kRepeated) {
    Reached("kv.service.repeated-append"_mark);
    return ReplyTo(request, duplicates_->OldValueFor(request));
  }
  ++changes_;
  OldValue old_value = store_.Append(request.key, request.value);
  Bytes reply = ReplyTo(request, old_value.value());
  duplicates_->Remember(request, std::move(old_value));
  return reply;
}

}  // namespace reprise::kv
