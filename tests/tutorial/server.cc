#include "server.h"

#include <map>

namespace counting {

using namespace reprise;

void RunServer(Env& env, bool forgets) {
  int64_t total = 0;
  std::map<Bytes, Bytes> answers;  // By ticket.
  env.network().Serve("add", [&](NodeId, Bytes ticket) {
    const auto old = answers.find(ticket);
    Sometimes(old != answers.end(), "counting.asked-again"_mark);
    if (old != answers.end() && !forgets) return old->second;
    ++total;
    env.Log(LogLevel::kInfo, "counts", {{"ticket", ticket}, {"total", total}});
    return answers[ticket] = std::to_string(total);
  });
  env.tasks().WaitUntilStopped();
}

int64_t Add(Env& env, NodeId server, const std::string& ticket) {
  absl::StatusOr<Bytes> reply;
  do {
    reply = env.network().Call(server, "add", ticket,
                               {.deadline = Milliseconds(100)});
  } while (!reply.ok());
  return std::stoll(*reply);
}

}  // namespace counting
