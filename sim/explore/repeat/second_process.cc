// tidy: allow-file(environment) It is how the two processes know each other.

#include "reprise/sim/explore/repeat/second_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/isolation/forked_process.h"
#include "reprise/sim/explore/isolation/process_end.h"

namespace reprise {
namespace {

// Its value is the place that is to serve.
constexpr char kPlaceVariable[] = "REPRISE_SECOND_PROCESS";
// Where the new process finds its parent.
constexpr int kParentDescriptor = 3;
constexpr std::string_view kReady = "ready";

// What must not be the same in the new process: how a test is shared out and
// where it reports, and how memory is filled.
bool IsReplaced(std::string_view variable) {
  constexpr std::string_view kNames[] = {"GTEST_OUTPUT",
                                         "GTEST_SHARD_INDEX",
                                         "GTEST_SHARD_STATUS_FILE",
                                         "GTEST_TOTAL_SHARDS",
                                         "MALLOC_PERTURB_",
                                         "TEST_PREMATURE_EXIT_FILE",
                                         "TEST_SHARD_INDEX",
                                         "TEST_SHARD_STATUS_FILE",
                                         "TEST_TOTAL_SHARDS",
                                         "XML_OUTPUT_FILE"};
  const std::string_view name = variable.substr(0, variable.find('='));
  return std::find(std::begin(kNames), std::end(kNames), name) !=
         std::end(kNames);
}

std::vector<std::string> PerturbedEnvironment(const std::string& place) {
  std::vector<std::string> variables = {
      absl::StrCat(kPlaceVariable, "=", place),
      // Of a size that moves whatever lies behind it.
      absl::StrCat("REPRISE_PERTURBATION=", std::string(5001, 'x')),
      // Allocated memory is filled with 0x5a, freed memory with 0xa5.
      "MALLOC_PERTURB_=165",
  };
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!IsReplaced(*variable)) variables.emplace_back(*variable);
  }
  return variables;
}

// Those that this process was started with, then `more`.
std::vector<std::string> Arguments(const std::vector<std::string>& more) {
  std::vector<std::string> arguments;
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  for (std::string argument; std::getline(file, argument, '\0');) {
    arguments.push_back(argument);
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

absl::Status NotStarted(std::string_view reason) {
  return absl::UnavailableError(absl::StrCat(
      "this program could not be started a second time: ", ToAbsl(reason)));
}

// Returns the new process's id, or 0 with errno set.
pid_t Spawn(const SecondProcessOptions& options, int connection, int errors) {
  std::vector<std::string> arguments = Arguments(options.more_arguments);
  std::vector<std::string> environment = PerturbedEnvironment(options.place);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, connection, kParentDescriptor);
  posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY,
                                   0);
  // A group of its own: an interrupt at the terminal is for the parent.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t id = 0;
  const int error =
      posix_spawn(&id, "/proc/self/exe", &files, &attributes,
                  Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  errno = error;
  return error == 0 ? id : 0;
}

// Waits for the end of a process that is no child of this one and whose parent
// does not wait for it yet; returns what waitpid() would say of it.
std::optional<int> WaitForStatusOf(pid_t id) {
  if (!EndsWithin(id, kEndMilliseconds)) return std::nullopt;
  std::ifstream file(absl::StrCat("/proc/", id, "/stat"));
  std::string word, last;
  while (file >> word) last = word;
  int status = 0;
  if (!absl::SimpleAtoi(last, &status)) return std::nullopt;
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SecondProcess>> SecondProcess::Start(
    const SecondProcessOptions& options) {
  std::optional<ChannelPair> pair = ConnectProcesses();
  if (!pair) return NotStarted(std::strerror(errno));
  std::optional<KeptErrors> errors = KeptErrors::Open();
  if (!errors) return NotStarted(std::strerror(errno));
  const pid_t id =
      Spawn(options, pair->there.descriptor(), errors->descriptor());
  const int error = errno;
  std::unique_ptr<SecondProcess> process(
      new SecondProcess(id, std::move(pair->here), *std::move(errors)));
  // Its end is the new process's alone, so that this one notices when it goes.
  pair.reset();
  if (id == 0) return NotStarted(std::strerror(error));
  if (process->channel().Receive() == kReady) return process;
  const std::string end = process->DescribeEnd();
  std::string reason =
      absl::StrCat("it ", end, " before it came to the trials.\n",
                   QuotePrinted(process->TakeErrors()));
  reason.pop_back();
  return NotStarted(reason);
}

SecondProcess::~SecondProcess() {
  const pid_t id = Abandon();
  if (id != 0 && !is_borrowed_) WaitForEnd(id);
}

void SecondProcess::Leave() {
  channel_.reset();
  id_ = 0;
}

pid_t SecondProcess::Abandon() {
  if (channel_) channel_->HangUp();
  channel_.reset();
  return std::exchange(id_, 0);
}

std::string SecondProcess::DescribeEnd() {
  const pid_t id = Abandon();
  int status = 0;
  if (is_borrowed_) {
    const std::optional<int> read = WaitForStatusOf(id);
    if (!read) return "ended";
    status = *read;
  } else {
    status = WaitForEnd(id);
  }
  if (!WIFSIGNALED(status)) {
    return absl::StrCat("ended with status ", WEXITSTATUS(status));
  }
  const int signal_number = WTERMSIG(status);
  return absl::StrCat("was stopped by signal ", signal_number, " (",
                      strsignal(signal_number), ")");
}

bool IsSecondProcess() { return std::getenv(kPlaceVariable) != nullptr; }

std::optional<ProcessChannel> ParentChannel(std::string_view place) {
  const char* wanted = std::getenv(kPlaceVariable);
  if (wanted == nullptr || wanted != place) return std::nullopt;
  unsetenv(kPlaceVariable);
  TieForkedProcesses([] {});
  fcntl(kParentDescriptor, F_SETFD, FD_CLOEXEC);
  ProcessChannel channel(kParentDescriptor);
  channel.Send(kReady);
  return channel;
}

}  // namespace reprise
