// Edits: what is said about a run beyond its seed: which decisions get other
// answers, and from when on another seed answers.
//
// A decision is named by its entity, its purpose and a place among those of
// the two. The decisions about a packet are placed by what the packet serves,
// not by when it travels, so that another operation, client or fault moves none
// of them: its method, the client's operation that it serves, and its number
// among the packets of that method on its link that serve the operation.
//
//   Edits calm_but_one{.base = Base::kCalm,
//                      .schedule = {{"clerk-1->server", "reply-loss", 0, 1,
//                                    "Put 1.7 #0"}}};

#ifndef REPRISE_SIM_WORLD_EDITS_H_
#define REPRISE_SIM_WORLD_EDITS_H_

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// One answer. `purpose` is the name of a Purpose, such as "request-loss";
// `entity` is for example "clerk-1->server".
struct Decision {
  std::string entity;
  std::string purpose;
  uint64_t index = 0;  // 0 where `packet` names the place.
  uint64_t value = 0;
  // Of a packet or a turn of a task: what it serves (packet_name.h). Empty: of
  // neither, or placed by the packet's index on its link, as in replay files of
  // version 1.
  std::string packet = {};
  // The answer in words, instead of `value`, where the purpose takes them
  // (purpose.h). Empty: `value` answers.
  std::string words = {};

  friend auto operator<=>(const Decision&, const Decision&) = default;
};

// "a->b:request-loss:Put 1.7 #0", "server:crash:12".
std::string NameOf(const Decision& decision);

// What of an answer in words does not fit the run.
struct Misfit {
  std::string reason = {};  // "names \"clerk-9\", expected ..."
  // Whether it names what the run does not have, not only what edits leave out.
  bool is_unknown = false;
};
struct UnfitEdit {
  Decision edit = {};
  Misfit misfit = {};
};

// Answers, each to another decision.
using Schedule = std::vector<Decision>;

// What answers a decision that no edit names.
enum class Base : uint8_t {
  kSeed,
  kCalm,  // Nothing happens; a delay is its options' calm one.
};

// From an instant on, `seed` answers what no edit names, whatever the base, and
// nodes' own draws come from it. What has begun goes on.
struct Reseed {
  VirtualTime after = {};  // Decisions that are asked for later than this.
  Seed seed = {};
  // Whether it draws faults alone: a delay that is no longer than the longest
  // ordinary one (LongestOrdinary, delays.h) is calm.
  bool has_calm_delays = false;

  friend bool operator==(const Reseed&, const Reseed&) = default;
};

struct Edits {
  Base base = Base::kSeed;
  std::vector<Reseed> reseeds = {};  // In the order of time.
  Schedule schedule = {};

  friend bool operator==(const Edits&, const Edits&) = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_EDITS_H_
