#include "reprise/sim/explore/isolation/shared_stream.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace reprise {
namespace {

std::vector<std::string> ReadAll(SharedStream& stream) {
  std::vector<std::string> messages;
  while (stream.Read(
      [&](std::string_view message) { messages.emplace_back(message); })) {
  }
  return messages;
}

bool MustNotWait() {
  ADD_FAILURE() << "there is room";
  return false;
}

TEST(SharedStreamTest, MessagesArriveWholeAndInOrder) {
  SharedStream stream;
  EXPECT_TRUE(ReadAll(stream).empty());
  stream.Write("one", MustNotWait);
  stream.Write("", MustNotWait);
  stream.Write(std::string(1, '\0'), MustNotWait);
  EXPECT_EQ(ReadAll(stream),
            (std::vector<std::string>{"one", "", std::string(1, '\0')}));
  EXPECT_TRUE(ReadAll(stream).empty());
}

TEST(SharedStreamTest, WhatAProcessWroteArrivesAfterItsEnd) {
  SharedStream stream;
  const pid_t child = fork();
  if (child == 0) {
    stream.Write("last words", [] { return false; });
    abort();
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(ReadAll(stream), (std::vector<std::string>{"last words"}));
}

// More than the ring holds, and messages across its end.
TEST(SharedStreamTest, TheWriterWaitsForRoom) {
  SharedStream stream;
  std::vector<std::string> sent;
  std::vector<std::string> received;
  int waits = 0;
  for (int i = 0; i < 7; ++i) {
    sent.emplace_back(700'001, static_cast<char>('a' + i));
    stream.Write(sent.back(), [&] {
      ++waits;
      stream.Read(
          [&](std::string_view message) { received.emplace_back(message); });
      return true;
    });
  }
  for (std::string& message : ReadAll(stream)) {
    received.push_back(std::move(message));
  }
  EXPECT_GT(waits, 0);
  EXPECT_EQ(received, sent);
}

TEST(SharedStreamTest, WithoutAReaderTheRestIsDropped) {
  SharedStream stream;
  int waits = 0;
  stream.Write(std::string(3'000'000, 'x'), [&] {
    ++waits;
    return false;
  });
  EXPECT_EQ(waits, 1);
  EXPECT_TRUE(ReadAll(stream).empty());
}

}  // namespace
}  // namespace reprise
