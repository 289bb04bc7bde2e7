// One-line renderings of the messages between servers, for traces.
//
//   DescribeMessage(kind, bytes)  // term 3, 2 entries after 7/2, commit 5

#ifndef REPRISE_KV_RAFT_DESCRIBE_H_
#define REPRISE_KV_RAFT_DESCRIBE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace reprise::kv::raft {

// `kind` is the place of the message's method in kMethods. Never fails: what is
// no message of that kind is described by its length.
std::string DescribeMessage(size_t kind, std::string_view message);

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_DESCRIBE_H_
