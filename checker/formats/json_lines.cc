#include "reprise/checker/formats/json_lines.h"

#include <array>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/formats/json_scanner.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/operation_names.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

enum Field : uint8_t {
  kClient,
  kOp,
  kKey,
  kValue,
  kExpected,
  kOutput,
  kOk,
  kCall,
  kReturn,
  kId,
  kFieldCount,
};

constexpr std::array<std::string_view, kFieldCount> kFieldNames = {
    "client", "op", "key",  "value",  "expected",
    "output", "ok", "call", "return", "id"};

// As a field begins where nobody has put blanks.
constexpr std::array<std::string_view, kFieldCount> kFieldStarts = {
    "\"client\":", "\"op\":", "\"key\":",  "\"value\":",  "\"expected\":",
    "\"output\":", "\"ok\":", "\"call\":", "\"return\":", "\"id\":"};

using FieldOrder = std::array<uint8_t, 16>;

constexpr uint32_t Bit(Field field) { return uint32_t{1} << field; }

// The only field with this beginning and length, which is then compared.
Field Candidate(std::string_view name) {
  if (name.empty()) return kFieldCount;
  switch (name[0]) {
    case 'c':
      return name.size() == 4 ? kCall : kClient;
    case 'o':
      return name.size() == 2 ? (name[1] == 'p' ? kOp : kOk) : kOutput;
    case 'k':
      return kKey;
    case 'v':
      return kValue;
    case 'e':
      return kExpected;
    case 'r':
      return kReturn;
    case 'i':
      return kId;
    default:
      return kFieldCount;
  }
}

Field FieldNamed(std::string_view name) {
  const Field field = Candidate(name);
  return field != kFieldCount && kFieldNames[field] == name ? field
                                                            : kFieldCount;
}

std::string FieldNames() {
  std::string names;
  for (std::string_view name : kFieldNames) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return names;
}

std::string NameOf(Field field) {
  return "\"" + std::string(kFieldNames[field]) + "\"";
}

std::optional<OperationKind> KindNamed(std::string_view name) {
  if (name == "get" || name == "read") return OperationKind::kGet;
  if (name == "put" || name == "write") return OperationKind::kPut;
  if (name == "append") return OperationKind::kAppend;
  if (name == "cas") return OperationKind::kCas;
  return std::nullopt;
}

std::string_view KindName(OperationKind kind) {
  switch (kind) {
    case OperationKind::kGet:
      return "get";
    case OperationKind::kPut:
      return "put";
    case OperationKind::kAppend:
      return "append";
    case OperationKind::kCas:
      return "cas";
  }
  return "";
}

class OneLine {
 public:
  OneLine(std::string_view line, std::span<const Alias> aliases,
          Arena& unescaped, FieldOrder& expected, JsonOperation& parsed)
      : aliases_(aliases),
        scanner_(line, unescaped),
        expected_(expected),
        parsed_(parsed),
        operation_(parsed.operation) {}

  bool Parse() {
    if (!scanner_.TryChar('{')) return scanner_.FailExpecting("'{'");
    if (!scanner_.TryChar('}')) {
      do {
        if (!ReadField()) return false;
      } while (scanner_.TryChar(','));
      if (!scanner_.TryChar('}')) return scanner_.FailExpecting("',' or '}'");
    }
    return scanner_.ReadEnd() && Complete();
  }

  std::string Error() const {
    return error_in_field_.empty() ? scanner_.error() : error_in_field_;
  }

 private:
  bool ReadField() {
    Field field = kFieldCount;
    if (!ReadName(field)) return false;
    if ((seen_ & Bit(field)) != 0) {
      return scanner_.Fail("found " + NameOf(field) +
                           " twice, expected it once");
    }
    seen_ |= Bit(field);
    return ReadValue(field) || FailInField(field);
  }

  // A field's name and the colon behind it.
  bool ReadName(Field& field) {
    uint8_t& expected = expected_[fields_++ % expected_.size()];
    if (scanner_.TryText(kFieldStarts[expected])) {
      field = static_cast<Field>(expected);
      return true;
    }
    std::string_view name;
    if (!scanner_.ReadString(name)) return false;
    field = FieldNamed(name);
    if (field == kFieldCount) {
      return scanner_.Fail("found the field " + Excerpt(name) +
                           ", expected one of " + FieldNames());
    }
    expected = field;
    return scanner_.TryChar(':') || scanner_.FailExpecting("':'");
  }

