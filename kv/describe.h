// One-line renderings of wire messages, for traces.
//
//   DescribeMessage(EncodeRequest(...))  // Put("2", "x 1 4 y") seq 9
//   DescribeMessage(EncodeReply(...))    // reply seq 9

#ifndef REPRISE_KV_DESCRIBE_H_
#define REPRISE_KV_DESCRIBE_H_

#include <string>
#include <string_view>

namespace reprise::kv {

// Never fails: what is no message of ours is described by its length. Long keys
// and values are shortened, bytes that do not print are escaped.
std::string DescribeMessage(std::string_view message);

}  // namespace reprise::kv

#endif  // REPRISE_KV_DESCRIBE_H_
