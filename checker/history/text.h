// Histories as lines of text, for messages.
//
//   0  client 0  Put("k", "a")       0..3
//   1  client 1  Get("k") = "a"      1..2
//   2  client 2  Append("k", "b")    4..

#ifndef REPRISE_CHECKER_HISTORY_TEXT_H_
#define REPRISE_CHECKER_HISTORY_TEXT_H_

#include <span>
#include <string>
#include <string_view>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// In double quotes, as text/printable.h prints bytes; the middle of a long
// value is left out.
std::string Quoted(std::string_view value);

// What was called, with what came back: Append("k", "b") = "a".
std::string CallText(const History& history, OperationId id);

// One line for each operation, with the events of its call and return.
std::string ToText(const History& history);
std::string ToText(const History& history, std::span<const OperationId> ids);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_TEXT_H_
