#include "reprise/checker/formats/edn_events.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

absl::Status Expected(const std::string& what, const EdnValue& found,
                      const std::string& expected) {
  return LineError(
      found.line,
      absl::StrCat("found ", what, " ", Excerpt(CanonicalText(found)),
                   " in column ", found.column, ", expected ", expected));
}

// The name that a keyword, a symbol or a string is; none of anything else.
std::string NameOf(const EdnValue& value) {
  switch (value.kind) {
    case Kind::kKeyword:
      return value.text.substr(1);
    case Kind::kSymbol:
    case Kind::kString:
      return value.text;
    default:
      return "";
  }
}

// The fields of an event that count.
struct Fields {
  EdnValue* process = nullptr;
  EdnValue* type = nullptr;
  EdnValue* function = nullptr;
  EdnValue* key = nullptr;
  EdnValue* value = nullptr;
  EdnValue* index = nullptr;
  EdnValue* error = nullptr;
};

Fields FieldsOfMap(EdnValue& map) {
  Fields fields;
  const std::pair<std::string_view, EdnValue**> names[] = {
      {":process", &fields.process}, {":type", &fields.type},
      {":f", &fields.function},      {":key", &fields.key},
      {":value", &fields.value},     {":index", &fields.index},
      {":error", &fields.error},
  };
  for (size_t place = 0; place < map.elements.size(); place += 2) {
    for (const auto& [name, field] : names) {
      if (map.elements[place].kind == Kind::kKeyword &&
          map.elements[place].text == name) {
        *field = &map.elements[place + 1];
      }
    }
  }
  return fields;
}

absl::StatusOr<Fields> FieldsOfVector(EdnValue& vector) {
  const size_t size = vector.elements.size();
  if (size < 3 || size > 5) {
    return Expected("an event", vector, "[process type function value]");
  }
  EdnValue* const first = vector.elements.data();
  Fields fields;
  fields.process = first;
  fields.type = first + 1;
  fields.function = first + 2;
  if (size > 3) fields.value = first + 3;
  if (size > 4) fields.error = first + 4;
  return fields;
}

absl::StatusOr<Fields> FieldsOf(EdnValue& value) {
  if (value.kind == Kind::kTagged) return FieldsOf(value.elements[0]);
  if (value.kind == Kind::kMap) return FieldsOfMap(value);
  if (value.kind == Kind::kVector) return FieldsOfVector(value);
  return Expected("", value,
                  "an event, such as {:process 0, :type :invoke, ...}");
}

absl::Status ExpectField(const EdnValue* field, const char* name,
                         const EdnValue& event) {
  if (field != nullptr) return absl::OkStatus();
  return LineError(event.line, absl::StrCat("found no ", name, " in an event",
                                            ", expected one"));
}

}  // namespace

absl::StatusOr<bool> EdnEvents::Next(RecordedEvent& event) {
  EdnValue value;
  bool is_read = false;
  if (!has_begun_) {
    has_begun_ = true;
    if (!reader_.HasMore()) return EndOfText();
    if (!BeginCollection(value, is_read)) return reader_.status();
  }
  if (!is_read) {
    if (close_ != '\0' && reader_.TryChar(close_)) return EndCollection();
    if (close_ == '\0' && !reader_.HasMore()) return EndOfText();
    if (!reader_.Read(value)) return reader_.status();
  }
  absl::StatusOr<RecordedEvent> found = EventOf(std::move(value));
  if (!found.ok()) return found.status();
  event = *std::move(found);
  return true;
}

// A bracket at the beginning is around all events, or around the parts of the
// first: then that is read into `first`.
bool EdnEvents::BeginCollection(EdnValue& first, bool& is_read) {
  const int open = reader_.Next();
  if (open != '[' && open != '(') return true;
  first.line = reader_.line_number();
  first.column = 1;
  reader_.TryChar(static_cast<char>(open));
  const char close = open == '[' ? ']' : ')';
  const int next = reader_.Next();
  is_read =
      next != close && next != '{' && next != '[' && next != '(' && next != '#';
  if (is_read) return reader_.ReadElements(close, first);
  close_ = close;
  return reader_.status().ok();
}

absl::StatusOr<bool> EdnEvents::EndCollection() {
  close_ = '\0';
  if (reader_.HasMore()) {
    reader_.FailExpecting("a blank line or the end behind the collection");
  }
  return EndOfText();
}

absl::StatusOr<bool> EdnEvents::EndOfText() {
  if (!reader_.status().ok()) return reader_.status();
  return false;
}

absl::StatusOr<RecordedEvent> EventOf(EdnValue value) {
  const absl::StatusOr<Fields> fields = FieldsOf(value);
  if (!fields.ok()) return fields.status();
  RecordedEvent event;
  event.line = value.line;
  if (fields->index != nullptr) {
    int64_t index = 0;
    if (!fields->index->AsInt64(index)) {
      return Expected(":index", *fields->index, "an integer of 64 bits");
    }
    event.index = index;
  }
  absl::Status status = ExpectField(fields->process, ":process", value);
  if (status.ok()) status = TakeProcess(*fields->process, event);
  if (!status.ok()) return status;
  if (!event.is_of_client) return event;
  status = ExpectField(fields->type, ":type", value);
  if (status.ok()) status = TakeType(*fields->type, event);
  if (status.ok()) status = ExpectField(fields->function, ":f", value);
  if (status.ok()) status = TakeFunction(*fields->function, event);
  if (!status.ok()) return status;
  event.has_error =
      fields->error != nullptr && fields->error->kind != Kind::kNil;
  if (fields->key != nullptr) event.key = std::move(*fields->key);
  if (fields->value != nullptr) event.value = std::move(*fields->value);
  return event;
}

absl::Status TakeProcess(const EdnValue& process, RecordedEvent& event) {
  const bool is_negative =
      process.kind == Kind::kInteger && process.text.starts_with('-');
  event.is_of_client = !is_negative && !NameOf(process).starts_with("nemesis");
  if (!event.is_of_client || process.AsInt32(event.process)) {
    return absl::OkStatus();
  }
  return Expected(":process", process,
                  "a number of 32 bits for a client, or :nemesis");
}

absl::Status TakeType(const EdnValue& type, RecordedEvent& event) {
  static constexpr std::pair<std::string_view, EventType> kTypes[] = {
      {":invoke", EventType::kInvoke},
      {":ok", EventType::kOk},
      {":fail", EventType::kFail},
      {":info", EventType::kInfo},
  };
  for (const auto& [name, meaning] : kTypes) {
    if (type.kind != Kind::kKeyword || type.text != name) continue;
    event.type = meaning;
    return absl::OkStatus();
  }
  return Expected(":type", type, ":invoke, :ok, :fail or :info");
}

absl::Status TakeFunction(const EdnValue& function, RecordedEvent& event) {
  event.function = NameOf(function);
  if (!event.function.empty()) return absl::OkStatus();
  return Expected(":f", function, "the name of an operation");
}

}  // namespace reprise::checker
