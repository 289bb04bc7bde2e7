#include "reprise/sim/explore/isolation/process_channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace reprise {
namespace {

// Ends lie from here on: above the standard streams, which may be closed, and
// above what a new program may be handed.
constexpr int kLowestDescriptor = 10;

}  // namespace

int MoveAboveStreams(int descriptor) {
  if (descriptor < 0) return -1;
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, kLowestDescriptor);
  const int error = errno;
  close(descriptor);
  errno = error;
  return moved;
}

std::optional<ChannelPair> ConnectProcesses() {
  std::array<int, 2> low;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low.data()) != 0) {
    return std::nullopt;
  }
  const int here = MoveAboveStreams(low[0]);
  const int there = MoveAboveStreams(low[1]);
  ChannelPair pair{ProcessChannel(here), ProcessChannel(there)};
  if (here < 0 || there < 0) return std::nullopt;
  return pair;
}

ProcessChannel::ProcessChannel(int descriptor)
    : descriptor_(descriptor), owner_(getpid()) {}

ProcessChannel::ProcessChannel(ProcessChannel&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), owner_(other.owner_) {}

ProcessChannel::~ProcessChannel() {
  if (descriptor_ >= 0) close(descriptor_);
}

void ProcessChannel::Adopt() { owner_ = getpid(); }

bool ProcessChannel::IsOwn() const { return owner_ == getpid(); }

bool ProcessChannel::WasClosed() const {
  return fcntl(descriptor_, F_GETFD) < 0;
}

bool ProcessChannel::Send(std::string_view message) {
  if (!IsOwn()) return false;
  const auto size = static_cast<uint32_t>(message.size());
  std::string bytes(sizeof(size), '\0');
  std::memcpy(bytes.data(), &size, sizeof(size));
  bytes += message;
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(descriptor_, bytes.data() + sent,
                               bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    sent += static_cast<size_t>(count);
  }
  return true;
}

std::optional<std::string> ProcessChannel::Receive() {
  if (!IsOwn()) return std::nullopt;
  uint32_t size = 0;
  char head[sizeof(size)];
  if (!ReceiveBytes(head, sizeof(head))) return std::nullopt;
  std::memcpy(&size, head, sizeof(size));
  std::string message(size, '\0');
  if (!ReceiveBytes(message.data(), size)) return std::nullopt;
  return message;
}

bool ProcessChannel::WaitUntilClosed(int milliseconds) const {
  pollfd end = {.fd = descriptor_, .events = POLLRDHUP, .revents = 0};
  return poll(&end, 1, milliseconds) > 0;
}

void ProcessChannel::HangUp() {
  if (IsOwn()) shutdown(descriptor_, SHUT_RDWR);
}

bool ProcessChannel::ReceiveBytes(char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t count = recv(descriptor_, bytes, size, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

}  // namespace reprise
