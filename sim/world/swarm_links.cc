#include "reprise/sim/world/swarm_links.h"

#include <algorithm>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/delay_options.h"

namespace reprise {
namespace {

void DrawFlaps(const MixDraws& draw, NetworkOptions& network) {
  if (!draw.IsOn("flap", {1, 4})) return;
  network.flap = {
      .start = draw.UpTo("flap", kPercent),
      .minimum = Milliseconds(10),
      .mean = draw.Between("flap-mean", Milliseconds(10), Seconds(1)),
      .rest = Milliseconds(50)};
  network.flap_up = draw.Between("flap-up", Milliseconds(1), Milliseconds(100));
  network.flap_down =
      draw.Between("flap-down", Milliseconds(1), Milliseconds(100));
}

void DrawBadLinks(const MixDraws& draw, NetworkOptions& network) {
  if (!draw.IsOn("bad-link", {1, 4})) return;
  network.bad_link = draw.UpTo("bad-link", 50 * kPercent);
  network.bad_link_loss = draw.UpTo("bad-link-loss", 50 * kPercent);
  network.bad_link_delay = draw.Between("bad-link-delay", {}, Milliseconds(50));
}

void DrawSlowMethods(const MixDraws& draw, NetworkOptions& network) {
  if (!draw.IsOn("slow-method", {1, 4})) return;
  network.slow_method = {
      .start = draw.UpTo("slow-method", kPercent),
      .minimum = Milliseconds(10),
      .mean = draw.Between("slow-method-mean", Milliseconds(10), Seconds(1)),
      .rest = Milliseconds(50)};
  network.slow_method_delay =
      draw.Between("slow-method-delay", {}, Milliseconds(200));
  network.slow_method_loss = draw.UpTo("slow-method-loss", 50 * kPercent);
}

void DrawReordering(const MixDraws& draw, NetworkOptions& network) {
  if (!draw.IsOn("reorder", kHalf)) return;
  PacketOptions& request = network.request;
  request.reorder = draw.UpTo("reorder", 20 * kPercent);
  request.reorder_window = draw.Uniform("reorder-window", 1, 8);
  request.reorder_wait =
      draw.Between("reorder-wait", Milliseconds(1), Milliseconds(100));
  network.reply.reorder = request.reorder;
  network.reply.reorder_window = request.reorder_window;
  network.reply.reorder_wait = request.reorder_wait;
}

void DrawLateReplies(const MixDraws& draw, NetworkOptions& network) {
  if (!draw.IsOn("late-replies", {1, 8})) return;
  DelayOptions& delay = network.reply.delay;
  delay.late = draw.UpTo("late-replies", 2 * kPercent);
  delay.late_minimum = Seconds(1);
  delay.late_maximum =
      draw.Between("late-replies-most", Seconds(1), Seconds(10));
  // Patient callers see most of them, and try again soon enough for scenarios
  // that wait ten seconds after the faults.
  network.default_deadline =
      std::min(delay.late_maximum + Milliseconds(500), Milliseconds(7500));
}

}  // namespace

void DrawSwarmLinks(const MixDraws& draw, NetworkOptions& network) {
  DrawFlaps(draw, network);
  DrawBadLinks(draw, network);
  DrawSlowMethods(draw, network);
  DrawReordering(draw, network);
  DrawLateReplies(draw, network);
}

}  // namespace reprise
