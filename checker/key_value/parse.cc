#include "reprise/checker/key_value/parse.h"

#include <algorithm>

namespace reprise::checker {

Parse::Result Parse::Run(const KeyOperations& key, const ValueIndex& values,
                         const Segment& segment) {
  Start(key, values, segment);
  return values.HasAppends() ? RunTexts() : RunWholeValues();
}

void Parse::Start(const KeyOperations& key, const ValueIndex& values,
                  const Segment& segment) {
  key_ = &key;
  values_ = &values;
  segment_ = &segment;
  members_.assign(segment.end - segment.begin, Member());
  clusters_.assign(1, Cluster());
  texts_.clear();
  tokens_.clear();
  last_placed_.clear();
  likely_ = 0;
  likely_later_ = 1;
  is_stopped_ = false;
  text_of_chain_.resize(history_.chains());
  ++generation_;
  readers_.resize(members_.size());
  size_t readers = 0;
  const Operation* operations = key.operations.data();
  for (uint32_t item = segment.begin; item < segment.end; ++item) {
    readers_[readers] = item;
    readers += operations[item].HasOutput();
    if (operations[item].kind == OperationKind::kPut) {
      MemberAt(item).cluster = static_cast<uint32_t>(clusters_.size());
      clusters_.push_back({.put = item});
    }
  }
  readers_.resize(readers);
}

// Without Appends an output is the base or the value of one Put.
Parse::Result Parse::RunWholeValues() {
  for (size_t place = 0; place < readers_.size(); ++place) {
    if (IsTimeToStop(place)) return Result::kStopped;
    const uint32_t item = readers_[place];
    const Operation& get = key_->operations[item];
    Text& text = texts_[TextOf(item, 0)];
    if (text.cluster == kNone || text.size != get.output_length) {
      const std::string_view output = history_.Output(get);
      text.size = get.output_length;
      if (output == segment_->base.bytes) {
        text.cluster = kInitialCluster;
      } else {
        const uint32_t entry = values_->Find(output).entry;
        if (entry == ValueIndex::kNone) {
          Fail(ConflictKind::kUnwritten, {item});
          return Result::kConflict;
        }
        text.cluster = MemberAt(values_->entry(entry).first_item).cluster;
      }
    }
    MemberAt(item) = {text.cluster, 1};
    clusters_[text.cluster].longest = item;
  }
  return Result::kParsed;
}

Parse::Result Parse::RunTexts() {
  for (const uint32_t item : readers_) {
    // Of a Get only an Append of "" that became one has an argument: none.
    const Operation& reader = key_->operations[item];
    TextOf(item, reader.output_length + reader.argument_length);
  }
  for (Text& text : texts_) {
    if (!Tokenise(text)) {
      return is_stopped_ ? Result::kStopped : Result::kConflict;
    }
  }
  if (!ChooseLongest()) return Result::kConflict;
  for (uint32_t cluster = 0; cluster < clusters_.size(); ++cluster) {
    const Result result = PlaceAppends(cluster);
    if (result != Result::kParsed) return result;
  }
  if (values_->HasRepeats()) {
    for (const Text& text : texts_) {
      if (!AreAllPlaced(text)) return Result::kAmbiguous;
    }
  }
  for (size_t place = 0; place < readers_.size(); ++place) {
    if (IsTimeToStop(place)) return Result::kStopped;
    if (!PlaceReader(readers_[place])) return Result::kConflict;
  }
  return Result::kParsed;
}

// The text of the item's chain, which reaches to `size` at least.
inline uint32_t Parse::TextOf(uint32_t item, uint32_t size) {
  const ChainId chain = key_->operations[item].chain;
  Slot& slot = text_of_chain_[chain];
  if (slot.generation != generation_) {
    slot = {generation_, static_cast<uint32_t>(texts_.size())};
    texts_.push_back({.chain = chain, .size = size, .longest = item});
  } else if (texts_[slot.text].size < size) {
    texts_[slot.text].size = size;
    texts_[slot.text].longest = item;
  }
  return slot.text;
}

bool Parse::BeginsWithBase(ChainId chain, std::string_view text) const {
  const KnownValue& base = segment_->base;
  if (base.chain == chain && chain != 0) {
    return text.size() >= base.bytes.size();
  }
  return text.starts_with(base.bytes);
}

bool Parse::Tokenise(Text& text) {
  const std::string_view bytes =
      history_.Chain(text.chain).substr(0, text.size);
  if (!BeginEpoch(text, bytes)) return false;
  text.tokens_begin = static_cast<uint32_t>(tokens_.size());
  tokens_.push_back({text.start, kNone});
  for (uint32_t offset = text.start; offset < text.size;) {
    if (IsTimeToStop(tokens_.size())) {
      is_stopped_ = true;
      return false;
    }
    const ValueIndex::Token token = NextToken(bytes.substr(offset));
    if (token.entry == kNone || PutOf(token) != kNone) {
      return Fail(ConflictKind::kUnwritten, {ReaderBeyond(text, offset)});
    }
    offset += token.length;
    tokens_.push_back({offset, token.entry});
  }
  text.tokens_end = static_cast<uint32_t>(tokens_.size());
  return true;
}

// Finds what the text begins with: the base, or the value of a Put.
bool Parse::BeginEpoch(Text& text, std::string_view bytes) {
  const bool has_base = !segment_->base.bytes.empty();
  if (has_base ? BeginsWithBase(text.chain, bytes) : bytes.empty()) {
    text.cluster = kInitialCluster;
    text.start = static_cast<uint32_t>(segment_->base.bytes.size());
    return true;
  }
  const ValueIndex::Token token = NextToken(bytes);
  const uint32_t put = token.entry == kNone ? kNone : PutOf(token);
  if (put != kNone) {
    text.cluster = MemberAt(put).cluster;
    text.start = token.length;
    return true;
  }
  text.cluster = kInitialCluster;
  return !has_base ||
         Fail(ConflictKind::kUnwritten, {ReaderBeyond(text, /*offset=*/0)});
}

// The value at the beginning of `text`. Mostly values come in order of their
// calls, but for one that comes later.
ValueIndex::Token Parse::NextToken(std::string_view text) {
  ValueIndex::Token token = values_->FindIf(text, likely_);
  if (token.entry != kNone) {
    likely_ = likely_later_++;
    return token;
  }
  token = values_->FindIf(text, likely_later_);
  if (token.entry != kNone) {
    ++likely_later_;
    return token;
  }
  token = values_->Find(text);
  likely_ = token.entry + 1;
  likely_later_ = token.entry + 2;
  return token;
}

// The Put that writes the value, or kNone.
uint32_t Parse::PutOf(ValueIndex::Token token) const {
  const uint32_t item = values_->entry(token.entry).first_item;
  return key_->operations[item].kind == OperationKind::kPut ? item : kNone;
}

// An item on `text` whose output goes beyond `offset`. The Append's own value
// behind an output always parses, so there is one.
uint32_t Parse::ReaderBeyond(const Text& text, uint32_t offset) const {
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    const Operation& operation = key_->operations[item];
    if (operation.HasOutput() && operation.chain == text.chain &&
        operation.output_length > offset) {
      return item;
    }
  }
  return text.longest;
}

