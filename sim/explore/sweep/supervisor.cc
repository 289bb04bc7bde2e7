#include "reprise/sim/explore/sweep/supervisor.h"

#include <poll.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/isolation/trial_message.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/sweep/seed_work.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

// Orders that a worker has at a time, so that it need not wait for the next.
constexpr size_t kOrdersAhead = 2;

// The first byte of a worker's message.
enum class Kind : char {
  kStretch = 's',
  kEndOfOrder = 'e',
};

int JobsOf(const SweepOptions& options) { return std::max(1, options.jobs); }

// Small enough to keep every worker busy to the end, large enough to make the
// way between processes cheap.
uint64_t ChunkSeeds(const SweepOptions& options) {
  const auto jobs = static_cast<uint64_t>(JobsOf(options));
  return std::clamp<uint64_t>(options.seeds.count / (jobs * 16), 1, 32);
}

void SendOrder(ChildProcess& process, const SeedRange& seeds) {
  MessageWriter writer;
  writer.WritePlain(seeds);
  process.channel().Send(writer.bytes());
}

std::string Format(const Stretch& stretch) {
  MessageWriter writer;
  writer.WritePlain(Kind::kStretch);
  writer.WritePlain(stretch.totals);
  writer.Write(std::span<const uint64_t>(stretch.marks));
  writer.WritePlain(stretch.failure.has_value());
  if (stretch.failure) writer.Write(*stretch.failure);
  return writer.bytes();
}

Stretch ReadStretch(MessageReader& reader) {
  Stretch stretch{.totals = reader.ReadPlain<SweepTotals>()};
  stretch.marks = reader.ReadCounts();
  if (reader.ReadPlain<bool>()) stretch.failure = reader.ReadTrial();
  return stretch;
}

// What a worker has not handed in.
Stretch LeftIn(SharedPage& page) {
  return {.totals = page.notes<SweepTotals>(),
          .marks = MarkCounts(page.marks().begin(), page.marks().end())};
}

}  // namespace

Supervisor::Supervisor(const Scenario& scenario, const SweepOptions& options)
    : scenario_(scenario),
      options_(options),
      chunk_seeds_(ChunkSeeds(options)),
      chunks_(options.seeds.count / chunk_seeds_ +
              (options.seeds.count % chunk_seeds_ != 0 ? 1 : 0)),
      merger_(options) {}

SweepResult Supervisor::Run() {
  Look();
  workers_.resize(std::min(static_cast<uint64_t>(JobsOf(options_)), chunks_));
  for (Worker& worker : workers_) {
    if (is_over_ || !Start(worker)) break;
    Supply(worker);
  }
  while (IsWorking()) {
    WaitForMessages();
    Look();
  }
  SweepResult result = merger_.Take();
  result.was_stopped =
      !merger_.HasEnough() && result.totals.seeds < options_.seeds.count;
  result.refusal = refusal_;
  return result;
}

bool Supervisor::IsWorking() const {
  return std::any_of(
      workers_.begin(), workers_.end(),
      [](const Worker& worker) { return worker.process != nullptr; });
}

std::optional<Supervisor::Order> Supervisor::NextOrder() {
  if (is_over_ || next_chunk_ == chunks_) return std::nullopt;
  const uint64_t chunk = next_chunk_++;
  const uint64_t begin = chunk * chunk_seeds_;
  return Order{
      .chunk = chunk,
      .seeds = {.first = options_.seeds.first + begin,
                .count = std::min(chunk_seeds_, options_.seeds.count - begin)}};
}

void Supervisor::Supply(Worker& worker) {
  while (worker.orders.size() < kOrdersAhead) {
    const std::optional<Order> order = NextOrder();
    if (!order) break;
    worker.orders.push_back(*order);
    SendOrder(*worker.process, order->seeds);
  }
  // An order for no seeds: there will be no other.
  if (worker.orders.empty()) SendOrder(*worker.process, {});
}

