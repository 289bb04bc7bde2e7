#include "reprise/sim/world/describe_mix.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

std::string Percent(Probability probability) {
  return absl::StrCat(100.0 * probability.numerator / probability.denominator,
                      " %");
}

std::string Range(Duration minimum, Duration maximum) {
  if (minimum == maximum) return FormatDuration(minimum);
  return absl::StrCat(FormatDuration(minimum), " to ", FormatDuration(maximum));
}

std::string Delay(const DelayOptions& delay) {
  std::string text = Range(
      delay.minimum, delay.maximum + delay.extra_step * delay.extra_steps);
  if (delay.shape == DelayShape::kExponential) {
    absl::StrAppend(&text, " exponential with mean ",
                    FormatDuration(delay.mean));
  }
  if (!delay.late.IsZero()) {
    absl::StrAppend(&text, ", late ", Percent(delay.late), " (",
                    Range(delay.late_minimum, delay.late_maximum), ")");
  }
  return text;
}

// Appends ", WHAT n %" for what may happen.
void AppendChance(std::string& text, std::string_view what,
                  Probability probability) {
  if (probability.IsZero()) return;
  absl::StrAppend(&text, ", ", ToAbsl(what), " ", Percent(probability));
}

std::string Packet(const PacketOptions& packet) {
  std::string text = Delay(packet.delay);
  AppendChance(text, "lost", packet.loss);
  AppendChance(text, "duplicated", packet.duplicate);
  AppendChance(text, "corrupted", packet.corruption);
  return text;
}

// Lines about sources, each under the name of what they trouble.
class MixText {
 public:
  explicit MixText(const FaultMix& faults) : faults_(faults) {}

  std::string ToString() {
    const NetworkOptions& network = faults_.network;
    AddLink("", network);
    for (const LinkOptions& link : network.links) {
      AddLink(absl::StrCat(link.from.empty() ? "*" : link.from, "->",
                           link.to.empty() ? "*" : link.to, " "),
              link);
    }
    AddNetwork(network);
    AddPartitions(faults_.partitions);
    AddOutage("crashes", faults_.nodes.crash, Crashes(faults_.nodes));
    AddOutage("pauses", faults_.nodes.pause);
    AddOutage("slow nodes", faults_.nodes.slow,
              absl::StrCat(", by ", FormatDuration(faults_.nodes.slow_delay)));
    AddClocks(faults_.clocks);
    AddDisks(faults_.disks);
    const SiteOptions& sites = faults_.sites;
    if (!sites.active.IsZero() && !sites.fires.IsZero()) {
      Add("fault sites", absl::StrCat("active ", Percent(sites.active),
                                      ", then fire ", Percent(sites.fires)));
    }
    return text_;
  }

 private:
  void Add(std::string_view name, const std::string& what) {
    absl::StrAppend(&text_, ToAbsl(name), ": ", what, "\n");
  }

  void AddOutage(std::string_view name, const OutageOptions& outage,
                 const std::string& more = "") {
    if (outage.start.IsZero()) return;
    std::string text = absl::StrCat(
        "begin in ", Percent(outage.start), " of ticks of ",
        FormatDuration(faults_.tick), ", at least ",
        FormatDuration(outage.minimum), ", mean ", FormatDuration(outage.mean));
    if (outage.rest > Duration()) {
      absl::StrAppend(&text, ", rest ", FormatDuration(outage.rest));
    }
    Add(name, text + more);
  }

  // `Options` is NetworkOptions or LinkOptions.
  template <typename Options>
  void AddLink(const std::string& prefix, const Options& link) {
    Add(prefix + "requests", Packet(link.request));
    Add(prefix + "replies", Packet(link.reply));
    if (link.bytes_per_second > 0) {
      Add(prefix + "bandwidth",
          absl::StrCat(link.bytes_per_second, " bytes a second"));
    }
    if (link.packets_max > 0) {
      Add(prefix + "capacity", absl::StrCat(link.packets_max, " packets"));
    }
    AddOutage(prefix + "clogs", link.clog);
  }

  void AddNetwork(const NetworkOptions& network) {
    std::vector<std::string> rules;
    if (network.loss_notice == LossNotice::kAtOnce) {
      rules.push_back("callers learn of losses");
    }
    if (network.corruption == Corruption::kDelivered) {
      rules.push_back("corrupted bytes are delivered");
    }
    if (network.duplicates_repeat) {
      rules.push_back("duplicates may be duplicated again");
    }
    if (!network.default_deadline.IsInfinite()) {
      rules.push_back(absl::StrCat("fail after ",
                                   FormatDuration(network.default_deadline)));
    }
    if (!rules.empty()) Add("calls", absl::StrJoin(rules, ", "));
  }

  void AddPartitions(const PartitionOptions& partitions) {
    std::string more;
    if (!partitions.one_way.IsZero()) {
      absl::StrAppend(&more, ", one way ", Percent(partitions.one_way));
    }
    if (partitions.parts_clients) more += ", clients too";
    AddOutage("partitions", partitions.outage, more);
  }

  static std::string Crashes(const NodeFaultOptions& nodes) {
    std::string more;
    if (nodes.crash_factor_unsynced > 1) {
      absl::StrAppend(&more, ", ", nodes.crash_factor_unsynced,
                      " times likelier before a sync");
    }
    AppendChance(more, "then an empty disk", nodes.restart_empty);
    return more;
  }

  void AddDisks(const DiskOptions& disks) {
    if (disks == DiskOptions()) return;
    std::string read = Delay(disks.read);
    AppendChance(read, "fails", disks.read_error);
    AppendChance(read, "a bit rots", disks.bit_rot);
    Add("disk reads", read);
    std::string write = Delay(disks.write);
    AppendChance(write, "fails", disks.write_error);
    Add("disk writes", write);
    std::string sync = Delay(disks.sync);
    AppendChance(sync, "fails", disks.sync_error);
    Add("disk syncs", sync);
    if (disks.capacity_bytes > 0) {
      Add("disk capacity", absl::StrCat(disks.capacity_bytes, " bytes"));
    }
    std::string crash;
    AppendChance(crash, "sectors lost", disks.sector_lost);
    AppendChance(crash, "torn", disks.sector_torn);
    AppendChance(crash, "garbled", disks.sector_garbled);
    AppendChance(crash, "sizes lost", disks.size_lost);
    AppendChance(crash, "names lost", disks.name_lost);
    if (!crash.empty())
      Add("of what is not synced at a crash", crash.substr(2));
  }

  void AddClocks(const ClockOptions& clocks) {
    std::vector<std::string> errors;
    if (clocks.skew_max > Duration()) {
      errors.push_back(
          absl::StrCat("skew up to ", FormatDuration(clocks.skew_max)));
    }
    if (clocks.drift_ppm_max > 0) {
      errors.push_back(
          absl::StrCat("drift up to ", clocks.drift_ppm_max, " ppm"));
    }
    if (!clocks.jump.IsZero()) {
      errors.push_back(absl::StrCat("jumps of up to ",
                                    FormatDuration(clocks.jump_max), " in ",
                                    Percent(clocks.jump), " of ticks"));
    }
    if (!errors.empty()) Add("clocks", absl::StrJoin(errors, ", "));
  }

  const FaultMix& faults_;
  std::string text_;
};

}  // namespace

std::string DescribeMix(const FaultMix& faults) {
  return MixText(faults).ToString();
}

}  // namespace reprise
