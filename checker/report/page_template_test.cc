#include "reprise/checker/report/page_template.h"

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(PageTemplateTest, PutsEachPartInItsPlace) {
  EXPECT_EQ(FilledTemplate("a @X@ b @Y@ c", {{"@X@", "1"}, {"@Y@", "2"}}),
            "a 1 b 2 c");
}

TEST(PageTemplateTest, TakesNoContentForAMark) {
  EXPECT_EQ(FilledTemplate("@X@ @Y@", {{"@X@", "@Y@"}, {"@Y@", "2"}}), "@Y@ 2");
}

TEST(PageTemplateDeathTest, RequiresAPlaceForEachPart) {
  EXPECT_DEATH(FilledTemplate("@Y@ @X@", {{"@X@", "1"}, {"@Y@", "2"}}),
               "no place");
}

}  // namespace
}  // namespace reprise::checker
