#include "reprise/checker/report/page_content.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/function_colours.h"
#include "reprise/checker/report/shortened.h"
#include "reprise/text/numbers.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

// Characters. What contradicts is shown beside other text.
constexpr size_t kLongestText = 400;
constexpr size_t kLongestOfConflict = 160;
constexpr size_t kLongestFunction = 80;

// Where the value in a text begins: values are quoted, if anything is.
size_t ValueBegin(std::string_view text) {
  const size_t quote = text.find('"');
  return quote == text.npos ? 0 : quote;
}

std::string ShortOfConflict(std::string_view text,
                            const std::vector<std::string>& values) {
  const size_t begin = ValueBegin(text);
  ShortenedOptions options = {.most = kLongestOfConflict};
  options.places = Differences(text.substr(begin), values);
  for (size_t& place : options.places) place += begin;
  return Shortened(text, options);
}

}  // namespace

PageContent::PageContent(const PageInput& input) : input_(input) {
  REPRISE_REQUIRE(input.history.size() > 0, "there is nothing to show");
  FindFocus();
  Survey();
  selection_ = SelectForPage(input.history, focus_);
  AddOperations();
  ColourFunctions();
  ShortenConflict();
}

bool PageContent::Shows(OperationId id) const {
  const size_t place = PlaceOf(id);
  return place < operations_.size() && operations_[place].id == id;
}

const ShownOperation& PageContent::Find(OperationId id) const {
  REPRISE_REQUIRE(Shows(id), "the page does not show this operation");
  return operations_[PlaceOf(id)];
}

size_t PageContent::PlaceOf(OperationId id) const {
  const auto found =
      std::lower_bound(operations_.begin(), operations_.end(), id,
                       [](const ShownOperation& operation, OperationId wanted) {
                         return operation.id < wanted;
                       });
  return static_cast<size_t>(found - operations_.begin());
}

void PageContent::FindFocus() {
  for (const PageConflict& conflict : input_.contradiction) {
    focus_.must.push_back(conflict.id);
  }
  std::sort(focus_.must.begin(), focus_.must.end());
  if (input_.first_illegal) {
    focus_.centre = *input_.first_illegal;
  } else if (!focus_.must.empty()) {
    focus_.centre = focus_.must.back();
  }
  focus_.most = input_.operations_max;
  focus_.focus = input_.undecided
                     ? *input_.undecided
                     : input_.history.Facts(focus_.centre).partition;
}

// Looks at every operation once.
void PageContent::Survey() {
  std::vector<int32_t> clients;
  const auto size = static_cast<OperationId>(input_.history.size());
  for (OperationId id = 0; id < size; ++id) {
    const PageFacts facts = input_.history.Facts(id);
    clients.push_back(facts.client);
    if (!facts.times) continue;
    has_times_ = true;
    start_ = std::min(start_, facts.times->call);
  }
  std::sort(clients.begin(), clients.end());
  clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
  clients_ = clients.size();
}

void PageContent::AddOperations() {
  std::map<std::string, size_t> places;
  for (const OperationId id : selection_.ids) {
    PageText text = input_.history.Text(id);
    text.function =
        Shortened(Printable(text.function), {.most = kLongestFunction});
    const auto [place, is_new] =
        places.try_emplace(text.function, functions_.size());
    if (is_new) functions_.push_back({text.function, 0});
    const bool is_conflict =
        std::binary_search(focus_.must.begin(), focus_.must.end(), id);
    const auto shown = [&](const std::string& whole) {
      std::string printable = Printable(whole);
      // What contradicts is cut later, when all of it is known.
      return is_conflict ? printable
                         : Shortened(printable, {.most = kLongestText});
    };
    operations_.push_back({.id = id,
                           .facts = input_.history.Facts(id),
                           .function = place->second,
                           .call = shown(text.call),
                           .output = shown(text.output)});
  }
}

void PageContent::ColourFunctions() {
  std::vector<std::string> names;
  for (const ShownFunction& function : functions_) {
    names.push_back(function.name);
  }
  const std::vector<size_t> colours = FunctionColours(names);
  for (size_t place = 0; place < colours.size(); ++place) {
    functions_[place].colour = colours[place];
  }
}

void PageContent::ShortenConflict() {
  std::vector<std::string> values;
  for (const OperationId id : focus_.must) {
    const ShownOperation& operation = Find(id);
    for (const std::string* text : {&operation.call, &operation.output}) {
      values.push_back(text->substr(ValueBegin(*text)));
    }
  }
  for (const OperationId id : focus_.must) {
    ShownOperation& operation = operations_[PlaceOf(id)];
    operation.call = ShortOfConflict(operation.call, values);
    operation.output = ShortOfConflict(operation.output, values);
  }
}

std::string PageContent::Facts() const {
  std::string facts = absl::StrCat(Count(input_.history.size(), "operation"),
                                   " · ", Count(clients_, "client"));
  const size_t partitions = input_.history.partitions();
  if (partitions > 1 || !input_.history.PartitionName(0).empty()) {
    absl::StrAppend(&facts, " · ", Count(partitions, "key"));
  }
  return facts;
}

}  // namespace reprise::checker
