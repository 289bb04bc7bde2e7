#include "reprise/checker/models/catalog.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;

const NamedModel& Find(const std::vector<NamedModel>& models,
                       const std::string& name) {
  for (const NamedModel& model : models) {
    if (model.name == name) return model;
  }
  ADD_FAILURE() << "no model " << name;
  return models[0];
}

TEST(CatalogTest, NamesTheModelsInTheirOrder) {
  std::vector<std::string> names;
  for (const NamedModel& model : AllModels()) {
    names.push_back(model.name);
    EXPECT_FALSE(model.about.empty()) << model.name;
    const bool has_check = model.check != nullptr;
    EXPECT_EQ(has_check, names.size() > 3) << model.name;
  }
  EXPECT_THAT(names, ElementsAre("key-value", "register", "cas-register", "set",
                                 "counter", "queue", "stack", "priority-queue",
                                 "log", "mutex", "fenced-lease", "unique-ids"));
}

// What a recording says, and whether its model takes it for right.
struct Recorded {
  std::string function;
  EdnValue argument;
  EdnValue answer;
};

Outcome Judge(const std::string& model, const std::vector<Recorded>& recorded) {
  CallHistory history;
  for (const Recorded& each : recorded) {
    history.Return(history.Invoke(0, {.function = each.function,
                                      .argument = each.argument}),
                   each.answer);
  }
  const std::vector<NamedModel> models = AllModels();
  const auto found = Find(models, model).check(history, Budget());
  EXPECT_TRUE(found.ok()) << model << found.status();
  return found.ok() ? found->verdict.outcome : Outcome::kUndecided;
}

EdnValue Int(int64_t value) { return EdnValue::Integer(value); }
EdnValue Key(const char* name) { return EdnValue::Keyword(name); }

TEST(CatalogTest, JudgesWhatWasRecorded) {
  const EdnValue nil;
  const EdnValue yes = EdnValue::Boolean(true);
  const EdnValue no = EdnValue::Boolean(false);
  struct Case {
    std::string model;
    std::vector<Recorded> recorded;  // the last answer is wrong
    EdnValue right;                  // in its place
  };
  const std::vector<Case> cases = {
      {"set",
       {{"add", Int(3), Int(3)},
        {"add", Int(1), Key("ok")},
        {"read", nil, EdnValue::Vector({Int(3)})}},
       EdnValue::Set({Int(1), Int(3)})},
      {"set",
       {{"insert", Int(3), yes}, {"delete", Int(3), yes}, {"has", Int(3), yes}},
       no},
      {"counter",
       {{"increment", nil, nil},
        {"dec", Int(3), Int(3)},
        {"add-and-get", Int(5), Int(3)},
        {"read", nil, Int(2)}},
       Int(3)},
      {"queue",
       {{"offer", Int(1), yes},
        {"enqueue", Int(2), nil},
        {"poll", nil, Int(2)}},
       Int(1)},
      {"stack",
       {{"push", Int(1), yes}, {"push", Int(2), Int(2)}, {"pop", nil, Int(1)}},
       Int(2)},
      {"priority-queue",
       {{"insert", Int(10), nil}, {"add", Int(9), nil}, {"pop-min", nil, nil}},
       Int(9)},
      {"log",
       {{"append", Key("a"), Int(0)},
        {"send", Key("b"), nil},
        {"poll", Int(1), EdnValue::Vector({Key("b")})},
        {"read", Int(1), Key("a")}},
       Key("b")},
      {"fenced-lease",
       {{"acquire", Key("a"), Int(3)},
        {"acquire", Key("b"), nil},
        {"acquire", Key("b"), Int(5)},
        {"write", Int(5), yes},
        {"renew", Int(3), yes}},
       no},
      {"unique-ids",
       {{"generate", nil, Key("a")}, {"generate", nil, Key("a")}},
       Key("b")},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Judge(each.model, each.recorded), Outcome::kViolated)
        << each.model;
    std::vector<Recorded> right = each.recorded;
    right.back().answer = each.right;
    EXPECT_EQ(Judge(each.model, right), Outcome::kHolds) << each.model;
  }
}

// 2 may be taken before 1, because somebody who was never answered may have
// taken that; not if 1 is taken afterwards.
TEST(CatalogTest, AContradictionHoldsWhateverTheUnansweredDid) {
  CallHistory history;
  const auto enqueue = [&](int64_t value) {
    history.Return(
        history.Invoke(0, {.function = "enqueue", .argument = Int(value)}),
        EdnValue::Nil());
  };
  const auto dequeue = [&](int64_t value) {
    const OperationId id = history.Invoke(1, {.function = "dequeue"});
    history.Return(id, Int(value));
    return id;
  };
  enqueue(1);
  enqueue(2);
  history.Invoke(2, {.function = "dequeue"});
  dequeue(2);
  const OperationId wrong = dequeue(1);
  const std::vector<NamedModel> models = AllModels();
  const auto found = Find(models, "queue").check(history, Budget());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found->explanation.first_illegal, wrong);
}

TEST(CatalogTest, SaysWhatDoesNotFit) {
  struct Case {
    std::string model;
    Recorded recorded;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"queue",
       {"drain", {}, EdnValue::Vector({})},
       "0: found the operation \"drain\", expected enqueue, dequeue, peek"},
      {"queue",
       {"enqueue", {}, {}},
       "0: found enqueue(), expected an argument: the element"},
      {"counter",
       {"add", Key("a"), {}},
       "0: found add(:a), expected an integer of 64 bits, or nil: 1"},
      {"counter",
       {"read", {}, Key("a")},
       "0: found the answer :a of read(), expected an integer of 64 bits"},
      {"set",
       {"contains", Int(1), {}},
       "0: found the answer nil of contains(1), expected true or false"},
      {"fenced-lease",
       {"acquire", {}, Key("ok")},
       "0: found the answer :ok of acquire(), expected a token, or nil: it was "
       "refused"},
      {"log",
       {"poll", Int(-1), {}},
       "0: found poll(-1), expected an offset: 0, 1, 2 and so on"},
  };
  const std::vector<NamedModel> models = AllModels();
  for (const Case& each : cases) {
    CallHistory history;
    history.Return(history.Invoke(0, {.function = each.recorded.function,
                                      .argument = each.recorded.argument}),
                   each.recorded.answer);
    EXPECT_EQ(
        Find(models, each.model).check(history, Budget()).status().message(),
        each.message);
  }
}

}  // namespace
}  // namespace reprise::checker
