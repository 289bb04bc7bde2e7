#include "tests/porting/records.h"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

namespace porting {
namespace {

// FNV-1a; http://www.isthe.com/chongo/tech/comp/fnv.
uint32_t ChecksumOf(const std::string& text) {
  uint32_t sum = 2166136261;
  for (const char c : text) {
    sum = (sum ^ static_cast<unsigned char>(c)) * 16777619;
  }
  return sum;
}

}  // namespace

std::string RecordOf(const std::string& key, const std::string& value) {
  const std::string text = key + " " + value;
  return text + " " + std::to_string(ChecksumOf(text)) + "\n";
}

Recovered Recover(const std::string& log) {
  Recovered recovered;
  for (size_t begin = 0; begin < log.size();) {
    const size_t end = log.find('\n', begin);
    if (end == std::string::npos) break;
    std::istringstream line(log.substr(begin, end - begin));
    std::string key;
    std::string value;
    line >> key >> value;
    if (RecordOf(key, value) != log.substr(begin, end + 1 - begin)) break;
    recovered.values[key] = value;
    begin = end + 1;
    recovered.valid_bytes = begin;
  }
  return recovered;
}

Request ParseRequest(const std::string& line) {
  std::istringstream text(line);
  Request request;
  text >> request.verb >> request.key >> request.value;
  return request;
}

}  // namespace porting
