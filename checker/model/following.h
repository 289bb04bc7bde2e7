// Following: a FollowedModel of any model (followed_model.h).
//
//   Following<CounterModel> following(CounterModel::Init(), FollowLimits());
//   absl::StatusOr<FollowedModel::Place> add =
//       following.Call(0, {.function = "read"}, {.number = 1, .text = line});

#ifndef REPRISE_CHECKER_MODEL_FOLLOWING_H_
#define REPRISE_CHECKER_MODEL_FOLLOWING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/followed_part.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/parse_history.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

template <typename Model>
requires Recordable<Model>
class Following final : public FollowedModel {
 public:
  using Part = FollowedPart<Model>;

  // Each part begins with `initial`.
  Following(typename Model::State initial, const FollowLimits& limits)
      : initial_(std::move(initial)), limits_(limits) {}

  absl::StatusOr<Place> Call(int32_t client, const checker::Call& call,
                             Line line) override {
    absl::StatusOr<typename Model::Input> input = Model::Parse(call);
    if (!input.ok()) return input.status();
    const uint32_t part = PartOf(*input);
    ++kept_;
    return Place{
        part, parts_[part]->Call(client, *std::move(input), std::move(line))};
  }

  absl::Status Answer(Place place, const EdnValue& value,
                      std::string text) override {
    absl::StatusOr<typename Model::Output> output =
        Model::ParseOutput(At(place).input(place.number), value);
    if (!output.ok()) return output.status();
    At(place).Answer(place.number, *std::move(output), std::move(text));
    Look(place.part);
    return absl::OkStatus();
  }
  void Fail(Place place, std::string text) override {
    At(place).Fail(place.number, std::move(text));
    Look(place.part);
  }
  void Lose(Place place, std::string text) override {
    At(place).Lose(place.number, std::move(text));
    Look(place.part);
  }
  void Return(Place place) override {
    At(place).Return(place.number);
    Look(place.part);
  }

  std::optional<uint32_t> violated_part() const override { return violated_; }
  std::vector<uint32_t> given_up_parts() const override {
    std::vector<uint32_t> given_up;
    for (uint32_t part = 0; part < parts_.size(); ++part) {
      if (parts_[part]->HasGivenUp()) given_up.push_back(part);
    }
    return given_up;
  }
  size_t parts() const override { return parts_.size(); }
  size_t kept_operations() const override { return kept_; }
  size_t configurations() const override {
    size_t sum = 0;
    for (const auto& part : parts_) sum += part->configurations();
    return sum;
  }

  size_t starts(uint32_t part) const override {
    return parts_[part]->starts().size();
  }
  std::vector<Line> Lines(uint32_t part, size_t start) const override {
    return parts_[part]->Lines(parts_[part]->starts()[start]);
  }
  absl::StatusOr<ModelVerdict> Judge(uint32_t part, size_t start,
                                     const CallHistory& calls,
                                     const Budget& budget) const override {
    absl::StatusOr<ModelHistory<Model>> history = ParseHistory<Model>(calls);
    if (!history.ok()) return history.status();
    history->SetInitial(StateOf(part, start));
    return CheckModel(*history, budget);
  }
  bool HasCollapsed(uint32_t part) const override {
    return parts_[part]->HasCollapsed();
  }

  const typename Model::State& StateOf(uint32_t part, size_t start) const {
    return parts_[part]->starts()[start].state;
  }

 private:
  Part& At(Place place) { return *parts_[place.part]; }

  uint32_t PartOf(const typename Model::Input& input) {
    const auto next = static_cast<uint32_t>(parts_.size());
    const auto [found, is_new] =
        numbers_.try_emplace(std::string(PartitionOf<Model>(input)), next);
    if (is_new) parts_.push_back(std::make_unique<Part>(initial_, limits_));
    return found->second;
  }

  void Look(uint32_t number) {
    Part& part = *parts_[number];
    if (part.IsViolated() && !violated_) violated_ = number;
    const size_t before = part.size();
    part.Shorten(std::min(limits_.kept, limits_.kept_in_all / parts_.size()));
    kept_ -= before - part.size();
  }

  const typename Model::State initial_;
  const FollowLimits limits_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  std::vector<std::unique_ptr<Part>> parts_;
  std::optional<uint32_t> violated_;
  size_t kept_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_FOLLOWING_H_
