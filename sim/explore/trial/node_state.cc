#include "reprise/sim/explore/trial/node_state.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace reprise {
namespace {

constexpr char kStandsOut = '*';
constexpr char kIsPlain = '-';

void AppendWords(std::string_view words, std::string& text) {
  for (const char c : words) {
    text.push_back(c == '\n' || c == '\t' ? ' ' : c);
  }
}

// Takes what stands before `end`, or all, and that character with it.
std::string_view TakeUntil(char end, std::string_view& text) {
  const size_t size = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return taken;
}

// The place of the column of that title, which is added where there is none.
size_t ColumnOf(const std::string& title, NodeTable& table) {
  const auto found = std::find(table.titles.begin(), table.titles.end(), title);
  if (found == table.titles.end()) {
    table.titles.push_back(title);
    return table.titles.size() - 1;
  }
  return static_cast<size_t>(found - table.titles.begin());
}

}  // namespace

std::string NodeStateText(const NodeState& state) {
  std::string text(1, state.stands_out ? kStandsOut : kIsPlain);
  AppendWords(state.headline, text);
  for (const NodeFact& fact : state.facts) {
    text.push_back('\n');
    AppendWords(fact.name, text);
    text.push_back('\t');
    AppendWords(fact.value, text);
  }
  return text;
}

NodeState NodeStateOfText(std::string_view text) {
  NodeState state;
  if (text.empty()) return state;
  state.stands_out = text.front() == kStandsOut;
  text.remove_prefix(1);
  state.headline = TakeUntil('\n', text);
  while (!text.empty()) {
    std::string_view line = TakeUntil('\n', text);
    NodeFact fact;
    fact.name = TakeUntil('\t', line);
    fact.value = line;
    state.facts.push_back(std::move(fact));
  }
  return state;
}

NodeTable TableOfNodes(const std::vector<DescribedNode>& nodes) {
  NodeTable table{.titles = {"node", "state"}};
  for (const DescribedNode& node : nodes) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {node.name, node.state.headline};
    for (const NodeFact& fact : node.state.facts) {
      const size_t column = ColumnOf(fact.name, table);
      if (row.size() <= column) row.resize(column + 1);
      row[column] = fact.value;
    }
  }
  for (std::vector<std::string>& row : table.rows) {
    row.resize(table.titles.size());
  }
  return table;
}

}  // namespace reprise
