#include "reprise/checker/formats/edn_events.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

// What all values of a key/value store are, and what a register holds.
enum class Values { kStrings, kAny };

struct Function {
  std::string_view name;
  OperationKind kind;
  Values values;
};

constexpr Function kFunctions[] = {
    {":get", OperationKind::kGet, Values::kStrings},
    {":put", OperationKind::kPut, Values::kStrings},
    {":append", OperationKind::kAppend, Values::kStrings},
    {":read", OperationKind::kRead, Values::kAny},
    {":write", OperationKind::kWrite, Values::kAny},
    {":cas", OperationKind::kCas, Values::kAny},
};

constexpr std::string_view kRegisterKey = "register";

class OneEvent {
 public:
  OneEvent(std::string_view line, Arena& bytes, EdnEvent& parsed)
      : scanner_(line, bytes), bytes_(bytes), parsed_(parsed) {}

  bool Parse() {
    if (!ReadFields()) return false;
    if (!process_) return Fail("found no :process, expected one");
    if (process_->kind == Kind::kKeyword) {
      parsed_.is_of_client = false;
      return true;
    }
    return TakeProcess() && TakeType() && TakeFunction() && TakeIndex() &&
           TakeKey() && TakeValue();
  }

  std::string Error() const {
    return error_.empty() ? scanner_.error() : error_;
  }

 private:
  bool ReadFields() {
    if (scanner_.TryChar('#')) {
      EdnValue tag;
      if (!scanner_.Read(tag)) return false;
    }
    if (!scanner_.TryChar('{')) {
      return scanner_.FailExpecting(
          "an event in braces, such as {:process 0 "
          ":type :invoke ...}");
    }
    while (!scanner_.TryChar('}')) {
      EdnValue name;
      EdnValue value;
      if (!scanner_.Read(name) || !scanner_.Read(value)) return false;
      if (!Keep(name.text, value)) return false;
    }
    return scanner_.AtEnd() || scanner_.FailExpecting("the end of the line");
  }

  bool Keep(std::string_view name, const EdnValue& value) {
    std::optional<EdnValue>* field = name == ":process" ? &process_
                                     : name == ":type"  ? &type_
                                     : name == ":f"     ? &function_
                                     : name == ":key"   ? &key_
                                     : name == ":value" ? &value_
                                     : name == ":index" ? &index_
                                     : name == ":error" ? &error_field_
                                                        : nullptr;
    if (field == nullptr) return true;
    if (field->has_value()) {
      return Fail("found " + std::string(name) + " twice, expected it once");
    }
    *field = value;
    return true;
  }

  bool TakeProcess() {
    const int64_t process = process_->integer;
    parsed_.event.process = static_cast<int32_t>(process);
    if (process_->kind != Kind::kInteger || parsed_.event.process != process) {
      return FailField(":process", *process_, "an integer of 32 bits");
    }
    return true;
  }

  bool TakeType() {
    static constexpr const char* kExpected = ":invoke, :ok, :fail or :info";
    if (!type_) return Fail("found no :type, expected one");
    const std::string_view name = type_->text;
    EventType& type = parsed_.event.type;
    if (name == ":invoke") {
      type = EventType::kInvoke;
    } else if (name == ":ok") {
      type = EventType::kOk;
    } else if (name == ":fail") {
      type = EventType::kFail;
    } else if (name == ":info") {
      type = EventType::kInfo;
    } else {
      return FailField(":type", *type_, kExpected);
    }
    parsed_.event.has_error =
        error_field_.has_value() && error_field_->kind != Kind::kNil;
    return true;
  }

  bool TakeFunction() {
    if (!function_) return Fail("found no :f, expected one");
    for (const Function& function : kFunctions) {
      if (function.name != function_->text) continue;
      parsed_.event.kind = function.kind;
      values_ = function.values;
      return true;
    }
    return FailField(":f", *function_,
                     ":get, :put, :append, :read, :write or :cas");
  }

  bool TakeIndex() {
    if (!index_) return true;
    parsed_.index = index_->integer;
    return index_->kind == Kind::kInteger ||
           FailField(":index", *index_, "an integer");
  }