// Finds the longest text of each epoch. The others have to be its beginnings.
bool Parse::ChooseLongest() {
  for (uint32_t place = 0; place < texts_.size(); ++place) {
    const Text& text = texts_[place];
    Cluster& cluster = clusters_[text.cluster];
    if (cluster.text == kNone || texts_[cluster.text].size < text.size) {
      cluster.text = place;
      cluster.positions = text.positions();
      cluster.longest = text.longest;
    }
  }
  for (const Text& text : texts_) {
    const Text& longest = texts_[clusters_[text.cluster].text];
    if (&text != &longest && !Continues(text, longest)) {
      return Fail(ConflictKind::kFork, {text.longest, longest.longest});
    }
  }
  return true;
}

bool Parse::Continues(const Text& shorter, const Text& longer) const {
  if (longer.positions() < shorter.positions()) return false;
  for (uint32_t i = 1; i <= shorter.positions(); ++i) {
    if (tokens_[shorter.tokens_begin + i].entry !=
        tokens_[longer.tokens_begin + i].entry) {
      return false;
    }
  }
  return true;
}

// Gives each Append in the longest text of `cluster` its position. Equal values
// are taken in order of invocation.
Parse::Result Parse::PlaceAppends(uint32_t cluster) {
  if (clusters_[cluster].text == kNone) return Result::kParsed;
  const Text& text = texts_[clusters_[cluster].text];
  for (uint32_t i = text.tokens_begin + 1; i < text.tokens_end; ++i) {
    const ValueIndex::Entry& entry = values_->entry(tokens_[i].entry);
    const uint32_t item = entry.count == 1
                              ? FirstOutside(cluster, entry.first_item)
                              : NextRepeat(cluster, tokens_[i].entry);
    if (item == kNone) {
      Fail(ConflictKind::kTwice, {text.longest});
      return Result::kConflict;
    }
    const uint32_t other = MemberAt(item).cluster;
    if (other != kNone) {
      if (entry.count > 1) return Result::kAmbiguous;
      Fail(ConflictKind::kSplit, {clusters_[other].longest, text.longest});
      return Result::kConflict;
    }
    MemberAt(item) = {cluster, 2 * (i - text.tokens_begin)};
  }
  return Result::kParsed;
}

