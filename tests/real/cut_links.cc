#include "tests/real/cut_links.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"
#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_server.h"
#include "tests/real/namespaces.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

using Command = std::vector<std::string>;

struct End {
  const char* link;
  const char* ip;
  const char* hardware;
};

constexpr End kClients = {"clients", "10.99.0.1", "02:00:00:00:00:01"};
constexpr End kServer = {"server", "10.99.0.2", "02:00:00:00:00:02"};
constexpr char kNobody[] = "02:00:00:00:00:99";

enum class Cut { kRequests, kReplies, kBoth };

// Two networks and the link between them: the clients' is that of this process,
// the server's that of a process which holds it open.
class Link {
 public:
  // Errors: those of EnterOwnNetwork() and of `ip`.
  absl::Status Open() {
    absl::Status status = EnterOwnNetwork();
    if (!status.ok()) return status;
    absl::StatusOr<ChildProcess> holder =
        ChildProcess::Start({.command = {"unshare", "--net", "sh", "-c",
                                         "echo ready; exec sleep infinity"}});
    if (!holder.ok()) return holder.status();
    holder_ = *std::move(holder);
    const absl::StatusOr<std::string> ready = holder_->ReadLine(Seconds(10));
    if (!ready.ok()) return absl::PermissionDeniedError("no second network");
    status = RunCommand({"ip", "link", "add", kClients.link, "type", "veth",
                         "peer", "name", kServer.link, "netns",
                         absl::StrCat(holder_->id())});
    if (status.ok()) status = SetUp({}, kClients);
    if (status.ok()) status = SetUp(server_side(), kServer);
    if (status.ok()) status = Heal();
    return status;
  }

  // The beginning of a command that is to run where the server does.
  Command server_side() const {
    return {"nsenter", absl::StrCat("--net=/proc/", holder_->id(), "/ns/net")};
  }

  // From now on packets of that direction go to nobody.
  absl::Status Lose(Cut cut) const {
    absl::Status status = absl::OkStatus();
    if (cut != Cut::kReplies) status = Lead({}, kClients, kServer, kNobody);
    if (status.ok() && cut != Cut::kRequests) {
      status = Lead(server_side(), kServer, kClients, kNobody);
    }
    return status;
  }
  absl::Status Heal() const {
    const absl::Status status = Lead({}, kClients, kServer, kServer.hardware);
    if (!status.ok()) return status;
    return Lead(server_side(), kServer, kClients, kClients.hardware);
  }

 private:
  static absl::Status Run(Command prefix, const Command& command) {
    prefix.insert(prefix.end(), command.begin(), command.end());
    return RunCommand(prefix);
  }
  static absl::Status SetUp(const Command& prefix, const End& end) {
    absl::Status status = Run(
        prefix,
        {"ip", "addr", "add", absl::StrCat(end.ip, "/24"), "dev", end.link});
    if (!status.ok()) return status;
    return Run(prefix,
               {"ip", "link", "set", end.link, "address", end.hardware, "up"});
  }
  // What is sent from one end to the other goes to this hardware.
  static absl::Status Lead(const Command& prefix, const End& from,
                           const End& to, const char* hardware) {
    return Run(prefix, {"ip", "neigh", "replace", to.ip, "lladdr", hardware,
                        "dev", from.link, "nud", "permanent"});
  }

  std::optional<ChildProcess> holder_;
};

std::optional<Finding> CutOnce(RandomStream& random, const Link& link,
                               KvServer& server, KvLoad& load) {
  const RealTime time;
  time.Sleep(Milliseconds(random.Uniform(100, 500)));
  const Cut cut = static_cast<Cut>(random.Uniform(0, 2));
  absl::Status status = link.Lose(cut);
  if (!status.ok()) return Failed(std::string(status.message()));
  time.Sleep(Milliseconds(random.Uniform(200, 2'000)));
  status = link.Heal();
  if (!status.ok()) return Failed(std::string(status.message()));
  // TCP tries again ever more rarely: were the link soon cut again, it might
  // never hit upon a time when it works.
  return AwaitAnswers(server, load);
}

}  // namespace

Finding RunCutLinks(const DrillOptions& options) {
  Link link;
  const absl::Status status = link.Open();
  if (!status.ok()) return Skipped(std::string(status.message()));
  KvServerOptions server_options = ServerFor(options);
  server_options.prefix = link.server_side();
  server_options.host = kServer.ip;
  KvServer server(server_options);
  KvLoadOptions load_options = LoadFor(options);
  load_options.give_up = Seconds(12);
  KvLoad load(load_options);
  RandomStream random(StreamKey(options.seed, "cut-links", "instants"));
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    if (std::optional<Finding> wrong = CutOnce(random, link, server, load)) {
      return *wrong;
    }
  }
  return ExpectRepeated(FinishAfterwards(server, load));
}

}  // namespace reprise