bool Supervisor::Start(Worker& worker) {
  if (options_.determinism != nullptr) {
    worker.lent = options_.determinism->Lend();
  }
  absl::StatusOr<std::unique_ptr<ChildProcess>> process = ChildProcess::Start(
      options_.watch, [&](const ChildSide& side) { Work(side, worker); });
  if (!process.ok()) {
    EndLoan(worker, /*is_idle=*/true);
    // The others go on.
    std::cerr << process.status().message() << "\n";
    if (!IsWorking()) was_stopped_ = is_over_ = true;
    return false;
  }
  worker.process = *std::move(process);
  worker.printing_trial = 0;
  worker.watchdog = std::make_unique<Watchdog>(*worker.process, options_.watch);
  for (const Order& order : worker.orders) {
    SendOrder(*worker.process, order.seeds);
  }
  return true;
}

void Supervisor::Work(const ChildSide& side, Worker& self) {
  if (options_.determinism != nullptr) {
    options_.determinism->LeaveProcesses(std::move(self.lent));
    for (Worker& other : workers_) {
      if (other.lent != nullptr) other.lent->Leave();
    }
  }
  const SeedWorkOptions work_options{
      .should_stop = [&] { return side.page->should_end.load(); },
      .hand_in =
          [&](const Stretch& stretch) { side.channel.Send(Format(stretch)); },
      .after_trial = [&] { EndIfClosed(side); },
      .page = &side.page};
  SeedWork work(scenario_, options_, work_options);
  while (const std::optional<std::string> message = side.channel.Receive()) {
    const auto seeds = MessageReader(*message).ReadPlain<SeedRange>();
    if (seeds.count == 0) return;
    work.Run(seeds);
    MessageWriter writer;
    writer.WritePlain(Kind::kEndOfOrder);
    side.channel.Send(writer.bytes());
  }
}

void Supervisor::EndLoan(Worker& worker, bool is_idle) {
  if (worker.lent == nullptr) return;
  options_.determinism->TakeBack(std::move(worker.lent), is_idle);
}

void Supervisor::WaitForMessages() {
  std::vector<pollfd> ends;
  std::vector<Worker*> owners;
  for (Worker& worker : workers_) {
    if (worker.process == nullptr) continue;
    ends.push_back({.fd = worker.process->channel().descriptor(),
                    .events = POLLIN,
                    .revents = 0});
    owners.push_back(&worker);
  }
  if (poll(ends.data(), ends.size(), kPollMilliseconds) <= 0) return;
  for (size_t i = 0; i < ends.size(); ++i) {
    if (ends[i].revents != 0) Receive(*owners[i]);
  }
}

void Supervisor::Receive(Worker& worker) {
  const std::optional<std::string> message =
      worker.process->channel().Receive();
  if (!message) return Bury(worker);
  Take(worker, *message);
}

void Supervisor::Take(Worker& worker, const std::string& message) {
  MessageReader reader(message);
  switch (reader.ReadPlain<Kind>()) {
    case Kind::kStretch:
      merger_.HandIn(worker.orders.front().chunk, ReadStretch(reader));
      break;
    case Kind::kEndOfOrder:
      merger_.EndChunk(worker.orders.front().chunk);
      worker.orders.pop_front();
      Supply(worker);
      break;
  }
  if (merger_.HasEnough()) is_over_ = true;
}

