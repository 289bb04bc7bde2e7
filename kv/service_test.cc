#include "reprise/kv/service.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv {
namespace {

Bytes Get(uint64_t client, uint64_t sequence, std::string_view key) {
  return EncodeRequest({.kind = RequestKind::kGet,
                        .client = client,
                        .sequence = sequence,
                        .key = key});
}

Bytes Put(uint64_t client, uint64_t sequence, std::string_view key,
          std::string_view value) {
  return EncodeRequest({.kind = RequestKind::kPut,
                        .client = client,
                        .sequence = sequence,
                        .key = key,
                        .value = value});
}

Bytes Append(uint64_t client, uint64_t sequence, std::string_view key,
             std::string_view value) {
  return EncodeRequest({.kind = RequestKind::kAppend,
                        .client = client,
                        .sequence = sequence,
                        .key = key,
                        .value = value});
}

// The value that the service answers with, or "REFUSED".
std::string Ask(Service& service, const Bytes& request) {
  absl::StatusOr<Bytes> reply = service.Handle(request);
  if (!reply.ok()) return "REFUSED";
  EXPECT_TRUE(DecodeReply(*reply).ok());
  return TakeValue(Bytes(*reply));
}

TEST(ServiceTest, ReadsWhatWasWritten) {
  Service service;
  EXPECT_EQ(Ask(service, Get(1, 1, "k")), "");
  EXPECT_EQ(Ask(service, Put(1, 2, "k", "a")), "");
  EXPECT_EQ(Ask(service, Append(1, 3, "k", "b")), "a");
  EXPECT_EQ(Ask(service, Get(1, 4, "k")), "ab");
}

TEST(ServiceTest, AnswersWithKindAndSequenceOfTheRequest) {
  Service service;
  const absl::StatusOr<Bytes> reply = service.Handle(Append(1, 42, "k", "b"));
  ASSERT_TRUE(reply.ok());
  const absl::StatusOr<Reply> decoded = DecodeReply(*reply);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->kind, RequestKind::kAppend);
  EXPECT_EQ(decoded->sequence, 42u);
}

TEST(ServiceTest, ARepeatedPutHasNoSecondEffect) {
  Service service;
  Ask(service, Put(1, 1, "k", "a"));
  Ask(service, Put(2, 1, "k", "b"));
  Ask(service, Put(1, 1, "k", "a"));
  EXPECT_EQ(Ask(service, Get(3, 1, "k")), "b");
}

TEST(ServiceTest, ARepeatedAppendAnswersAsTheFirst) {
  Service service;
  Ask(service, Put(1, 1, "k", "a"));
  EXPECT_EQ(Ask(service, Append(1, 2, "k", "b")), "a");
  EXPECT_EQ(Ask(service, Append(2, 1, "k", "c")), "ab");
  EXPECT_EQ(Ask(service, Append(1, 2, "k", "b")), "a");
  Ask(service, Put(3, 1, "k", "d"));
  EXPECT_EQ(Ask(service, Append(1, 2, "k", "b")), "a");
  EXPECT_EQ(Ask(service, Append(2, 1, "k", "c")), "ab");
  EXPECT_EQ(Ask(service, Get(4, 1, "k")), "d");
}

TEST(ServiceTest, ALateCopyChangesNothing) {
  Service service;
  Ask(service, Append(1, 1, "k", "a"));
  Ask(service, Append(1, 2, "k", "b"));
  EXPECT_EQ(Ask(service, Append(1, 1, "k", "a")), "REFUSED");
  Ask(service, Get(1, 3, "k"));
  EXPECT_EQ(Ask(service, Append(1, 2, "k", "b")), "REFUSED");
  EXPECT_EQ(Ask(service, Put(1, 2, "k", "c")), "REFUSED");
  EXPECT_EQ(Ask(service, Get(1, 2, "k")), "REFUSED");
  EXPECT_EQ(Ask(service, Get(1, 3, "k")), "ab");
}

