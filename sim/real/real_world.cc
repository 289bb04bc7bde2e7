#include "reprise/sim/real/real_world.h"

#include <algorithm>
#include <csignal>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "asio/signal_set.hpp"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/real_node.h"

namespace reprise {

// Makes the loop take a turn.
class RealWorld::Alarm final : public Event {
 public:
  explicit Alarm(Scheduler& scheduler) : scheduler_(scheduler) {}
  ~Alarm() {
    if (IsScheduled()) scheduler_.Cancel(*this);
  }
  void Fire() override {}

 private:
  Scheduler& scheduler_;
};

struct RealWorld::Signals {
  explicit Signals(EventLoop& loop) : set(loop.io(), SIGINT, SIGTERM) {}

  void Await(RealWorld& world) {
    set.async_wait([this, &world](const asio::error_code& error, int) {
      if (error) return;
      world.BeginToStop();
      Await(world);
    });
  }

  asio::signal_set set;
};

RealWorld::RealWorld(const RealWorldOptions& options)
    : options_(options), alarm_(std::make_unique<Alarm>(loop_.scheduler())) {}

// The scheduler refers to the nodes.
RealWorld::~RealWorld() { EndNodes(); }

absl::StatusOr<RealNode*> RealWorld::AddNode(const RealNodeOptions& options) {
  absl::StatusOr<std::unique_ptr<RealNode>> node =
      RealNode::Open(loop_, options);
  if (!node.ok()) return node.status();
  nodes_.push_back(*std::move(node));
  return nodes_.back().get();
}

absl::Status RealWorld::Run() {
  const absl::Status status = loop_.Run([this] { return IsDone(); });
  EndNodes();
  return status;
}

void RealWorld::EndNodes() {
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
    (*node)->End();
  }
  loop_.scheduler().Shutdown();
}

bool RealWorld::IsDone() const {
  if (!stop_at_) {
    return std::all_of(nodes_.begin(), nodes_.end(),
                       [](const auto& node) { return node->IsDone(); });
  }
  return loop_.Now() >= *stop_at_ ||
         std::all_of(nodes_.begin(), nodes_.end(),
                     [](const auto& node) { return node->IsDrained(); });
}

void RealWorld::Stop() {
  loop_.Post([this] { BeginToStop(); });
}

void RealWorld::StopOnSignals() {
  signals_ = std::make_unique<Signals>(loop_);
  signals_->Await(*this);
}

void RealWorld::BeginToStop() {
  if (stop_at_) {
    stop_at_ = loop_.Now();
    return;
  }
  stop_at_ = loop_.Now() + options_.grace;
  loop_.scheduler().Schedule(*alarm_, *stop_at_);
  for (const std::unique_ptr<RealNode>& node : nodes_) node->Drain();
}

}  // namespace reprise