  bool ReadValue(Field field) {
    switch (field) {
      case kClient:
        return ReadClient();
      case kOp:
        return ReadOp();
      case kKey:
        return scanner_.ReadString(operation_.key);
      case kValue:
        return scanner_.ReadString(operation_.value);
      case kExpected:
        return scanner_.ReadString(operation_.expected);
      case kOutput:
        return scanner_.ReadString(operation_.output);
      case kOk:
        is_ok_ = scanner_.TryWord("true");
        return is_ok_ || scanner_.TryWord("false") ||
               scanner_.FailExpecting("true or false");
      case kCall:
        return scanner_.ReadInteger(operation_.call);
      case kReturn:
        parsed_.is_later = scanner_.TryWord("\"later\"");
        is_pending_ = parsed_.is_later || scanner_.TryWord("null");
        return is_pending_ || scanner_.ReadInteger(operation_.ret);
      case kId:
        return scanner_.ReadInteger(parsed_.id.emplace());
      case kFieldCount:
        break;
    }
    return false;
  }

  bool ReadClient() {
    int64_t client;
    if (!scanner_.ReadInteger(client)) return false;
    operation_.client = static_cast<int32_t>(client);
    return operation_.client == client ||
           scanner_.Fail(absl::StrCat("found ", client,
                                      ", expected an integer of 32 bits"));
  }

  bool ReadOp() {
    std::string_view name;
    if (!scanner_.ReadString(name)) return false;
    name = MeaningOf(name, aliases_);
    is_delete_ = name == "delete";
    const std::optional<OperationKind> kind =
        is_delete_ ? OperationKind::kPut : KindNamed(name);
    if (!kind) {
      return scanner_.Fail(
          "found " + Excerpt(name) +
          ", expected get, put, append, cas, delete, read or write, or another "
          "model");
    }
    operation_.kind = *kind;
    return true;
  }

  bool FailInField(Field field) {
    error_in_field_ = NameOf(field) + ": " + scanner_.error();
    return false;
  }

  // Whether the operation has what it needs and nothing else.
  bool Complete() {
    if (!Require(Bit(kClient) | Bit(kOp) | Bit(kKey) | Bit(kCall) |
                 Bit(kReturn))) {
      return false;
    }
    const bool is_answered = !is_pending_;
    operation_.answer = is_pending_ ? Answer::kPending : Answer::kDone;
    uint32_t refused = Bit(kExpected) | Bit(kOk);
    uint32_t required = Bit(kValue);
    switch (operation_.kind) {
      case OperationKind::kGet:
        required = is_answered ? Bit(kOutput) : 0;
        refused |= Bit(kValue);
        break;
      case OperationKind::kPut:
        refused |= Bit(kOutput) | (is_delete_ ? Bit(kValue) : 0);
        if (is_delete_) required = 0;
        break;
      case OperationKind::kAppend:
        break;
      case OperationKind::kCas:
        required |= Bit(kExpected) | (is_answered ? Bit(kOk) : 0);
        refused = Bit(kOutput);
        if (is_answered && !is_ok_) operation_.answer = Answer::kFailed;
        break;
    }
    if (is_pending_) refused |= Bit(kOutput) | Bit(kOk);
    if (!Require(required) || !Refuse(refused)) return false;
    if (is_answered && Has(kOutput)) operation_.answer = Answer::kReported;
    if (is_answered && operation_.ret < operation_.call) {
      return scanner_.Fail(absl::StrCat("found a return at ", operation_.ret,
                                        ", expected one at or after the call",
                                        " at ", operation_.call));
    }
    return true;
  }

  bool Has(Field field) const { return (seen_ & Bit(field)) != 0; }

  bool Require(uint32_t fields) {
    if ((fields & ~seen_) == 0) return true;
    for (uint8_t number = 0; number < kFieldCount; ++number) {
      const auto field = static_cast<Field>(number);
      if ((fields & ~seen_ & Bit(field)) == 0) continue;
      return scanner_.Fail("found no " + NameOf(field) + Situation() +
                           ", expected it");
    }
    return true;
  }