TEST(ServiceTest, ARepeatedGetReadsAgain) {
  Service service;
  Ask(service, Get(1, 1, "k"));
  Ask(service, Put(2, 1, "k", "a"));
  EXPECT_EQ(Ask(service, Get(1, 1, "k")), "a");
}

TEST(ServiceTest, AnAppendOfNothingIsAnOperationToo) {
  Service service;
  EXPECT_EQ(Ask(service, Append(1, 1, "k", "")), "");
  Ask(service, Put(1, 2, "k", "a"));
  EXPECT_EQ(Ask(service, Append(1, 3, "k", "")), "a");
  Ask(service, Put(2, 1, "k", "b"));
  EXPECT_EQ(Ask(service, Append(1, 3, "k", "")), "a");
}

TEST(ServiceTest, RefusedRequestsSayWhy) {
  Service service;
  EXPECT_TRUE(absl::IsInvalidArgument(service.Handle("junk").status()));
  Ask(service, Put(1, 2, "k", "a"));
  EXPECT_TRUE(
      absl::IsFailedPrecondition(service.Handle(Put(1, 1, "k", "b")).status()));
}

TEST(ServiceTest, HoldsLargeKeysAndValues) {
  Service service;
  const std::string large(size_t{64} << 20, '\0');
  Ask(service, Put(1, 1, large, large));
  EXPECT_TRUE(Ask(service, Append(1, 2, large, "x")) == large);
  EXPECT_EQ(Ask(service, Get(1, 3, large)).size(), large.size() + 1);
  EXPECT_EQ(Ask(service, Get(1, 4, std::string_view(large).substr(1))), "");
}

// The rules said again in the plainest way: whole copies, nothing shared.
class PlainService {
 public:
  std::string Ask(const Request& request) {
    const auto found = last_.find(request.client);
    if (found != last_.end()) {
      if (request.sequence < found->second.sequence) return "REFUSED";
      if (request.sequence == found->second.sequence &&
          request.kind != RequestKind::kGet) {
        return found->second.answer;
      }
    }
    const std::string key(request.key);
    const std::string before = values_[key];
    if (request.kind == RequestKind::kGet) {
      if (found != last_.end()) found->second = {request.sequence, ""};
      return before;
    }
    if (request.kind == RequestKind::kPut) {
      values_[key] = std::string(request.value);
      last_[request.client] = {request.sequence, ""};
      return "";
    }
    values_[key] += request.value;
    last_[request.client] = {request.sequence, before};
    return before;
  }

 private:
  struct Last {
    uint64_t sequence = 0;
    std::string answer;
  };
  std::map<std::string, std::string> values_;
  std::map<uint64_t, Last> last_;
};

// Clients go on to new requests; any request ever sent may come again.
TEST(ServiceTest, AgreesWithThePlainestServer) {
  for (uint64_t round = 0; round < 200; ++round) {
    Service service;
    PlainService plain;
    RandomStream random(StreamKey(Seed(round), "service-test", "requests"));
    std::vector<Bytes> sent;
    std::vector<uint64_t> next(4, 1);
    for (int step = 0; step < 300; ++step) {
      if (sent.empty() || random.Chance({2, 3})) {
        const auto client = static_cast<uint64_t>(random.Uniform(0, 3));
        const auto kind = static_cast<RequestKind>(random.Uniform(1, 3));
        const std::string key(1, static_cast<char>(random.Uniform(0, 2)));
        const std::string value(random.Uniform(0, 40),
                                static_cast<char>('a' + step % 26));
        sent.push_back(EncodeRequest(
            {.kind = kind,
             .client = client,
             .sequence = next[client]++,
             .key = key,
             .value = kind == RequestKind::kGet ? std::string_view() : value}));
        std::swap(sent.back(), sent[random.Uniform(0, sent.size() - 1)]);
      }
      const Bytes& message = sent[random.Uniform(0, sent.size() - 1)];
      const absl::StatusOr<Request> request = DecodeRequest(message);
      ASSERT_TRUE(request.ok());
      ASSERT_EQ(Ask(service, message), plain.Ask(*request))
          << "round " << round << ", step " << step;
    }
  }
}

}  // namespace
}  // namespace reprise::kv
