#include "reprise/kv/raft/testing/fake_host.h"

#include <algorithm>
#include <utility>

#include "reprise/kv/storage/encoding.h"

namespace reprise::kv::raft {
namespace {

// So that a snapshot has more than one piece.
constexpr size_t kPaddingBytes = 100;

}  // namespace

void ChainState::Apply(Index index, std::string_view command) {
  applied = index;
  hash = MixBits(hash ^ HashName(command)) + index;
}

Bytes EncodeChain(const ChainState& state) {
  Bytes bytes;
  AppendWord(bytes, state.applied);
  AppendWord(bytes, state.hash);
  for (size_t i = 0; i < kPaddingBytes; ++i) {
    bytes.push_back(static_cast<char>('a' + (state.applied + i) % 26));
  }
  return bytes;
}

ChainState DecodeChain(std::string_view bytes) {
  Decoder decoder(bytes);
  ChainState state;
  state.applied = decoder.Word();
  state.hash = decoder.Word();
  return state;
}

FakeHost::FakeHost(RandomStream chance, Membership first)
    : chance_(chance), first_(std::move(first)) {
  durable_.snapshot.membership = first_;
}

void FakeHost::Save(Change change) {
  pending_.push_back(std::move(change));
  ++saved_;
}

void FakeHost::SaveBallot(const Ballot& ballot) { Save(ballot); }

void FakeHost::SaveEntries(Index first, std::span<const Entry> entries) {
  Save(SavedEntries{first, {entries.begin(), entries.end()}});
}

void FakeHost::SaveSnapshot(const Snapshot& snapshot, bool keeps_log) {
  state_ = DecodeChain(snapshot.state);
  Save(SavedSnapshot{snapshot, keeps_log});
}

void FakeHost::Send(NodeId to, Message message, SendWhen when) {
  if (when == SendWhen::kAtOnce || made_durable_ == saved_) {
    outbox_.push_back({to, std::move(message)});
  } else {
    held_.push_back({saved_, {to, std::move(message)}});
  }
}

void FakeHost::Apply(Index first, std::span<const Entry* const> entries) {
  for (const Entry* entry : entries) {
    const bool is_command = entry->kind == EntryKind::kCommand;
    state_.Apply(first++, is_command ? entry->data : "");
  }
}

void FakeHost::OnReadReady(uint64_t read, bool is_ready) {
  reads_.emplace_back(read, is_ready);
}

uint64_t FakeHost::Draw(uint64_t count) {
  return BoundedWord(chance_.Next(), count);
}

std::vector<Outgoing> FakeHost::TakeOutbox() {
  return std::exchange(outbox_, {});
}

std::vector<std::pair<uint64_t, bool>> FakeHost::TakeReads() {
  return std::exchange(reads_, {});
}

bool FakeHost::IsSyncDue() const {
  return !sync_point_.has_value() && !pending_.empty();
}

void FakeHost::BeginSync(const SavePoint& point) {
  sync_point_ = point;
  sync_up_to_ = saved_;
}

SavePoint FakeHost::EndSync() {
  while (made_durable_ < sync_up_to_) {
    MakeDurable(std::move(pending_.front()));
    pending_.pop_front();
    ++made_durable_;
  }
  ReleaseHeld();
  return *std::exchange(sync_point_, {});
}

void FakeHost::ReleaseHeld() {
  while (!held_.empty() && held_.front().after <= made_durable_) {
    outbox_.push_back(std::move(held_.front().message));
    held_.pop_front();
  }
}

void FakeHost::MakeDurable(Change change) {
  std::visit([this](auto& kind) { Put(kind); }, change);
}

void FakeHost::Put(Ballot& ballot) {
  durable_.ballot = ballot;
  has_lost_ = false;
}

void FakeHost::Put(SavedEntries& saved) {
  std::vector<Entry>& entries = durable_.entries;
  // What a snapshot stands for already is left out.
  const Index start = durable_.snapshot.last.index;
  const size_t skipped = saved.first > start ? 0 : start + 1 - saved.first;
  if (skipped >= saved.entries.size()) return;
  const size_t at = saved.first + skipped - start - 1;
  if (at < entries.size()) entries.resize(at);
  entries.insert(entries.end(), saved.entries.begin() + skipped,
                 saved.entries.end());
}

void FakeHost::Put(SavedSnapshot& saved) {
  const Index start = durable_.snapshot.last.index;
  const Index last = saved.snapshot.last.index;
  std::vector<Entry>& entries = durable_.entries;
  const size_t covered = last > start ? last - start : 0;
  if (saved.keeps_log && covered <= entries.size()) {
    entries.erase(entries.begin(), entries.begin() + covered);
  } else {
    entries.clear();
  }
  durable_.snapshot = std::move(saved.snapshot);
}

void FakeHost::Crash(size_t kept) {
  for (; kept > 0 && !pending_.empty(); --kept) {
    MakeDurable(std::move(pending_.front()));
    pending_.pop_front();
  }
  pending_.clear();
  made_durable_ = saved_;
  sync_point_.reset();
  held_.clear();
  outbox_.clear();
  reads_.clear();
}

void FakeHost::LoseData() {
  durable_ = {};
  durable_.snapshot.membership = first_;
  has_lost_ = true;
}

void FakeHost::Checkpoint(Position last, const Membership& membership) {
  Save(SavedSnapshot{{last, membership, EncodeChain(state_)}, true});
}

StartState FakeHost::Start() {
  state_ = durable_.snapshot.last.index == 0
               ? ChainState()
               : DecodeChain(durable_.snapshot.state);
  return {.ballot = durable_.ballot,
          .snapshot = durable_.snapshot.last,
          .membership = durable_.snapshot.membership,
          .entries = durable_.entries,
          .is_amnesiac = has_lost_};
}

bool FakeHost::HasDurable(Position position) const {
  const Index start = durable_.snapshot.last.index;
  if (position.index <= start) return true;
  const size_t at = position.index - start - 1;
  return at < durable_.entries.size() &&
         durable_.entries[at].term == position.term;
}

}  // namespace reprise::kv::raft
