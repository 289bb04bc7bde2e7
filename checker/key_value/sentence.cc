#include "reprise/checker/key_value/sentence.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/text.h"

namespace reprise::checker {
namespace {

class Writer {
 public:
  Writer(const History& history, const KeyOperations& key,
         const Conflict& conflict)
      : history_(history), key_(key), conflict_(conflict) {}

  std::string Write() const {
    return absl::StrCat("key ", Quoted(history_.KeyName(key_.key)), ": ",
                        Contradiction());
  }

 private:
  const Operation& Actor(size_t number) const {
    return key_.operations[conflict_.items[number]];
  }

  std::string Contradiction() const {
    switch (conflict_.kind) {
      case ConflictKind::kUnwritten:
        return Unwritten(Actor(0));
      case ConflictKind::kTwice:
        return absl::StrCat(
            Saw(Actor(0)),
            ", which holds an Append more often than it was made");
      case ConflictKind::kSplit:
        return absl::StrCat(Saw(Actor(0)), " and ", Saw(Actor(1)),
                            ", which hold one Append behind different Puts");
      case ConflictKind::kFork:
        return absl::StrCat(Saw(Actor(0)), " and ", Saw(Actor(1)),
                            ", of which neither continues the other");
      case ConflictKind::kLevels:
        return Levels(Actor(0), Actor(1));
      case ConflictKind::kInitial:
        return absl::StrCat(Saw(Actor(0)), " although ", HadAlready(Actor(1)));
      case ConflictKind::kEpochs:
        return Epochs();
      case ConflictKind::kUnexplained:
        break;
    }
    return absl::StrCat("no order explains these ", conflict_.items.size(),
                        " operations");
  }

  // "client 3 read "a"".
  std::string Saw(const Operation& operation) const {
    const std::string client = Client(operation);
    const std::string value = Quoted(operation.Argument());
    if (operation.kind == OperationKind::kGet) {
      return absl::StrCat(client, " read ", Quoted(history_.Output(operation)));
    }
    if (operation.kind == OperationKind::kPut) {
      return absl::StrCat(client, " put ", value);
    }
    return operation.HasOutput()
               ? absl::StrCat(client, " appended ", value, " to ",
                              Quoted(history_.Output(operation)))
               : absl::StrCat(client, " appended ", value);
  }

  // "client 0 had already read "a"".
  std::string HadAlready(const Operation& operation) const {
    const std::string did = Saw(operation);
    const size_t name = Client(operation).size();
    return absl::StrCat(did.substr(0, name), " had already", did.substr(name));
  }

  std::string Unwritten(const Operation& reader) const {
    const std::string_view output = history_.Output(reader);
    for (const Operation& write : key_.operations) {
      if (write.kind == OperationKind::kGet || write.Argument() != output) {
        continue;
      }
      if (reader.ret < write.call) {
        return absl::StrCat(Saw(reader), " before ", Client(write),
                            " had written it");
      }
    }
    if (conflict_.items.size() > 1) {
      return absl::StrCat(Saw(reader), " although ", HadAlready(Actor(1)));
    }
    return absl::StrCat(Saw(reader), ", which no order of the writes produces");
  }

  // `late` is of an older value than `early`, which returned before its call.
  std::string Levels(const Operation& late, const Operation& early) const {
    if (late.kind == OperationKind::kGet) {
      return absl::StrCat(Saw(late), " although ", HadAlready(early));
    }
    if (early.HasOutput()) {
      return absl::StrCat(Saw(early), " before ", Saw(late));
    }
    return absl::StrCat(Saw(late), " after ", Saw(early),
                        ", but it shows in front of that");
  }

  // One of the late actors is a reader where there is any.
  std::string Epochs() const {
    const bool a_is_late = Actor(1).HasOutput() || !Actor(3).HasOutput();
    const Operation& late = a_is_late ? Actor(1) : Actor(3);
    const Operation& meanwhile = a_is_late ? Actor(2) : Actor(0);
    if (!late.HasOutput()) {
      return absl::StrCat(
          "the operations on two values interleave: ", Saw(Actor(0)), ", ",
          Saw(Actor(2)), ", then ", Saw(Actor(1)), " and ", Saw(Actor(3)));
    }
    if (meanwhile.kind == OperationKind::kPut) {
      return absl::StrCat(Saw(late), " although ", Client(meanwhile),
                          " had already replaced it by ",
                          Quoted(meanwhile.Argument()));
    }
    return absl::StrCat(Saw(late), " although ", HadAlready(meanwhile));
  }

  static std::string Client(const Operation& operation) {
    return absl::StrCat("client ", operation.client);
  }

  const History& history_;
  const KeyOperations& key_;
  const Conflict& conflict_;
};

}  // namespace

std::string Sentence(const History& history, const KeyOperations& key,
                     const Conflict& conflict) {
  return Writer(history, key, conflict).Write();
}

}  // namespace reprise::checker
