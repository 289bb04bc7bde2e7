#include "reprise/checker/containers/supply.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace reprise::checker {
namespace {

using Operations = std::span<const ContainerOperation>;

bool Takes(const ContainerOperation& operation) {
  return operation.kind == ContainerKind::kRemove && !operation.IsPending();
}

// Whether an answer names the value.
bool Shows(const ContainerOperation& operation) {
  return Takes(operation) || operation.kind == ContainerKind::kFound;
}

// Places by value; those that put it in come first, by their calls, and then
// those that show it, by their returns.
std::vector<uint32_t> PlacesByValue(Operations operations) {
  std::vector<uint32_t> places;
  for (uint32_t place = 0; place < operations.size(); ++place) {
    const ContainerOperation& operation = operations[place];
    if (operation.kind == ContainerKind::kInsert || Shows(operation)) {
      places.push_back(place);
    }
  }
  std::sort(places.begin(), places.end(), [&](uint32_t a, uint32_t b) {
    const auto key = [&](uint32_t place) {
      const ContainerOperation& operation = operations[place];
      const bool shows = Shows(operation);
      return std::tuple(operation.value, shows,
                        shows ? operation.ret : operation.call, place);
    };
    return key(a) < key(b);
  });
  return places;
}

// An answer that lacks a value that was put in.
struct Lack {
  EventIndex ret = kNever;
  // What contradicts it, itself included: those before it that took one, and
  // all that were put in by then.
  std::vector<uint32_t> places;
};

// The first among `places`, which are of one value.
std::optional<Lack> LackOf(Operations operations,
                           std::span<const uint32_t> places) {
  size_t inserts = 0;  // Called until now.
  size_t taken = 0;
  const auto shown =
      std::find_if(places.begin(), places.end(),
                   [&](uint32_t place) { return Shows(operations[place]); });
  const size_t all_inserts = shown - places.begin();
  for (auto each = shown; each != places.end(); ++each) {
    const ContainerOperation& operation = operations[*each];
    while (inserts < all_inserts &&
           operations[places[inserts]].call <= operation.ret) {
      ++inserts;
    }
    if (Takes(operation)) ++taken;
    const size_t needed = Takes(operation) ? taken : 1;
    if (needed <= inserts) continue;
    Lack lack = {operation.ret, {places.begin(), places.begin() + inserts}};
    for (auto before = shown; before != each; ++before) {
      const bool counts = Takes(operation) && Takes(operations[*before]);
      if (counts) lack.places.push_back(*before);
    }
    lack.places.push_back(*each);
    return lack;
  }
  return std::nullopt;
}

}  // namespace

ContainerVerdict CheckSupply(Operations operations) {
  const std::vector<uint32_t> places = PlacesByValue(operations);
  Lack first;
  for (auto begin = places.begin(); begin != places.end();) {
    const auto end = std::find_if(begin, places.end(), [&](uint32_t place) {
      return operations[place].value != operations[*begin].value;
    });
    std::optional<Lack> lack = LackOf(operations, {begin, end});
    if (lack && lack->ret < first.ret) first = *std::move(lack);
    begin = end;
  }
  if (first.places.empty()) return {ContainerOutcome::kUnsuitable, {}};
  std::sort(first.places.begin(), first.places.end());
  return {ContainerOutcome::kViolated, std::move(first.places)};
}

}  // namespace reprise::checker
