#include "reprise/checker/history/text.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

TEST(TextTest, PrintsTextOfAnyLanguageAsItself) {
  History history;
  const OperationId put = history.Invoke(0, OperationKind::kPut, "\u30ad\u30fc",
                                         "na\u00efve \U0001f600");
  history.ReturnUnobserved(put);
  EXPECT_EQ(CallText(history, put),
            "Put(\"\u30ad\u30fc\", \"na\u00efve \U0001f600\")");
}

TEST(TextTest, EscapesWhatIsNoText) {
  EXPECT_EQ(Quoted("a\xff\x1b\u202e\n"), R"("a\xff\x1b\xe2\x80\xae\n")");
}

TEST(TextTest, CutsLongTextBetweenCharacters) {
  std::string value;
  for (int i = 0; i < 60; ++i) value += "\u00e9";
  EXPECT_EQ(Quoted(value).find('\\'), std::string::npos) << Quoted(value);
  EXPECT_TRUE(Quoted(value).ends_with("\u00e9\" (120 bytes)"));
}

}  // namespace
}  // namespace reprise::checker
