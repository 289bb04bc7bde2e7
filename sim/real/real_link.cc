// tidy: allow-file(shared-ptr) what Asio has pending refers to it
#include "reprise/sim/real/real_link.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/frame.h"
#include "reprise/sim/real/real_call.h"

namespace reprise {

void RealLink::Start(std::string_view self) {
  connection_->Write(
      {.kind = FrameKind::kHello, .name = self, .payload = kFrameProtocol});
  connection_->Start(*this);
}

void RealLink::End() {
  if (std::exchange(has_ended_, true)) return;
  connection_->Close();
  EndCalls(absl::CancelledError("the node stopped"));
}

absl::Status RealLink::CheckRoom(std::string_view method, size_t bytes) const {
  if (has_ended_) return absl::UnavailableError("the connection has ended");
  const size_t length = method.size() + bytes;
  if (length > pool_.limits.message_bytes) {
    return absl::UnavailableError(
        absl::StrCat("a message of ", length, " bytes to ", address(),
                     "; at most ", pool_.limits.message_bytes, " are sent"));
  }
  if (connection_->unsent_bytes() > pool_.limits.unsent_bytes) {
    return absl::UnavailableError(absl::StrCat(
        connection_->unsent_bytes(), " bytes wait to be sent to ", address()));
  }
  return absl::OkStatus();
}

absl::Status RealLink::Request(RealCall& call, std::string_view request) {
  const absl::Status status = CheckRoom(call.method(), request.size());
  if (!status.ok()) return status;
  calls_.emplace(call.number(), &call);
  connection_->Write({.kind = FrameKind::kRequest,
                      .call = call.number(),
                      .name = call.method(),
                      .payload = request});
  return absl::OkStatus();
}

absl::Status RealLink::Send(std::string_view method, std::string_view message) {
  const absl::Status status = CheckRoom(method, message.size());
  if (!status.ok()) return status;
  connection_->Write(
      {.kind = FrameKind::kMessage, .name = method, .payload = message});
  return absl::OkStatus();
}

void RealLink::Drop(const RealCall& call) { calls_.erase(call.number()); }

void RealLink::BeginHandling(size_t bytes) {
  ++handled_;
  pool_.buffered_bytes += bytes;
  HoldWhereTooMuch();
}

void RealLink::EndHandling(size_t bytes) {
  --handled_;
  pool_.buffered_bytes -= bytes;
  HoldWhereTooMuch();
}

void RealLink::HoldWhereTooMuch() {
  if (has_ended_) return;
  connection_->HoldReading(handled_ >= pool_.limits.requests_in_progress ||
                           connection_->unsent_bytes() >
                               pool_.limits.unsent_bytes);
}

void RealLink::Reply(uint64_t call, const absl::StatusOr<Bytes>& reply) {
  if (has_ended_) return;
  if (reply.ok() && reply->size() > pool_.limits.message_bytes) {
    Reply(call, absl::UnavailableError(absl::StrCat("the reply is longer than ",
                                                    pool_.limits.message_bytes,
                                                    " bytes")));
    return;
  }
  const absl::Status& status = reply.status();
  connection_->Write({.kind = FrameKind::kReply,
                      .status = status.code(),
                      .call = call,
                      .payload = reply.ok() ? std::string_view(*reply)
                                            : ToStd(status.message())});
}

void RealLink::OnFrame(const Frame& frame) {
  if (frame.kind == FrameKind::kHello || !has_greeted_) {
    absl::Status status = absl::OkStatus();
    if (has_greeted_ || frame.kind != FrameKind::kHello ||
        frame.payload != kFrameProtocol) {
      status = absl::InvalidArgumentError("it does not speak as this version");
    } else {
      status = owner_.OnHello(*this, frame.name);
    }
    has_greeted_ = true;
    if (!status.ok()) {
      connection_->Fail(absl::Status(
          status.code(), absl::StrCat(address(), ": ", status.message())));
      connection_->HoldReading(true);
    }
    return;
  }
  if (frame.kind != FrameKind::kReply) {
    owner_.OnRequest(*this, frame);
    return;
  }
  const auto found = calls_.find(frame.call);
  if (found == calls_.end()) return;  // The call has ended.
  RealCall& call = *found->second;
  calls_.erase(found);
  if (frame.status == absl::StatusCode::kOk) {
    call.EndAs(Bytes(frame.payload));
  } else {
    call.EndAs(absl::Status(frame.status, std::string(frame.payload)));
  }
}

void RealLink::OnClosed(const absl::Status& why) {
  if (std::exchange(has_ended_, true)) return;
  const std::shared_ptr<RealLink> self = shared_from_this();
  EndCalls(absl::UnavailableError(why.message()));
  owner_.OnEnded(*this, why);
}

void RealLink::EndCalls(const absl::Status& why) {
  const std::map<uint64_t, RealCall*> calls = std::exchange(calls_, {});
  for (const auto& [number, call] : calls) call->EndAs(why);
}

void RealLink::CheckProgress() {
  if (has_ended_) return;
  const VirtualTime now = pool_.loop.Now();
  const VirtualTime stalled = connection_->stalled_since();
  if (!has_greeted_ && !is_dialled_ && now - began_ > pool_.limits.hello) {
    connection_->Fail(absl::DeadlineExceededError(
        absl::StrCat(address(), ": it does not say who it is")));
  } else if (stalled != VirtualTime::Infinite() &&
             now - stalled > pool_.limits.stall) {
    connection_->Fail(
        absl::DeadlineExceededError(absl::StrCat(address(), ": it stalls")));
  }
}

}  // namespace reprise
