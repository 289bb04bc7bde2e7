// Marks: named statements in code under test and in scenarios, which a sweep
// counts, so that it can say what no seed has ever reached.
//
//   Always(term >= last_term, "raft.term-never-falls"_mark);
//   Sometimes(votes == needed, "raft.elected-by-one-vote"_mark);
//   if (term > term_) { Reached("raft.stepped-down"_mark); ... }
//   default: Unreachable("raft.unknown-message"_mark);
//
// Guarantees: outside a trial a mark does nothing and costs one load and one
// branch. In a trial it is counted without allocating, is charged to no node
// and enters no digest. Every mark that is linked into the program is known
// before main(), whether or not it is ever executed: that is why its name is a
// literal of its own kind, from which the compiler makes an object. While a
// task unwinds, its marks are not heard.
//
// Requires: a name of letters, digits, dots and hyphens, such as AREA.WHAT. One
// name has one kind; several statements may share it.
//
// The idea is that of Antithesis's assertions and of FoundationDB's TEST().

#ifndef REPRISE_SIM_CORE_MARK_H_
#define REPRISE_SIM_CORE_MARK_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "reprise/sim/core/context.h"

namespace reprise {

enum class MarkKind : uint8_t {
  kAlways,       // True whenever it is executed; to be executed at least once.
  kSometimes,    // True at least once.
  kReached,      // Executed at least once.
  kUnreachable,  // Never executed.
};

// One mark of the program. Made by the literals below.
class Mark {
 public:
  // Before main(), from the text of a literal.
  Mark(MarkKind kind, std::string_view name);
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;

  MarkKind kind() const { return kind_; }
  std::string_view name() const { return name_; }
  // 0, 1, ...: where it is counted. Differs from program to program.
  size_t number() const { return number_; }
  // Whether a sweep that never met it has a gap.
  bool IsToBeReached() const { return kind_ != MarkKind::kUnreachable; }
  // The one that was made before it, or null.
  const Mark* next() const { return next_; }

 private:
  MarkKind kind_;
  std::string_view name_;
  size_t number_;
  const Mark* next_;
};

// Where a mark stands in the source.
struct MarkPlace {
  const char* file = "";
  int line = 0;
};

// Who counts; a trial puts one into the thread's context.
class MarkListener {
 public:
  // A mark is executed. `holds`: its condition; true where it has none.
  virtual void OnMark(const Mark& mark, bool holds, const MarkPlace& place) = 0;

 protected:
  ~MarkListener() = default;
};

// The text of a literal. What is no name does not compile.
template <size_t kSize>
struct MarkName {
  // NOLINTNEXTLINE(google-explicit-constructor): from the literal itself.
  constexpr MarkName(const char (&literal)[kSize]) {
    bool is_name = kSize > 1;
    for (size_t i = 0; i < kSize; ++i) {
      const char c = literal[i];
      text[i] = c;
      is_name &= i == kSize - 1 || (c >= 'a' && c <= 'z') ||
                 (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                 c == '-';
    }
    if (!is_name) NamesHaveLettersDigitsDotsAndHyphens();
  }
  constexpr std::string_view View() const { return {text, kSize - 1}; }

  char text[kSize] = {};

 private:
  // Not constant: calling it is the compiler's error.
  static void NamesHaveLettersDigitsDotsAndHyphens() {}
};

// What "lease.expired"_mark is: nothing but its type.
template <MarkName kName>
struct MarkLiteral {};

inline namespace mark_literals {

template <MarkName kName>
constexpr MarkLiteral<kName> operator""_mark() {
  return {};
}

}  // namespace mark_literals

namespace internal {

// The first of the list of all marks, or null; see mark_list.h.
const Mark* LastMark();

// The one object of all statements of a kind and name.
template <MarkKind kKind, MarkName kName>
inline const Mark kMark(kKind, kName.View());

inline void Execute(const Mark& mark, bool holds, const MarkPlace& place) {
  MarkListener* listener = CurrentContext().marks;
  if (listener != nullptr) listener->OnMark(mark, holds, place);
}

}  // namespace internal

// `condition` holds whenever this is executed: false violates the property
// "always", once for each mark and trial, and the run goes on. A sweep misses
// it if it is never executed.
template <MarkName kName>
void Always(bool condition, MarkLiteral<kName> /*mark*/,
            const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  internal::Execute(internal::kMark<MarkKind::kAlways, kName>, condition,
                    {file, line});
}

// A sweep misses it if `condition` is true in no trial.
template <MarkName kName>
void Sometimes(bool condition, MarkLiteral<kName> /*mark*/,
               const char* file = __builtin_FILE(),
               int line = __builtin_LINE()) {
  internal::Execute(internal::kMark<MarkKind::kSometimes, kName>, condition,
                    {file, line});
}

// A sweep misses it if no trial comes here.
template <MarkName kName>
void Reached(MarkLiteral<kName> /*mark*/, const char* file = __builtin_FILE(),
             int line = __builtin_LINE()) {
  internal::Execute(internal::kMark<MarkKind::kReached, kName>, true,
                    {file, line});
}

// Coming here violates the property "unreachable", once for each mark and
// trial, and the run goes on.
template <MarkName kName>
void Unreachable(MarkLiteral<kName> /*mark*/,
                 const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  internal::Execute(internal::kMark<MarkKind::kUnreachable, kName>, true,
                    {file, line});
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MARK_H_
