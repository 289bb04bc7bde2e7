// One-line renderings of the messages of a replicated store, for traces: those
// between its servers, and those of its clients.
//
//   DescribeRequestOf("raft.append", bytes)
//   // term 3, 2 entries after 7/2, commit 5
//   DescribeRequestOf("store", bytes)  // Put("2", "x 1 4 y") seq 9 session 4
//   DescribeAnswerOf("store", bytes)   // does not lead, node 2 may

#ifndef REPRISE_KV_DESCRIBE_REPLICATED_H_
#define REPRISE_KV_DESCRIBE_REPLICATED_H_

#include <string>
#include <string_view>

namespace reprise::kv {

// Whether describing messages of `method` is this unit's business.
bool IsReplicatedMethod(std::string_view method);

// What a message of such a method says. Never fails: what is no message of ours
// is described by its length. One-way messages are requests.
std::string DescribeRequestOf(std::string_view method,
                              std::string_view message);
std::string DescribeAnswerOf(std::string_view method, std::string_view message);

}  // namespace reprise::kv

#endif  // REPRISE_KV_DESCRIBE_REPLICATED_H_