// `item`, unless it has a place in `cluster` already.
uint32_t Parse::FirstOutside(uint32_t cluster, uint32_t item) const {
  return member(item).cluster == cluster ? kNone : item;
}

// The first write of the value that has no place yet; the very first if its
// place is in another cluster. Each search goes on where the last one ended.
uint32_t Parse::NextRepeat(uint32_t cluster, uint32_t entry) {
  const uint32_t first = values_->entry(entry).first_item;
  const uint32_t other = member(first).cluster;
  if (other != kNone && other != cluster) return first;
  last_placed_.resize(values_->size(), kNone);
  uint32_t item = last_placed_[entry] == kNone ? first : last_placed_[entry];
  while (item != kNone && member(item).cluster == cluster) {
    last_placed_[entry] = item;
    item = values_->NextItem(item);
  }
  return item;
}

// Whether of each repeated value in `text` every write has a place.
bool Parse::AreAllPlaced(const Text& text) const {
  for (uint32_t i = text.tokens_begin + 1; i < text.tokens_end; ++i) {
    const ValueIndex::Entry& entry = values_->entry(tokens_[i].entry);
    if (entry.count > 1 && member(entry.last_item).cluster != text.cluster) {
      return false;
    }
  }
  return true;
}

bool Parse::PlaceReader(uint32_t item) {
  const Operation& operation = key_->operations[item];
  Text& text = texts_[text_of_chain_[operation.chain].text];
  const uint32_t position = PositionIn(text, operation.output_length);
  if (position == kNone) [[unlikely]] {
    return Fail(ConflictKind::kUnwritten, {item});
  }
  text.last_found = position;
  if (operation.kind == OperationKind::kGet) {
    MemberAt(item) = {text.cluster, 2 * position + 1};
  }
  return true;
}

// How many Appends an output of `size` bytes shows; kNone if it ends inside
// a value. Mostly it is what was found last, or a few more or less.
uint32_t Parse::PositionIn(const Text& text, uint32_t size) const {
  constexpr uint32_t kNear = 8;
  const Token* const tokens = tokens_.data() + text.tokens_begin;
  uint32_t position = text.last_found;
  const uint32_t first = position - std::min(position, kNear);
  const uint32_t last = std::min(text.positions(), position + kNear);
  while (position > first && tokens[position].end > size) --position;
  while (position < last && tokens[position].end < size) ++position;
  return tokens[position].end == size ? position : SearchPosition(text, size);
}

uint32_t Parse::SearchPosition(const Text& text, uint32_t size) const {
  const auto begin = tokens_.begin() + text.tokens_begin;
  const auto end = tokens_.begin() + text.tokens_end;
  const auto found = std::lower_bound(
      begin, end, size,
      [](const Token& token, uint32_t size) { return token.end < size; });
  return found != end && found->end == size
             ? static_cast<uint32_t>(found - begin)
             : kNone;
}

bool Parse::Fail(ConflictKind kind, std::initializer_list<uint32_t> items) {
  conflict_ = {kind, items};
  return false;
}

}  // namespace reprise::checker
