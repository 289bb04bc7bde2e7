// SharedPage: memory that a process shares with the one that watches over it.
//
// The process writes down what it is at as it goes, and, when code under test
// ends it, its last words: what happened, in whose code, when, and from where.
// The watcher reads them once the process is gone. Addresses are the same in
// both, since the one was forked from the other.
//
//   SharedPage page;
//   if (fork() == 0) { page->seed = 417; ... }
//   wait(nullptr);
//   if (page->end == SharedWords::End::kSignal) ...

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_SHARED_PAGE_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_SHARED_PAGE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/mark_list.h"

namespace reprise {

struct SharedWords {
  enum class End : uint32_t {
    kNone,      // It said nothing: whoever killed it gave it no time.
    kSignal,    // A signal, such as the one of abort().
    kOverflow,  // A task overflowed its stack.
    kExit,      // exit() was called.
    kStuck,     // The watchdog lost its patience.
    kClosed,    // The connection to its parent was closed here.
  };

  // What the process is at.
  std::atomic<bool> is_in_trial = false;
  std::atomic<uint64_t> trials_begun = 0;
  // The trial is over, and the process waits for what repeats it.
  std::atomic<bool> is_repeating = false;
  std::atomic<uint64_t> seed = 0;
  // Where the trial's events are followed one by one.
  std::atomic<uint64_t> digest = 0;
  std::atomic<uint64_t> events = 0;
  // Whether the machine had no memory left at some time.
  std::atomic<bool> had_no_memory = false;

  // What the watcher asks for: that no trial is begun any more, and that the
  // process says where it is and ends at once.
  std::atomic<bool> should_end = false;
  std::atomic<bool> must_end = false;

  // The last words; `end` is written first, then the others as far as the
  // process comes.
  std::atomic<End> end = End::kNone;
  int signal_number = 0;
  size_t stack_bytes = 0;  // For kOverflow.
  bool is_simulating = false;
  int64_t nanoseconds = 0;  // Virtual time.
  uint64_t steps = 0;
  bool has_task = false;
  char node[128] = {};
  char task[128] = {};
  int depth = 0;
  void* frames[kFramesMax] = {};

  // For whoever runs the process: as it likes.
  alignas(16) char notes[2048] = {};
};

class SharedPage {
 public:
  SharedPage();
  ~SharedPage();
  SharedPage(const SharedPage&) = delete;
  SharedPage& operator=(const SharedPage&) = delete;

  // In a forked process: goes on with a copy that is not shared.
  void Detach();

  SharedWords* operator->() { return words_; }
  const SharedWords* operator->() const { return words_; }
  SharedWords& operator*() { return *words_; }
  const SharedWords& operator*() const { return *words_; }

  // How often marks were met, by Mark::number(): as the process likes.
  std::span<uint64_t> marks() { return {mark_counts_, MarkCount()}; }

  // The notes as a value, which is zero until somebody writes it. A T must be
  // trivially copyable and need no more room and alignment than `notes` has.
  template <typename T>
  T& notes() {
    static_assert(sizeof(T) <= sizeof(SharedWords::notes));
    static_assert(alignof(T) <= 16);
    static_assert(__is_trivially_copyable(T));
    return *reinterpret_cast<T*>(words_->notes);
  }

 private:
  SharedWords* words_;
  uint64_t* mark_counts_;  // Behind the words.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_SHARED_PAGE_H_
