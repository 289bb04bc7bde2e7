// What the values of recorded events mean: the key, and what was written, read
// or expected.
//
// A key is named in a field of its own (:key), or in a tuple [key value], which
// may have the tag of a tuple; else there is one register. Without the tag,
// vectors are tuples only if all calls of the history look like tuples: if one
// does not, [7 1] is a plain value. A compare-and-set is [old new],
// [key [old new]] or [key old new].

#ifndef REPRISE_CHECKER_FORMATS_CALL_VALUES_H_
#define REPRISE_CHECKER_FORMATS_CALL_VALUES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/recorded_calls.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class KeyPlace : uint8_t {
  kNowhere,
  kField,
  kTaggedTuple,
  kTuple,
};

KeyPlace KeyPlaceOf(const RecordedCalls& recorded);

// Whether a recording names no value, or nil.
bool IsNil(const EdnValue* value);

// Null is what the recording does not name.
struct CallValues {
  const EdnValue* key = nullptr;
  const EdnValue* value = nullptr;     // that was written
  const EdnValue* expected = nullptr;  // by a compare-and-set
  const EdnValue* output = nullptr;    // of a read that ended in :ok
};

// The values of a call and its response, which must fit. The message of an
// error begins with the line that it is about.
absl::StatusOr<CallValues> ValuesOf(const RecordedCalls& recorded,
                                    const RecordedCall& call, KeyPlace place);

// The same for calls of any name: where a key stands, if all agree, and what an
// event says of it and beside it. `takes_vectors`: an argument may be a vector,
// as in ReaderOptions.
KeyPlace TuplePlaceOf(const RecordedCalls& recorded, bool takes_vectors);

struct KeyAndValue {
  const EdnValue* key = nullptr;    // null: none
  const EdnValue* value = nullptr;  // null: none
};

KeyAndValue SplitTuple(const PooledEvent& event, KeyPlace place);

// Refuses a tuple that is not [key value], and whatever else stands where the
// history has tuples without a tag.
absl::Status ExpectPair(const PooledEvent& event, KeyPlace place);

// Whether `call` is a compare-and-set whose :fail can only mean that it found
// another value than it expected, where the recording uses :fail for that
// (FailedCas::kFoundAnother).
bool FoundAnother(const RecordedCalls& recorded, const RecordedCall& call);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_CALL_VALUES_H_