  // From :key, or the first element of :value.
  bool TakeKey() {
    if (!key_ && !SplitValue()) return false;
    if (key_) {
      if (key_->kind == Kind::kNil) {
        return FailField("the key", *key_, "a value");
      }
      parsed_.event.key = BytesOf(*key_, Values::kStrings);
      return true;
    }
    parsed_.event.key = kRegisterKey;
    return values_ == Values::kAny || Fail("found no :key, expected one in a " +
                                           std::string(function_->text));
  }

  bool SplitValue() {
    if (!value_ || value_->kind != Kind::kVector) return true;
    EdnValue first;
    EdnValue second;
    EdnScanner inside(value_->text, bytes_);
    if (!inside.Read(first) || !inside.Read(second) || !inside.AtEnd()) {
      return true;  // not a key and a value
    }
    const bool is_cas = parsed_.event.kind == OperationKind::kCas;
    if (is_cas && second.kind != Kind::kVector && second.kind != Kind::kNil) {
      return true;  // old and new value
    }
    key_ = first;
    value_ = second;
    return true;
  }

  bool TakeValue() {
    RecordedEvent& event = parsed_.event;
    if (!value_) return true;
    const bool is_about_error =
        event.type == EventType::kInfo || event.type == EventType::kFail;
    if (event.kind == OperationKind::kCas) {
      return TakeOldAndNew() || is_about_error;
    }
    if (value_->kind == Kind::kNil) {
      // The answer of a read that found nothing; no value anywhere else.
      const bool is_answer =
          event.type == EventType::kOk && event.kind == OperationKind::kGet;
      const bool is_register_write =
          event.kind == OperationKind::kWrite && values_ == Values::kAny;
      if (is_answer || is_register_write) event.value = "";
      return true;
    }
    const bool is_fitting =
        values_ == Values::kAny || value_->kind == Kind::kString;
    if (!is_fitting) {
      return is_about_error || FailField(":value", *value_, "a string");
    }
    event.value = BytesOf(*value_, values_);
    return true;
  }

  bool TakeOldAndNew() {
    EdnValue old_value;
    EdnValue new_value;
    EdnScanner inside(value_->text, bytes_);
    if (value_->kind == Kind::kNil) return true;
    if (value_->kind != Kind::kVector || !inside.Read(old_value) ||
        !inside.Read(new_value) || !inside.AtEnd()) {
      parsed_.event.has_error = true;  // such as :timed-out
      return FailField(":value", *value_, "[old new]");
    }
    parsed_.event.expected = BytesOf(old_value, Values::kAny);
    parsed_.event.value = BytesOf(new_value, Values::kAny);
    return true;
  }

  // A register keeps its values as they are written, so that 3 and "3" differ;
  // nil is what it holds before the first write.
  static std::string_view BytesOf(const EdnValue& value, Values values) {
    if (value.kind == Kind::kNil) return "";
    return value.kind == Kind::kString && values == Values::kStrings
               ? value.bytes
               : value.text;
  }

  bool FailField(const std::string& name, const EdnValue& found,
                 const std::string& expected) {
    return Fail("found " + name + " " + Excerpt(found.text) + ", expected " +
                expected);
  }

  bool Fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return false;
  }

  EdnScanner scanner_;
  Arena& bytes_;
  EdnEvent& parsed_;
  Values values_ = Values::kAny;
  std::optional<EdnValue> process_;
  std::optional<EdnValue> type_;
  std::optional<EdnValue> function_;
  std::optional<EdnValue> key_;
  std::optional<EdnValue> value_;
  std::optional<EdnValue> index_;
  std::optional<EdnValue> error_field_;
  std::string error_;
};

}  // namespace

absl::Status EdnEventParser::Parse(std::string_view line, EdnEvent& parsed) {
  bytes_.Clear();
  parsed = EdnEvent();
  OneEvent event(line, bytes_, parsed);
  if (event.Parse()) return absl::OkStatus();
  return absl::InvalidArgumentError(event.Error());
}

}  // namespace reprise::checker
