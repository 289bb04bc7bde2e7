// The server that docs/PORTING.md moves: threads, locks, a log file, sockets.
//
//   threaded_store PATH PORT

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/porting/records.h"

namespace porting {
namespace {

using std::chrono_literals::operator""ms;

constexpr size_t kFullBatch = 16;

class Store {
 public:
  explicit Store(const char* path);

  // Returns once the value is durable.
  void Set(const std::string& key, const std::string& value);
  std::optional<std::string> Get(const std::string& key);

 private:
  void WriteLog(std::stop_token stop);

  int log_;
  std::mutex mutex_;
  std::condition_variable_any work_;
  std::condition_variable_any durable_;
  Values values_;  // Durable ones.
  std::vector<std::pair<std::string, std::string>> pending_;
  uint64_t accepted_ = 0;
  uint64_t written_ = 0;
  std::jthread writer_;
};

Store::Store(const char* path) : log_(open(path, O_RDWR | O_CREAT, 0644)) {
  std::string content;
  char buffer[4096];
  for (ssize_t n; (n = read(log_, buffer, sizeof(buffer))) > 0;) {
    content.append(buffer, static_cast<size_t>(n));
  }
  Recovered recovered = Recover(content);
  values_ = std::move(recovered.values);
  const auto end = static_cast<off_t>(recovered.valid_bytes);
  const int folder = open(".", O_RDONLY);
  const bool is_ready = log_ >= 0 && ftruncate(log_, end) == 0 &&
                        lseek(log_, end, SEEK_SET) == end && fsync(log_) == 0 &&
                        fsync(folder) == 0;
  close(folder);
  if (!is_ready) {
    std::perror(path);
    std::exit(1);
  }
  writer_ = std::jthread([this](std::stop_token stop) { WriteLog(stop); });
}

void Store::Set(const std::string& key, const std::string& value) {
  std::unique_lock lock(mutex_);
  pending_.emplace_back(key, value);
  const uint64_t number = ++accepted_;
  work_.notify_one();
  durable_.wait(lock, [&] { return written_ >= number; });
}

std::optional<std::string> Store::Get(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = values_.find(key);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

// Many requests share one sync.
void Store::WriteLog(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (work_.wait(lock, stop, [&] { return !pending_.empty(); })) {
    work_.wait_for(lock, 2ms, [&] { return pending_.size() >= kFullBatch; });
    const auto batch = std::exchange(pending_, {});
    const uint64_t last = accepted_;
    lock.unlock();
    std::string bytes;
    for (const auto& [key, value] : batch) bytes += RecordOf(key, value);
    const bool is_durable = write(log_, bytes.data(), bytes.size()) ==
                                static_cast<ssize_t>(bytes.size()) &&
                            fsync(log_) == 0;
    if (!is_durable) return;  // A log that failed is not trusted again.
    lock.lock();
    for (const auto& [key, value] : batch) values_[key] = value;
    written_ = last;
    durable_.notify_all();
  }
}

std::string Answer(Store& store, const std::string& line) {
  const Request request = ParseRequest(line);
  if (request.verb == "SET") {
    store.Set(request.key, request.value);
    return "OK";
  }
  return store.Get(request.key).value_or("NONE");
}

// Answers the lines of one connection.
void Converse(Store& store, int connection) {
  std::string unread;
  char buffer[512];
  for (ssize_t n; (n = read(connection, buffer, sizeof(buffer))) > 0;) {
    unread.append(buffer, static_cast<size_t>(n));
    for (size_t end; (end = unread.find('\n')) != std::string::npos;) {
      const std::string answer = Answer(store, unread.substr(0, end)) + "\n";
      unread.erase(0, end + 1);
      if (write(connection, answer.data(), answer.size()) < 0) break;
    }
  }
  close(connection);
}

[[noreturn]] void Listen(Store& store, uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (bind(listener, generic, sizeof(address)) != 0 ||
      listen(listener, SOMAXCONN) != 0) {
    std::perror("listen");
    std::exit(1);
  }
  for (;;) {
    const int connection = accept(listener, nullptr, nullptr);
    if (connection < 0) continue;
    std::thread(Converse, std::ref(store), connection).detach();
  }
}

}  // namespace
}  // namespace porting

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s PATH PORT\n", argv[0]);
    return 2;
  }
  porting::Store store(argv[1]);
  porting::Listen(store, static_cast<uint16_t>(std::atoi(argv[2])));
}
