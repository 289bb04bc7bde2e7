#include "tests/scenarios/bugs/locks.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise {
namespace {

using locks::LockRules;

PlantedBug Listing(const char* name, const char* about, const char* property,
                   const char* source = "") {
  return {.name = name,
          .about = about,
          .scenario = "raft-locks",
          .property = property,
          .blamed = {"*"},
          .source = source};
}

}  // namespace

std::vector<Bug> LockBugs() {
  return {
      {.listing =
           Listing("lock-lease-not-checked",
                   "who is granted a lock does not look whether its lease "
                   "still lasts",
                   "mutual-exclusion", "etcd-io/etcd#11456"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.may_use = [](VirtualTime, VirtualTime) { return true; };
           }},
      {.listing = Listing("lock-counted-from-the-reply",
                          "a client counts its lease from when it was granted",
                          "mutual-exclusion"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.counts_from = [](VirtualTime, VirtualTime answered) {
               return answered;
             };
           }},
      {.listing = Listing("lock-tokens-not-checked",
                          "what a lock guards does not look at tokens",
                          "no-lost-update"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.admits = [](uint64_t, uint64_t) { return true; };
           }},
      {.listing = Listing("lock-time-of-the-leader",
                          "the time of the log is what the leader's clock says",
                          "mutual-exclusion"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.time_for = [](VirtualTime, VirtualTime,
                                 VirtualTime own_now) { return own_now; };
           }},
      {.listing = Listing("lock-expiry-by-own-clock",
                          "each server lets leases end by its own clock",
                          "replicas-agree"),
       .lock_rules =
           [](LockRules& rules, Env& env) {
             rules.time_of = [&env](VirtualTime) { return env.clock().Now(); };
           }},
      {.listing = Listing("lock-renewed-when-lost",
                          "a lease is renewed although another has the lock",
                          "linearizability"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.may_renew = [](auto...) { return true; };
           }},
      {.listing = Listing("lock-token-granted-again",
                          "snapshots forget the tokens that nobody holds",
                          "tokens-increase"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.kept_token = [](uint64_t, uint64_t held) { return held; };
           }},
      {.listing = Listing("lock-asked-for-anew",
                          "a client that was not answered asks for the lock "
                          "by another request",
                          "exactly-once"),
       .lock_rules =
           [](LockRules& rules, Env&) {
             rules.number_again = [](uint64_t number) { return number + 1; };
           }},
  };
}

}  // namespace reprise
