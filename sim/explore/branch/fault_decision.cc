#include "reprise/sim/explore/branch/fault_decision.h"

#include <algorithm>
#include <cstdint>

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/world/delays.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

// Of packets: the longest on any link.
Duration LongestOfPackets(const NetworkOptions& network, bool is_reply) {
  const auto delay_of = [&](const auto& options) {
    return LongestOrdinary(is_reply ? options.reply.delay
                                    : options.request.delay);
  };
  Duration longest = delay_of(network);
  for (const LinkOptions& link : network.links) {
    longest = std::max(longest, delay_of(link));
  }
  return longest;
}

bool IsLong(const Decision& decision, Duration longest) {
  return Nanoseconds(static_cast<int64_t>(decision.value)) > longest;
}

}  // namespace

bool IsFault(const FaultMix& mix, const Decision& decision) {
  const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
  if (row == nullptr || IsOfWorkload(decision) || IsDetail(decision)) {
    return false;
  }
  switch (row->purpose) {
    case Purpose::kRequestDelay:
    case Purpose::kRequestDuplicateDelay:
    case Purpose::kMessageDelay:
    case Purpose::kMessageDuplicateDelay:
      return IsLong(decision, LongestOfPackets(mix.network, false));
    case Purpose::kReplyDelay:
    case Purpose::kReplyDuplicateDelay:
      return IsLong(decision, LongestOfPackets(mix.network, true));
    case Purpose::kUnreachableDelay:
      return IsLong(decision, LongestOrdinary(mix.network.unreachable_delay));
    case Purpose::kReadDelay:
      return IsLong(decision, LongestOrdinary(mix.disks.read));
    case Purpose::kWriteDelay:
      return IsLong(decision, LongestOrdinary(mix.disks.write));
    case Purpose::kSyncDelay:
      return IsLong(decision, LongestOrdinary(mix.disks.sync));
    default:
      return true;
  }
}

}  // namespace reprise