// The worker is gone: because its work is done, or because of a trial.
void Supervisor::Bury(Worker& worker) {
  const std::unique_ptr<ChildProcess> process = std::move(worker.process);
  worker.watchdog.reset();
  const ChildEnd end = process->Wait();
  EndLoan(worker, /*is_idle=*/worker.orders.empty());
  const std::string printed =
      std::exchange(worker.printed, "") + process->TakeErrors();
  if (worker.orders.empty()) {
    std::cerr << printed;
    return;
  }
  SharedPage& page = process->page();
  Death death = DescribeDeath(*page, end, printed);
  if (death.is_refusal) {
    refusal_ = printed;
    is_over_ = was_stopped_ = true;
    worker.orders.clear();
    return;
  }
  Order& order = worker.orders.front();
  // It was at no seed of its order if it died before the first.
  const uint64_t place = page->seed - order.seeds.first;
  const uint64_t done = place < order.seeds.count ? place + 1 : 1;
  TrialOptions trial = options_.trial;
  trial.seed = Seed(order.seeds.first + done - 1);
  std::optional<RecordedTrial> failure = Examine(
      trial, {.seed = trial.seed,
              .verdict = std::move(death.verdict),
              .virtual_time = VirtualTime::Nanoseconds(page->nanoseconds)});
  if (!failure) {
    is_over_ = was_stopped_ = true;
    worker.orders.clear();
    return;
  }
  Stretch stretch = LeftIn(page);
  stretch.failure = std::move(failure);
  stretch.AddFailure();
  merger_.HandIn(order.chunk, std::move(stretch));
  if (merger_.HasEnough()) is_over_ = true;
  order.seeds.first += done;
  order.seeds.count -= done;
  if (order.seeds.count == 0) {
    merger_.EndChunk(order.chunk);
    worker.orders.pop_front();
  }
  if (is_over_) worker.orders.clear();
  if (worker.orders.empty()) {
    if (const std::optional<Order> next = NextOrder()) {
      worker.orders.push_back(*next);
    }
  }
  if (!worker.orders.empty() && Start(worker)) Supply(worker);
}

std::optional<RecordedTrial> Supervisor::Examine(const TrialOptions& trial,
                                                 TrialResult death) {
  if (death.verdict.kind == VerdictKind::kUndecided) {
    return RecordedTrial{.result = std::move(death)};
  }
  std::optional<IsolatedTrial> again = RunIsolated(
      scenario_, trial,
      {.watch = options_.watch, .should_stop = options_.should_stop});
  if (!again) return std::nullopt;
  RecordedTrial recorded = std::move(again->recorded);
  if (!again->has_died && !recorded.result.verdict.depends_on_machine) {
    const std::string first_message = death.verdict.message;
    recorded.result.verdict = {
        .kind = VerdictKind::kViolated,
        .property = std::string(kDeterminismProperty),
        .message = absl::StrCat(
            "seed ", trial.seed.value(),
            " ended its process in the sweep, but run once more, by itself, it "
            "ended ",
            DescribeResult(recorded.result)),
        .also = {{std::string(kNoCrashProperty), first_message}}};
  }
  return recorded;
}

// What a trial prints is held back until the next one begins: if the process
// dies of it, it is evidence.
void Supervisor::PassOnErrors(Worker& worker) {
  const uint64_t trial = worker.process->page()->trials_begun;
  if (trial != worker.printing_trial) {
    std::cerr << std::exchange(worker.printed, "");
    worker.printing_trial = trial;
  }
  worker.printed += worker.process->TakeErrors();
}

// What it has found counts; the trial that it is at does not.
void Supervisor::EndEarly(Worker& worker) {
  worker.process->Kill();
  worker.process->Wait();
  while (const std::optional<std::string> message =
             worker.process->channel().Receive()) {
    Take(worker, *message);
  }
  EndLoan(worker, /*is_idle=*/false);
  std::cerr << worker.printed << worker.process->TakeErrors();
  if (!worker.orders.empty()) {
    merger_.HandIn(worker.orders.front().chunk, LeftIn(worker.process->page()));
  }
  worker = {};
}

void Supervisor::Look() {
  for (Worker& worker : workers_) {
    if (worker.process == nullptr) continue;
    PassOnErrors(worker);
    worker.watchdog->Look();
  }
  if (!is_over_ && options_.should_stop && options_.should_stop()) {
    is_over_ = was_stopped_ = true;
  }
  if (!is_over_) return;
  if (!since_over_) since_over_.emplace();
  for (Worker& worker : workers_) {
    if (worker.process == nullptr) continue;
    worker.process->page()->should_end = true;
    // Trials that were to run behind the last seed count for nothing.
    const bool may_end =
        was_stopped_ && (!options_.grace_seconds ||
                         since_over_->Seconds() < *options_.grace_seconds);
    if (may_end) continue;
    EndEarly(worker);
  }
}

}  // namespace reprise
