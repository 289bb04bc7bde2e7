// Call: an operation as recordings name it, whatever its model: a function, the
// key of the object that it works on, and an argument.
//
//   Call call = {.function = "enqueue", .key = "jobs",
//                .argument = EdnValue::Integer(7)};
//   CallText(call);                       // enqueue("jobs", 7)
//   AnsweredText(call, EdnValue::Nil());  // enqueue("jobs", 7)

#ifndef REPRISE_CHECKER_VALUE_CALL_H_
#define REPRISE_CHECKER_VALUE_CALL_H_

#include <string>

#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct Call {
  std::string function = {};
  std::string key = {};    // "": there is one object
  EdnValue argument = {};  // nil: none

  friend bool operator==(const Call& a, const Call& b) {
    return a.function == b.function && a.key == b.key &&
           IsSame(a.argument, b.argument);
  }
};

std::string CallText(const Call& call);

// With its answer behind it: dequeue("jobs") = 7. An answer of nil is shown
// where there is no argument.
std::string AnsweredText(const Call& call, const EdnValue& answer);

// With "?" in the place of an answer that is not known.
std::string UnknownText(const Call& call);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALUE_CALL_H_
