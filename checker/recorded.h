// Readers of two published kinds of recorded histories, for tests: a Jepsen log
// of an etcd register and Porcupine's key/value log. They trust their input.

#ifndef CHECKER_RECORDED_H_
#define CHECKER_RECORDED_H_

#include <string_view>

#include "checker/history.h"

namespace reprise::checker {

// Lines "INFO jepsen.util - PROCESS :TYPE :FUNCTION VALUE". "nil" becomes "".
History ReadEtcdLog(std::string_view text);

// Lines {:process P, :type :invoke|:ok, :f :get|:put|:append, :key "K", :value
// V}.
History ReadKvLog(std::string_view text);

}  // namespace reprise::checker

#endif  // CHECKER_RECORDED_H_
