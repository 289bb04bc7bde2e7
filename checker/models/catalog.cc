#include "reprise/checker/models/catalog.h"

#include "reprise/checker/model/named.h"
#include "reprise/checker/models/counter.h"
#include "reprise/checker/models/fenced_lease.h"
#include "reprise/checker/models/log.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/set.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/models/unique_ids.h"

namespace reprise::checker {

std::vector<NamedModel> AllModels() {
  return {
      {.name = "key-value",
       .about = "values under keys: get, put, append, delete"},
      {.name = "register",
       .about = "one value, or one a key: read, write, cas"},
      {.name = "cas-register",
       .about = "a register with compare-and-set: read, write, cas"},
      Named<SetModel>("set", "a set: add, remove, contains, read"),
      Named<CounterModel>(
          "counter", "a number: add, subtract, add-and-get, get-and-add, read"),
      Named<QueueModel>("queue", "first in, first out: enqueue, dequeue, peek"),
      Named<StackModel>("stack", "last in, first out: push, pop, peek"),
      Named<PriorityQueueModel>("priority-queue",
                                "the smallest first: insert, pop-min, peek"),
      Named<LogModel>("log", "elements at offsets: append, read, poll"),
      Named<MutexModel>("mutex", "a lock for one: acquire, release"),
      Named<FencedLeaseModel>(
          "fenced-lease",
          "a lease with growing tokens: acquire, renew, use, release"),
      Named<UniqueIdsModel>("unique-ids",
                            "identifiers, none of them twice: generate"),
  };
}

}  // namespace reprise::checker
