#include "reprise/checker/testing/generate.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

// About exponential with that mean, without floating point: the logarithm of a
// uniform number, taken as linear between powers of two.
int64_t Exponential(Random& random, int64_t mean) {
  constexpr int kFraction = 20;
  const uint64_t uniform = random.Next() | 1;
  const int zeros = std::countl_zero(uniform);
  const uint64_t fraction = (uniform << zeros << 1) >> (64 - kFraction);
  const int64_t halvings =
      ((int64_t{zeros} + 1) << kFraction) - static_cast<int64_t>(fraction);
  return halvings * mean / 1000 * 693 >> kFraction;
}

class Generator {
 public:
  explicit Generator(const GenerateOptions& options)
      : options_(options),
        random_(options.seed),
        next_client_(options.clients) {}

  GeneratedHistory Run() && {
    for (int client = 0; client < options_.clients; ++client) {
      RunClient(client);
    }
    order_.resize(planned_.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::stable_sort(order_.begin(), order_.end(), [&](size_t a, size_t b) {
      return planned_[a].effect < planned_[b].effect;
    });
    Execute();
    if (options_.is_bad) MakeStale();
    return Collect();
  }

 private:
  struct Planned {
    TimedOperation operation;
    int64_t effect;
    int key;
    bool takes_effect;
  };

  bool PerThousand(int share) { return random_.Chance(share, 1000); }

  void RunClient(int client) {
    int name = client;
    int64_t now = Below(options_.duration);
    for (int i = 0; i < options_.operations; ++i) {
      Planned planned = Plan(client, name, i, now);
      const int64_t ret = planned.operation.ret;
      if (PerThousand(options_.pending)) {
        Lose(planned);
        name = next_client_++;  // a lost client comes back under a new name
      }
      planned_.push_back(planned);
      now = ret + 1 + Exponential(random_, options_.pause);
    }
  }

  Planned Plan(int client, int name, int number, int64_t now) {
    int64_t duration = options_.duration / 2 + Below(options_.duration);
    if (PerThousand(options_.slow)) {
      duration = duration * (1000 + Below(2000)) / 100;
    }
    duration += 2;
    Planned planned;
    planned.takes_effect = true;
    planned.effect = now + 1 + Below(duration - 1);
    planned.key = static_cast<int>(Below(options_.keys));
    TimedOperation& operation = planned.operation;
    operation.client = name;
    operation.call = now;
    operation.ret = now + duration;
    operation.answer = Answer::kDone;
    operation.kind = DrawKind();
    operation.key = made_.bytes.Copy(absl::StrCat("k", planned.key));
    if (operation.kind != OperationKind::kGet) {
      if (number > 0 && PerThousand(options_.repeats)) --number;
      operation.value = made_.bytes.Copy(DrawValue(client, number));
    }
    if (operation.kind == OperationKind::kCas) {
      operation.expected = made_.bytes.Copy(DrawValue(client, number));
    }
    if (operation.kind == OperationKind::kGet ||
        (operation.kind == OperationKind::kAppend && options_.reports)) {
      operation.answer = Answer::kReported;
    }
    return planned;
  }

  OperationKind DrawKind() {
    int kind = static_cast<int>(Below(1000));
    if (kind < options_.gets) return OperationKind::kGet;
    kind -= options_.gets;
    if (kind < options_.puts) return OperationKind::kPut;
    kind -= options_.puts;
    return kind < options_.cas ? OperationKind::kCas : OperationKind::kAppend;
  }

  std::string DrawValue(int client, int number) {
    switch (options_.values) {
      case ValueStyle::kShort:
        return absl::StrCat(client, ".", number, ";");
      case ValueStyle::kLab:
        return absl::StrCat("x ", client, " ", number, " y");
      case ValueStyle::kFew:
        return absl::StrCat(Below(options_.few));
    }
    return "";
  }

  // Half of what is never answered takes effect, half of that late.
  void Lose(Planned& planned) {
    planned.operation.answer = Answer::kPending;
    planned.takes_effect = random_.Chance(1, 2);
    if (random_.Chance(1, 2)) {
      planned.effect =
          planned.operation.ret + Exponential(random_, 20 * options_.duration);
    }
  }

  void Execute() {
    std::vector<std::string> values(options_.keys);
    for (size_t place : order_) {
      Planned& planned = planned_[place];
      if (!planned.takes_effect) continue;
      TimedOperation& operation = planned.operation;
      std::string& value = values[planned.key];
      if (operation.answer == Answer::kReported) {
        operation.output = made_.bytes.Copy(value);
      }
      if (operation.kind == OperationKind::kPut) value = operation.value;
      if (operation.kind == OperationKind::kAppend) value += operation.value;
      if (operation.kind == OperationKind::kCas)
        CompareAndSet(operation, value);
    }
  }

  static void CompareAndSet(TimedOperation& cas, std::string& value) {
    if (value == cas.expected) {
      value = cas.value;
    } else if (cas.answer != Answer::kPending) {
      cas.answer = Answer::kFailed;
    }
  }

  // Gives the last possible Get the value after a write that was overwritten
  // before the Get was called.
  void MakeStale() {
    std::vector<size_t> by_call(planned_.size());
    std::iota(by_call.begin(), by_call.end(), 0);
    std::sort(by_call.begin(), by_call.end(), [&](size_t a, size_t b) {
      return planned_[a].operation.call < planned_[b].operation.call;
    });
    for (size_t i = by_call.size() * 97 / 100; i-- > 0;) {
      Planned& get = planned_[by_call[i]];
      if (get.operation.kind != OperationKind::kGet ||
          get.operation.answer == Answer::kPending) {
        continue;
      }
      const Planned* newer = LastWriteBefore(get.key, get.operation.call);
      if (newer == nullptr) continue;
      const Planned* older = LastWriteBefore(get.key, newer->operation.call);
      if (older == nullptr) continue;
      get.operation.output = made_.bytes.Copy(ValueAfter(*older));
      return;
    }
    REPRISE_REQUIRE(false, "there is no place for a stale read");
  }

  const Planned* LastWriteBefore(int key, int64_t time) const {
    const Planned* last = nullptr;
    for (const Planned& planned : planned_) {
      if (planned.key != key || !planned.takes_effect ||
          planned.operation.kind == OperationKind::kGet ||
          planned.operation.answer == Answer::kPending ||
          planned.operation.ret >= time) {
        continue;
      }
      if (last == nullptr || planned.operation.call > last->operation.call) {
        last = &planned;
      }
    }
    return last;
  }

  std::string ValueAfter(const Planned& write) const {
    std::string value;
    for (size_t place : order_) {
      const Planned& planned = planned_[place];
      if (planned.key != write.key || !planned.takes_effect) continue;
      const TimedOperation& operation = planned.operation;
      if (operation.kind == OperationKind::kPut) value = operation.value;
      if (operation.kind == OperationKind::kAppend) value += operation.value;
      if (&planned == &write) break;
    }
    return value;
  }

  GeneratedHistory Collect() {
    made_.operations.reserve(planned_.size());
    for (const Planned& planned : planned_) {
      made_.operations.push_back(planned.operation);
    }
    std::stable_sort(made_.operations.begin(), made_.operations.end(),
                     [](const TimedOperation& a, const TimedOperation& b) {
                       return a.call < b.call;
                     });
    return std::move(made_);
  }

  int64_t Below(int64_t bound) {
    return static_cast<int64_t>(random_.Below(bound));
  }

  const GenerateOptions options_;
  Random random_;
  int next_client_;
  std::vector<Planned> planned_;  // client after client
  std::vector<size_t> order_;     // of taking effect
  GeneratedHistory made_;
};

}  // namespace

GeneratedHistory Generate(const GenerateOptions& options) {
  return Generator(options).Run();
}

}  // namespace reprise::checker
