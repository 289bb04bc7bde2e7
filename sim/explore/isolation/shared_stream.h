// SharedStream: messages from a process to the one that it was forked from,
// through memory that both share: a hundred thousand cost some milliseconds.
//
// Guarantees: messages arrive whole and in order; what was written arrives also
// if the writer's process ends, in whatever way. Requires one writer and one
// reader.
//
//   SharedStream stream;
//   if (fork() == 0) { stream.Write("a line", [&] { WaitForReader(); }); ... }
//   stream.Read([&](std::string_view message) { Take(message); });

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_SHARED_STREAM_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_SHARED_STREAM_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"

namespace reprise {

class SharedStream {
 public:
  SharedStream();
  ~SharedStream();
  SharedStream(const SharedStream&) = delete;
  SharedStream& operator=(const SharedStream&) = delete;

  // `message` is at most 4 GiB long. `wait` is called while there is no room:
  // it returns false if the reader is gone, and then the rest is dropped.
  void Write(std::string_view message, absl::FunctionRef<bool()> wait);

  // Hands over all messages that are there. Returns whether there were any.
  bool Read(absl::FunctionRef<void(std::string_view message)> take);

 private:
  struct Ring;

  bool WriteBytes(std::string_view bytes, absl::FunctionRef<bool()> wait);
  void FetchBytes();

  Ring* ring_;
  std::string unread_;  // Bytes that were fetched; the last message may be cut.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_SHARED_STREAM_H_
