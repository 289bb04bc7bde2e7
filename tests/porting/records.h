// The log of a small store, and its requests: what threads and tasks share.
//
// A record is a line "key value checksum". A log that a crash has cut off, or
// whose tail it has garbled, is valid up to there.

#ifndef TESTS_PORTING_RECORDS_H_
#define TESTS_PORTING_RECORDS_H_

#include <cstddef>
#include <map>
#include <string>

namespace porting {

using Values = std::map<std::string, std::string>;

std::string RecordOf(const std::string& key, const std::string& value);

struct Recovered {
  Values values;
  size_t valid_bytes = 0;
};
Recovered Recover(const std::string& log);

// "SET key value" or "GET key".
struct Request {
  std::string verb;
  std::string key;
  std::string value;
};
Request ParseRequest(const std::string& line);

}  // namespace porting

#endif  // TESTS_PORTING_RECORDS_H_
