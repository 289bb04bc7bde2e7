#include "reprise/checker/key_value/online_key.h"

#include <algorithm>

#include "reprise/checker/history/require.h"

namespace reprise::checker {

void OnlineKey::Clear(OnlineTexts& texts, std::string_view initial) {
  texts_ = &texts;
  has_given_up_ = false;
  open_.clear();
  open_writes_ = 0;
  writes_called_ = 0;
  is_known_ = true;
  known_ = {.bytes = initial};
  StartPiece(known_);
}

void OnlineKey::GiveUp() {
  has_given_up_ = true;
  is_paused_ = true;
}

void OnlineKey::StartPiece(const KnownValue& base) {
  piece_ = ++texts_->pieces;
  base_ = base;
  piece_size_ = 0;
  is_alone_ = false;
  is_paused_ = false;
  values_.StartOpen();
  writes_.clear();
  returns_.clear();
  cluster_count_ = 0;
  NewCluster(0, static_cast<uint32_t>(base.bytes.size()));
  clusters_[kInitialCluster].first_return = 0;
}

void OnlineKey::Invoke(const History& history, OperationId id) {
  const Operation& operation = history[id];
  const bool can_cut = open_.empty() && is_known_;
  if (can_cut && (is_paused_ || is_alone_ || piece_size_ >= kLongPiece)) {
    StartPiece(known_);
  }
  if (is_alone_ && !is_paused_) GiveUp();
  open_.push_back({id, writes_called_, open_writes_ == 0});
  ++piece_size_;
  // An Append of "" changes nothing.
  if (operation.kind == OperationKind::kGet ||
      (operation.kind == OperationKind::kAppend &&
       operation.argument_length == 0)) {
    return;
  }
  ++writes_called_;
  ++open_writes_;
  is_known_ = false;
  if (!is_paused_) InvokeWrite(history, id, can_cut);
}

void OnlineKey::InvokeWrite(const History& history, OperationId id,
                            bool can_cut) {
  const Operation& operation = history[id];
  if (TakeUp(operation, id)) return;
  if (!can_cut || operation.kind == OperationKind::kCas) return GiveUp();
  StartPiece(known_);
  if (TakeUp(operation, id)) return;
  is_alone_ = true;
}

bool OnlineKey::TakeUp(const Operation& operation, OperationId id) {
  if (operation.kind == OperationKind::kCas) return false;
  const std::string_view value = operation.Argument();
  const bool is_put = operation.kind == OperationKind::kPut;
  if (is_put && !base_.bytes.empty()) {
    const size_t common = std::min(value.size(), base_.bytes.size());
    if (value.substr(0, common) == base_.bytes.substr(0, common)) return false;
  }
  if (!values_.AddOnce(value, static_cast<uint32_t>(writes_.size()))) {
    return false;
  }
  writes_.push_back({id});
  if (is_put) {
    writes_.back().cluster =
        NewCluster(operation.call, operation.argument_length);
  }
  return true;
}

uint32_t OnlineKey::NewCluster(EventIndex call, uint32_t start) {
  if (cluster_count_ == clusters_.size()) clusters_.emplace_back();
  Cluster& cluster = clusters_[cluster_count_];
  cluster.first_return = kNever;
  cluster.last_call = call;
  cluster.scanned = static_cast<uint32_t>(returns_.size());
  cluster.start = start;
  cluster.is_alive = true;
  cluster.tokens.clear();
  cluster.steps.clear();
  return cluster_count_++;
}

bool OnlineKey::Return(const History& history, OperationId id) {
  const Operation& operation = history[id];
  const OpenCall call = Close(id);
  bool is_legal = true;
  if (!is_paused_ && !is_alone_) {
    if (operation.HasOutput()) {
      is_legal = ReturnReader(history, operation, id);
    } else if (operation.argument_length > 0) {
      ReturnWrite(operation, id);
    }
  }
  NoteKnownValue(history, call);
  return is_legal;
}

OnlineKey::OpenCall OnlineKey::Close(OperationId id) {
  size_t place = 0;
  while (place < open_.size() && open_[place].id != id) ++place;
  REPRISE_REQUIRE(place < open_.size(), "a response without an invocation");
  const OpenCall call = open_[place];
  open_[place] = open_.back();
  open_.pop_back();
  return call;
}

// The value is known after a read that overlapped no write and after a write
// that overlapped no other.
void OnlineKey::NoteKnownValue(const History& history, const OpenCall& call) {
  const Operation& operation = history[call.id];
  const bool is_write = operation.kind != OperationKind::kGet &&
                        !(operation.kind == OperationKind::kAppend &&
                          operation.argument_length == 0);
  if (is_write) --open_writes_;
  if (!call.is_clear ||
      writes_called_ != call.writes_before + (is_write ? 1 : 0)) {
    return;
  }
  if (operation.HasOutput()) {
    const size_t size = operation.output_length + operation.argument_length;
    known_ = {history.Chain(operation.chain).substr(0, size), operation.chain};
  } else if (operation.kind == OperationKind::kPut ||
             (operation.kind == OperationKind::kCas &&
              operation.answer == Answer::kDone)) {
    known_ = {operation.Argument()};
  } else {
    return;
  }
  is_known_ = true;
}

void OnlineKey::ReturnWrite(const Operation& operation, OperationId id) {
  Write& write = writes_[WriteOf(id)];
  if (write.cluster == kNone) {
    write.cluster = NewCluster(operation.call, 0);
  }
  AddReturn(write.cluster, 2 * write.position, operation.ret);
}

uint32_t OnlineKey::WriteOf(OperationId id) const {
  const auto write = std::lower_bound(
      writes_.begin(), writes_.end(), id,
      [](const Write& write, OperationId id) { return write.id < id; });
  return static_cast<uint32_t>(write - writes_.begin());
}

bool OnlineKey::ReturnReader(const History& history, const Operation& operation,
                             OperationId id) {
  const uint32_t size = operation.output_length + operation.argument_length;
  if (!Cut(history, operation.chain, size)) return false;
  const uint32_t cluster = TextOf(operation.chain, history.chains()).cluster;
  const uint32_t position =
      PositionOf(clusters_[cluster], operation.output_length);
  if (position == kNone) return false;
  if (operation.argument_length > 0) {
    // Cut() gave the Append its place; it must be behind what it reported.
    const Write& write = writes_[WriteOf(id)];
    if (write.cluster != cluster || write.position != position + 1) {
      return false;
    }
    AddReturn(cluster, 2 * write.position, operation.ret);
    return true;
  }
  const uint32_t level = 2 * position + 1;
  if (!AddMember(cluster, level, operation.call)) return false;
  AddReturn(cluster, level, operation.ret);
  return true;
}

OnlineKey::Text& OnlineKey::TextOf(ChainId chain, size_t chains) {
  std::vector<Text>& texts = texts_->of_chain;
  if (texts.size() < chains) texts.resize(std::max(chains, 2 * texts.size()));
  Text& text = chain == 0 ? empty_text_ : texts[chain];
  if (text.piece != piece_) text = {.piece = piece_};
  return text;
}

// Cuts the chain into values as far as `size`. False if no epoch goes like
// this.
bool OnlineKey::Cut(const History& history, ChainId chain, uint32_t size) {
  Text& text = TextOf(chain, history.chains());
  const std::string_view bytes = history.Chain(chain).substr(0, size);
  if (text.cluster == kNone && !Begin(history, bytes, chain, text)) {
    return false;
  }
  while (text.size < size) {
    const std::vector<Token>& tokens = clusters_[text.cluster].tokens;
    const ValueIndex::Token token =
        NextToken(tokens, text.position, bytes.substr(text.size));
    if (token.entry == ValueIndex::kNone) return false;
    const uint32_t write = values_.entry(token.entry).first_item;
    const uint32_t end = text.size + token.length;
    if (text.position < tokens.size()) {
      if (tokens[text.position].write != write) return false;
    } else if (!PlaceAppend(history, text.cluster, end, write)) {
      return false;
    }
    ++text.position;
    text.size = end;
  }
  return true;
}

// The value at the beginning of `text`, of an epoch with these tokens. Mostly
// it is the one known to be at `position`, or that of the write called next.
ValueIndex::Token OnlineKey::NextToken(const std::vector<Token>& tokens,
                                       uint32_t position,
                                       std::string_view text) const {
  uint32_t likely = static_cast<uint32_t>(writes_.size()) - 1;
  if (position < tokens.size()) {
    likely = tokens[position].write;
  } else if (!tokens.empty()) {
    likely = tokens.back().write + 1;
  }
  const ValueIndex::Token token = values_.FindIf(text, likely);
  return token.entry != kNone ? token : values_.Find(text);
}

// Finds the epoch of a chain that was not seen in this piece.
bool OnlineKey::Begin(const History& history, std::string_view bytes,
                      ChainId chain, Text& text) {
  const std::string_view base = base_.bytes;
  const bool has_base = !base.empty();
  if (has_base ? (chain == base_.chain ? bytes.size() >= base.size()
                                       : bytes.starts_with(base))
               : bytes.empty()) {
    text.cluster = kInitialCluster;
    text.size = static_cast<uint32_t>(base.size());
    return true;
  }
  const ValueIndex::Token token = values_.Find(bytes);
  if (token.entry == ValueIndex::kNone) return false;
  const Write& write = writes_[values_.entry(token.entry).first_item];
  if (history[write.id].kind == OperationKind::kPut) {
    text.cluster = write.cluster;
    text.size = token.length;
    return true;
  }
  text.cluster = kInitialCluster;
  return !has_base;
}

// Makes `write` the last Append of the epoch. All that is known of the epoch so
// far is of older values.
bool OnlineKey::PlaceAppend(const History& history, uint32_t cluster,
                            uint32_t end, uint32_t write) {
  Write& placed = writes_[write];
  const Operation& append = history[placed.id];
  if (append.kind == OperationKind::kPut || placed.position != 0) return false;
  const uint32_t alone = placed.cluster;
  const bool has_returned = alone != kNone;
  if (has_returned && append.ret < clusters_[cluster].last_call) return false;

  clusters_[cluster].tokens.push_back({end, write});
  placed.cluster = cluster;
  placed.position = static_cast<uint32_t>(clusters_[cluster].tokens.size());
  const uint32_t level = 2 * placed.position;
  if (!AddMember(cluster, level, append.call)) return false;
  if (!has_returned) return true;
  clusters_[alone].is_alive = false;
  const bool is_first = append.ret < clusters_[cluster].first_return;
  AddReturn(cluster, level, append.ret);
  return cluster == kInitialCluster
             ? true
             : !is_first || MoveFirstReturnBack(cluster, append.ret);
}

uint32_t OnlineKey::PositionOf(const Cluster& cluster, uint32_t size) {
  if (size == cluster.start) return 0;
  const std::vector<Token>& tokens = cluster.tokens;
  if (tokens.empty()) return kNone;
  if (tokens.back().end == size) return static_cast<uint32_t>(tokens.size());
  const auto token = std::lower_bound(
      tokens.begin(), tokens.end(), size,
      [](const Token& token, uint32_t size) { return token.end < size; });
  if (token == tokens.end() || token->end != size) return kNone;
  return static_cast<uint32_t>(token - tokens.begin()) + 1;
}

// An operation of this level becomes a member. None of a higher level may have
// returned before its call.
bool OnlineKey::AddMember(uint32_t cluster, uint32_t level, EventIndex call) {
  const std::vector<Step>& steps = clusters_[cluster].steps;
  size_t before = steps.size();
  while (before > 0 && steps[before - 1].at >= call) --before;
  if (before > 0 && steps[before - 1].level > level) return false;
  return AdvanceLastCall(cluster, call);
}

// A member returns now, or, an Append that has just found its place, has
// returned before.
void OnlineKey::AddReturn(uint32_t cluster, uint32_t level, EventIndex at) {
  Cluster& changed = clusters_[cluster];
  std::vector<Step>& steps = changed.steps;
  while (!steps.empty() && steps.back().at >= at) steps.pop_back();
  if (steps.empty() || steps.back().level < level) steps.push_back({at, level});
  if (cluster == kInitialCluster || at >= changed.first_return) return;
  changed.first_return = at;
  if (returns_.empty() || returns_.back().at < at) {
    returns_.push_back({at, cluster});
  }
}

bool OnlineKey::AdvanceLastCall(uint32_t cluster, EventIndex call) {
  Cluster& advanced = clusters_[cluster];
  if (call <= advanced.last_call) return true;
  advanced.last_call = call;
  for (; advanced.scanned < returns_.size(); ++advanced.scanned) {
    const FirstReturn& other = returns_[advanced.scanned];
    if (other.at >= call) return true;
    if (other.cluster != cluster && IsCurrent(other) &&
        Contradict(cluster, other.cluster)) {
      return false;
    }
  }
  return true;
}

// The first return of `cluster` has become that of an Append, at `at`, which
// had stood for itself until now. None of its members was called later, so that
// only an epoch that goes on beyond `at` can contradict it.
bool OnlineKey::MoveFirstReturnBack(uint32_t cluster, EventIndex at) {
  size_t place = std::lower_bound(returns_.begin(), returns_.end(), at,
                                  [](const FirstReturn& entry, EventIndex at) {
                                    return entry.at < at;
                                  }) -
                 returns_.begin();
  returns_[place].cluster = cluster;
  if (at < clusters_[kInitialCluster].last_call) return false;
  while (place-- > 0) {
    const FirstReturn& other = returns_[place];
    if (!IsCurrent(other)) continue;
    if (Contradict(cluster, other.cluster)) return false;
    const Cluster& before = clusters_[other.cluster];
    // Forward zones are apart: those further back end before this one.
    if (before.first_return < clusters_[cluster].last_call &&
        before.first_return < before.last_call) {
      return true;
    }
  }
  return true;
}

bool OnlineKey::IsCurrent(const FirstReturn& first_return) const {
  const Cluster& cluster = clusters_[first_return.cluster];
  return cluster.is_alive && cluster.first_return == first_return.at;
}

bool OnlineKey::Contradict(uint32_t a, uint32_t b) const {
  const bool a_began = a == kInitialCluster ||
                       clusters_[a].first_return < clusters_[b].last_call;
  return a_began && clusters_[b].first_return < clusters_[a].last_call;
}

}  // namespace reprise::checker