  bool Refuse(uint32_t fields) {
    if ((fields & seen_) == 0) return true;
    for (uint8_t number = 0; number < kFieldCount; ++number) {
      const auto field = static_cast<Field>(number);
      if ((fields & seen_ & Bit(field)) == 0) continue;
      return scanner_.Fail("found " + NameOf(field) + Situation() +
                           ", expected none");
    }
    return true;
  }

  std::string Situation() const {
    if (!Has(kOp)) return "";
    std::string text = " in a ";
    text += is_delete_ ? "delete" : KindName(operation_.kind);
    if (Has(kReturn)) {
      text += parsed_.is_later ? " whose return comes later"
              : is_pending_    ? " that never returned"
                               : " that returned";
    }
    return text;
  }

  const std::span<const Alias> aliases_;
  JsonScanner scanner_;
  FieldOrder& expected_;
  JsonOperation& parsed_;
  TimedOperation& operation_;
  size_t fields_ = 0;
  uint32_t seen_ = 0;
  bool is_ok_ = false;
  bool is_pending_ = false;
  bool is_delete_ = false;
  std::string error_in_field_;
};

void AppendQuoted(std::string_view text, std::string& json) {
  json.push_back('"');
  for (char c : text) {
    if (c == '"' || c == '\\') {
      json.push_back('\\');
      json.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&json, "\\u%04x", static_cast<unsigned>(c));
    } else {
      json.push_back(c);
    }
  }
  json.push_back('"');
}

void AppendTextField(Field field, std::string_view text, std::string& json) {
  json.push_back(',');
  json.append(NameOf(field));
  json.push_back(':');
  AppendQuoted(text, json);
}

void AppendOperation(const RecordedHistory& recorded, OperationId id,
                     std::string& json) {
  const History& history = recorded.history;
  const Operation& operation = history[id];
  absl::StrAppend(&json, "{\"client\":", operation.client, ",\"op\":\"",
                  std::string(KindName(operation.kind)), "\"");
  AppendTextField(kKey, history.KeyName(operation.key), json);
  if (operation.kind == OperationKind::kCas) {
    AppendTextField(kExpected, operation.Expected(), json);
  }
  if (operation.kind != OperationKind::kGet) {
    AppendTextField(kValue, operation.Argument(), json);
  }
  if (operation.HasOutput()) {
    AppendTextField(kOutput, history.Output(operation), json);
  }
  if (operation.kind == OperationKind::kCas && !operation.IsPending()) {
    absl::StrAppend(&json, ",\"ok\":",
                    operation.answer == Answer::kFailed ? "false" : "true");
  }
  const bool has_times = !recorded.times.empty();
  absl::StrAppend(&json, ",\"call\":",
                  has_times ? recorded.times[id].call : operation.call);
  if (operation.IsPending()) {
    absl::StrAppend(&json, ",\"return\":null}\n");
  } else {
    absl::StrAppend(&json, ",\"return\":",
                    has_times ? recorded.times[id].ret : operation.ret, "}\n");
  }
}

}  // namespace

absl::Status JsonLineParser::Parse(std::string_view line,
                                   JsonOperation& parsed) {
  unescaped_.Clear();
  parsed = JsonOperation();
  OneLine one(line, aliases_, unescaped_, expected_fields_, parsed);
  if (one.Parse()) [[likely]] {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(one.Error());
}

absl::Status AppendJsonLines(const RecordedHistory& recorded,
                             std::string& text) {
  const History& history = recorded.history;
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    const bool is_text =
        IsUtf8(history.KeyName(operation.key)) &&
        IsUtf8(operation.Argument()) && IsUtf8(operation.Expected()) &&
        (!operation.HasOutput() || IsUtf8(history.Output(operation)));
    if (!is_text) {
      return absl::InvalidArgumentError(
          absl::StrCat("operation ", id, " holds bytes that are not UTF-8, ",
                       "which JSON cannot hold"));
    }
    AppendOperation(recorded, id, text);
  }
  return absl::OkStatus();
}

}  // namespace reprise::checker
