#include "reprise/sim/core/mark.h"

namespace reprise {
namespace {

// The list of all marks. It grows before main() alone.
constinit const Mark* last_mark = nullptr;

}  // namespace

Mark::Mark(MarkKind kind, std::string_view name)
    : kind_(kind),
      name_(name),
      number_(last_mark == nullptr ? 0 : last_mark->number() + 1),
      next_(last_mark) {
  last_mark = this;
}

const Mark* internal::LastMark() { return last_mark; }

}  // namespace reprise
