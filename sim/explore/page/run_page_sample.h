// SampleRun: an invented run for tests of the page: a Put whose reply is lost
// is executed twice, so that a client reads what was replaced before.
//
//   const SampleRun sample;
//   WriteRunPage(out, sample.Input());

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_SAMPLE_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_SAMPLE_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/run_page_input.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {

class SampleRun {
 public:
  SampleRun();

  const EventList& list() const { return list_; }
  // Of everything that a page can have; borrows the list.
  RunPageInput Input() const;

 private:
  // At `milliseconds` of virtual time.
  void At(int64_t milliseconds, TraceEvent event,
          std::string_view content = {});
  void Hold(NodeId node, uint64_t bytes);
  // Of the server, in which it stands out; at the violation where `id` is 1.
  void Lead(int term, uint64_t id = 0);
  void Order(uint64_t operation, uint64_t place);
  void AddStart();
  void AddWrites();
  void AddFaults();
  void AddReads();

  EventList list_;
};

// A run of `calls` calls between three clients and a server, six events each,
// with the memory of the nodes and the order of the operations.
class LargeRun {
 public:
  explicit LargeRun(uint64_t calls);
  const EventList& list() const { return list_; }

 private:
  EventList list_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_SAMPLE_H_
