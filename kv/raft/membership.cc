#include "reprise/kv/raft/membership.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "reprise/kv/storage/encoding.h"

namespace reprise::kv::raft {
namespace {

bool Contains(const std::vector<NodeId>& nodes, NodeId node) {
  return std::binary_search(nodes.begin(), nodes.end(), node);
}

bool IsMajority(size_t count, size_t of) { return count > of / 2; }

bool HasMajorityOf(const std::vector<NodeId>& voters,
                   absl::FunctionRef<bool(NodeId)> has) {
  size_t count = 0;
  for (const NodeId voter : voters) count += has(voter) ? 1 : 0;
  return IsMajority(count, voters.size());
}

uint64_t ReachedByMajorityOf(const std::vector<NodeId>& voters,
                             absl::FunctionRef<uint64_t(NodeId)> number_of) {
  if (voters.empty()) return 0;
  absl::InlinedVector<uint64_t, 9> numbers;
  for (const NodeId voter : voters) numbers.push_back(number_of(voter));
  std::sort(numbers.begin(), numbers.end(), std::greater<>());
  return numbers[voters.size() / 2];
}

void AppendNodes(Bytes& bytes, const std::vector<NodeId>& nodes) {
  AppendWord(bytes, nodes.size());
  for (const NodeId node : nodes) AppendWord(bytes, node.value());
}

// Whether the nodes read are in order, each once.
bool ReadNodes(Decoder& decoder, std::vector<NodeId>& nodes) {
  for (uint64_t left = decoder.Word(); left > 0 && decoder.IsOk(); --left) {
    const uint64_t number = decoder.Word();
    if (number > UINT32_MAX) return false;
    const NodeId node(static_cast<uint32_t>(number));
    if (!nodes.empty() && node <= nodes.back()) return false;
    nodes.push_back(node);
  }
  return decoder.IsOk();
}

bool ReadRecovering(Decoder& decoder, std::vector<Recovery>& recovering) {
  for (uint64_t left = decoder.Word(); left > 0 && decoder.IsOk(); --left) {
    const uint64_t number = decoder.Word();
    const uint64_t life = decoder.Word();
    const uint64_t was_voter = decoder.Word();
    if (number > UINT32_MAX || was_voter > 1) return false;
    const NodeId node(static_cast<uint32_t>(number));
    if (!recovering.empty() && node <= recovering.back().node) return false;
    recovering.push_back({node, life, was_voter == 1});
  }
  return decoder.IsOk();
}

}  // namespace

bool Membership::IsVoter(NodeId node) const {
  return Contains(voters, node) || Contains(next_voters, node);
}

bool Membership::IsMember(NodeId node) const {
  return IsVoter(node) || Contains(learners, node);
}

std::vector<NodeId> Membership::Members() const {
  std::vector<NodeId> members = voters;
  members.insert(members.end(), next_voters.begin(), next_voters.end());
  members.insert(members.end(), learners.begin(), learners.end());
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

bool Membership::HasMajority(absl::FunctionRef<bool(NodeId)> has) const {
  return HasMajorityOf(voters, has) &&
         (!IsJoint() || HasMajorityOf(next_voters, has));
}

uint64_t Membership::ReachedByMajority(
    absl::FunctionRef<uint64_t(NodeId)> number_of) const {
  const uint64_t reached = ReachedByMajorityOf(voters, number_of);
  if (!IsJoint()) return reached;
  return std::min(reached, ReachedByMajorityOf(next_voters, number_of));
}

Bytes EncodeMembership(const Membership& membership) {
  Bytes bytes;
  AppendNodes(bytes, membership.voters);
  AppendNodes(bytes, membership.next_voters);
  AppendNodes(bytes, membership.learners);
  AppendWord(bytes, membership.recovering.size());
  for (const Recovery& recovery : membership.recovering) {
    AppendWord(bytes, recovery.node.value());
    AppendWord(bytes, recovery.life);
    AppendWord(bytes, recovery.was_voter ? 1 : 0);
  }
  return bytes;
}

absl::StatusOr<Membership> DecodeMembership(std::string_view bytes) {
  Decoder decoder(bytes);
  Membership membership;
  if (ReadNodes(decoder, membership.voters) &&
      ReadNodes(decoder, membership.next_voters) &&
      ReadNodes(decoder, membership.learners) &&
      ReadRecovering(decoder, membership.recovering) && decoder.IsAtEnd()) {
    return membership;
  }
  return absl::InvalidArgumentError("not a membership");
}

}  // namespace reprise::kv::raft
