#include "reprise/kv/raft/messages.h"

#include <iterator>
#include <string_view>
#include <variant>

namespace reprise::kv::raft {

static_assert(std::size(kMethods) == std::variant_size_v<Message>);

Term TermOf(const Message& message) {
  return std::visit([](const auto& kind) { return kind.term; }, message);
}

std::string_view MethodOf(const Message& message) {
  return kMethods[message.index()];
}

}  // namespace reprise::kv::raft
