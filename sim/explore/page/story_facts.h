// StoryFacts: what must be known of a whole run before it can be told from its
// beginning: which operation each call serves, how each of them ends, and from
// when on a message is late.

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_FACTS_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_FACTS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {

// A client's operation.
struct OperationFacts {
  uint64_t number = 0;  // As the trace counts.
  NodeId node = {};
  std::string key = {};  // Empty unless it is of a key/value store.
  bool writes = false;
  bool has_returned = false;
  // Whether anything went wrong with a message of it, whether that was more
  // than a second copy of a reply, and whether it matters when servers received
  // its requests.
  bool is_touched = false;
  bool is_hurt = false;
  bool was_received_oddly = false;
  std::map<NodeId, uint64_t> receptions = {};
};

// A remote call.
struct CallFacts {
  size_t operation = 0;  // Its place among the operations.
  VirtualTime sent = {};
};

class StoryFacts {
 public:
  explicit StoryFacts(std::span<const ListedEvent> events);

  const std::vector<OperationFacts>& operations() const { return operations_; }
  std::optional<size_t> PlaceOf(uint64_t operation) const;
  // The call that an event of a request or a reply is about, if it serves an
  // operation; else null.
  const CallFacts* CallOf(const TraceEvent& event) const;
  // Nodes that nothing ever happened to, but that could not be reached: they
  // were left out, or never began.
  const std::set<NodeId>& absent() const { return absent_; }
  // Whether the message that is sent takes eight times as long as half of all.
  bool IsLate(const TraceEvent& event) const;

 private:
  void FindServers(std::span<const ListedEvent> events);
  void FindAbsent(std::span<const ListedEvent> events);
  void FindLateness(std::span<const ListedEvent> events);
  void Learn(const ListedEvent& listed);
  void LearnCall(const TraceEvent& event);

  std::vector<OperationFacts> operations_;
  std::map<uint64_t, size_t> places_;           // By number.
  std::map<NodeId, std::vector<size_t>> open_;  // Places, by node.
  std::map<uint64_t, CallFacts> calls_;         // By number.
  std::set<NodeId> servers_;
  std::set<NodeId> absent_;
  uint64_t late_ns_ = 0;  // From here on.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_FACTS_H_
