#include "reprise/kv/raft/testing/cluster.h"

#include <algorithm>
#include <utility>

namespace reprise::kv::raft {
namespace {

constexpr int64_t kMillion = 1'000'000;

NodeId NodeOf(size_t i) { return NodeId(static_cast<uint32_t>(i)); }

// The earliest event is on top.
constexpr auto kIsLater = [](const auto& a, const auto& b) {
  return a.at != b.at ? a.at > b.at : a.number > b.number;
};

}  // namespace

Cluster::Cluster(Seed seed, const ClusterOptions& options)
    : options_(options), chance_(StreamKey(seed, "cluster", "chance")) {
  const size_t count = options.servers + options.spares;
  for (size_t i = 0; i < options.servers; ++i) {
    first_.voters.push_back(NodeOf(i));
  }
  cut_.resize(count * count);
  servers_.resize(count);
  for (size_t i = 0; i < count; ++i) {
    Server& server = servers_[i];
    server.host =
        std::make_unique<FakeHost>(RandomStream(StreamKey(seed, i, 1)),
                                   i < options.servers ? first_ : Membership());
    server.drift_ppm =
        chance_.Uniform(-options.drift_ppm_max, options.drift_ppm_max);
    server.offset = Draw(Duration(), Seconds(10));
    Restart(i);
  }
}

Duration Cluster::Draw(Duration least, Duration most) {
  return Nanoseconds(chance_.Uniform(least.nanoseconds(), most.nanoseconds()));
}

VirtualTime Cluster::LocalTime(size_t i) const {
  const Server& server = servers_[i];
  const int64_t passed = now_.nanoseconds();
  return VirtualTime::Nanoseconds(passed +
                                  passed / 1000 * server.drift_ppm / 1000) +
         server.offset;
}

VirtualTime Cluster::TrueTime(size_t i, VirtualTime local) const {
  const Server& server = servers_[i];
  const Duration left = local - LocalTime(i);
  if (left <= Duration()) return now_;
  // No earlier than the clock reaches it; then it is looked at again.
  return now_ + left * kMillion / (kMillion + server.drift_ppm) +
         Microseconds(1);
}

void Cluster::Push(VirtualTime at, Kind kind, size_t server, NodeId from,
                   Message message) {
  events_.push_back({at, ++events_made_, kind, server, servers_[server].life,
                     from, std::move(message)});
  std::push_heap(events_.begin(), events_.end(), kIsLater);
}

void Cluster::RunFor(Duration duration) {
  RunUntil([] { return false; }, duration);
}

bool Cluster::RunUntil(absl::FunctionRef<bool()> is_done, Duration most) {
  const VirtualTime end = now_ + most;
  while (!is_done()) {
    if (events_.empty() || events_.front().at > end) {
      now_ = end;
      return false;
    }
    std::pop_heap(events_.begin(), events_.end(), kIsLater);
    Event event = std::move(events_.back());
    events_.pop_back();
    now_ = event.at;
    Happen(event);
  }
  return true;
}

void Cluster::Happen(Event& event) {
  const size_t i = event.server;
  Server& server = servers_[i];
  Consensus* consensus = server.consensus.get();
  if (consensus == nullptr) return;
  switch (event.kind) {
    case Kind::kMessage:
      consensus->Receive(event.from, std::move(event.message), LocalTime(i));
      break;
    case Kind::kSync:
      if (event.life != server.life) return;
      consensus->OnDurable(server.host->EndSync(), LocalTime(i));
      break;
    case Kind::kTick:
      if (event.life != server.life || event.at != server.tick_at) return;
      server.tick_at = VirtualTime::Infinite();
      if (LocalTime(i) >= consensus->deadline()) consensus->Tick(LocalTime(i));
      break;
  }
  Settle(i);
}

void Cluster::Settle(size_t i) {
  Server& server = servers_[i];
  for (Outgoing& sent : server.host->TakeOutbox()) {
    Deliver(i, std::move(sent));
  }
  AnswerReads(i);
  if (server.host->IsSyncDue()) {
    server.host->BeginSync(server.consensus->save_point());
    Push(now_ + Draw(Microseconds(100), options_.sync_max), Kind::kSync, i);
  }
  const VirtualTime deadline = server.consensus->deadline();
  if (deadline == VirtualTime::Infinite()) return;
  const VirtualTime tick_at = TrueTime(i, deadline);
  if (tick_at >= server.tick_at) return;
  server.tick_at = tick_at;
  Push(tick_at, Kind::kTick, i);
}

void Cluster::Deliver(size_t from, Outgoing sent) {
  const size_t to = sent.to.value();
  if (cut_[from * servers_.size() + to] || chance_.Chance(options_.lost)) {
    return;
  }
  if (chance_.Chance(options_.doubled)) {
    Push(now_ + Draw(options_.delay_min, options_.late_max), Kind::kMessage, to,
         NodeOf(from), sent.message);
  }
  Push(now_ + Draw(options_.delay_min, options_.delay_max), Kind::kMessage, to,
       NodeOf(from), std::move(sent.message));
}

void Cluster::AnswerReads(size_t i) {
  Server& server = servers_[i];
  for (const auto& [read, is_ready] : server.host->TakeReads()) {
    const auto waiting = server.reads.find(read);
    if (is_ready) {
      ++reads_done_;
      // One that was answered at once saw all that there was to see.
      safety_.OnReadDone(*server.consensus, waiting == server.reads.end()
                                                ? safety_.committed()
                                                : waiting->second);
    }
    if (waiting != server.reads.end()) server.reads.erase(waiting);
  }
}

std::optional<size_t> Cluster::Leader() const {
  std::optional<size_t> leader;
  for (size_t i = 0; i < servers_.size(); ++i) {
    const Consensus* server = servers_[i].consensus.get();
    if (server == nullptr || server->role() != Role::kLeader) continue;
    if (!leader.has_value() ||
        server->term() > servers_[*leader].consensus->term()) {
      leader = i;
    }
  }
  return leader;
}

absl::Status Cluster::Propose(size_t i, std::string_view command) {
  const absl::Status status =
      server(i)->Propose(Bytes(command), LocalTime(i)).status();
  Settle(i);
  return status;
}

absl::Status Cluster::Read(size_t i) {
  const absl::StatusOr<uint64_t> read = server(i)->Read(LocalTime(i));
  if (read.ok()) servers_[i].reads[*read] = safety_.committed();
  Settle(i);
  return read.status();
}

absl::Status Cluster::ChangeMembership(size_t i, const Membership& wanted) {
  const absl::Status status =
      server(i)->ChangeMembership(wanted, LocalTime(i)).status();
  Settle(i);
  return status;
}

absl::Status Cluster::Transfer(size_t i, size_t to) {
  const absl::Status status =
      server(i)->TransferLeadership(NodeOf(to), LocalTime(i));
  Settle(i);
  return status;
}

void Cluster::Crash(size_t i) {
  Server& server = servers_[i];
  server.consensus.reset();
  server.reads.clear();
  ++server.life;
  server.host->Crash(static_cast<size_t>(chance_.Uniform(0, 3)));
}

void Cluster::Restart(size_t i) {
  Server& server = servers_[i];
  server.tick_at = VirtualTime::Infinite();
  server.consensus = std::make_unique<Consensus>(
      NodeOf(i), options_.raft, options_.rules, *server.host,
      server.host->Start(), LocalTime(i), &safety_);
  Settle(i);
}

void Cluster::Checkpoint(size_t i) {
  const Consensus& consensus = *server(i);
  const Index applied = consensus.applied();
  const std::optional<Term> term = consensus.log().TermAt(applied);
  if (applied == 0 || !term.has_value()) return;
  host(i).Checkpoint({applied, *term}, consensus.MembershipAt(applied));
  Settle(i);
}

void Cluster::Cut(size_t from, size_t to, bool is_cut) {
  cut_[from * servers_.size() + to] = is_cut;
}

void Cluster::CutOff(size_t i, bool is_cut) {
  for (size_t other = 0; other < servers_.size(); ++other) {
    Cut(i, other, is_cut);
    Cut(other, i, is_cut);
  }
}

void Cluster::Heal() {
  cut_.assign(cut_.size(), false);
  options_.lost = {0, 1};
  options_.doubled = {0, 1};
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (server(i) == nullptr) Restart(i);
  }
}

}  // namespace reprise::kv::raft
