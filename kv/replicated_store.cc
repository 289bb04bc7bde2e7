#include "reprise/kv/replicated_store.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"
#include "reprise/text/text_view.h"

namespace reprise::kv {

ReplicatedStore::ReplicatedStore(MakeSessions make_sessions)
    : make_sessions_(std::move(make_sessions)) {
  Clear();
}

void ReplicatedStore::Clear() {
  std::unique_ptr<SessionTable> sessions = make_sessions_();
  sessions_ = sessions.get();
  service_.emplace(std::move(sessions));
}

Bytes ReplicatedStore::Apply(uint64_t index, std::string_view command) {
  if (command == kOpenSession) {
    sessions_->Open(index);
    return SessionAnswer(index);
  }
  const absl::StatusOr<Request> request = DecodeRequest(command);
  if (request.ok()) sessions_->Use(request->client, index);
  const uint64_t changes = service_->changes();
  absl::StatusOr<Bytes> reply = service_->Handle(command);
  Sometimes(reply.ok() && service_->changes() == changes,
            "kv.session.answered-a-duplicate"_mark);
  if (reply.ok()) return ToAnswer(*std::move(reply), Outcome::kDone);
  if (absl::IsNotFound(reply.status())) {
    Reached("kv.session.refused-an-expired-one"_mark);
    return EncodeAnswer({.outcome = Outcome::kSessionExpired});
  }
  return EncodeAnswer({.outcome = Outcome::kRefused,
                       .content = TextView(reply.status().message())});
}

// The service's snapshot, which has the sessions in order, then for each of
// them when it was used last.
Bytes ReplicatedStore::Snapshot() const {
  Bytes bytes;
  AppendString(bytes, service_->Snapshot());
  sessions_->ForEachUse(
      [&](uint64_t, uint64_t index) { AppendWord(bytes, index); });
  return bytes;
}

absl::Status ReplicatedStore::Restore(std::string_view snapshot) {
  Clear();
  Decoder decoder(snapshot);
  const absl::Status status = service_->Restore(decoder.String());
  if (!status.ok()) return status;
  sessions_->ForEachUse([&](uint64_t session, uint64_t) {
    sessions_->Use(session, decoder.Word());
  });
  if (!decoder.IsOk() || !decoder.IsAtEnd()) {
    return absl::InvalidArgumentError("the snapshot's sessions are malformed");
  }
  return absl::OkStatus();
}

}  // namespace reprise::kv
