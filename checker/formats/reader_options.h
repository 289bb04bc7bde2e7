// What a recording does not say and a reader has to be told.
//
//   ReaderOptions options;
//   options.initial = "0";               // registers begin with 0
//   options.nil = NilMeaning::kUnknown;  // a read of nil tells nothing

#ifndef REPRISE_CHECKER_FORMATS_READER_OPTIONS_H_
#define REPRISE_CHECKER_FORMATS_READER_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reprise/checker/formats/format.h"

namespace reprise::checker {

// What nil stands for where a client read it.
enum class NilMeaning : uint8_t {
  kAbsent,   // the key had no value: it was never written, or deleted
  kUnknown,  // the client saw something, and the recording does not say what
  kInitial,  // the initial value, in writes and compare-and-sets, too
};

// What a compare-and-set that ended in :fail did.
enum class FailedCas : uint8_t {
  kDidNotHappen,  // nothing, for whatever reason
  kFoundAnother,  // it found another value than it expected, unless an error
                  // stands with it
};

// Another name of an operation: final-read for read.
struct Alias {
  std::string name;
  std::string meaning;
};

struct ReaderOptions {
  std::optional<Format> format = {};  // else the text tells
  // Of every key, as the format writes it.
  std::optional<std::string> initial = {};
  std::optional<NilMeaning> nil = {};  // else kAbsent
  // Else kFoundAnother in Jepsen's logs of etcd, and kDidNotHappen elsewhere.
  std::optional<FailedCas> failed_cas = {};
  std::vector<Alias> aliases = {};
  // Whether an argument of the model that judges the history may be a vector.
  // Where none may, a vector of two is [key value].
  bool takes_vectors = true;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_READER_OPTIONS_H_
