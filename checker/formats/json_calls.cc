#include "reprise/checker/formats/json_calls.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "reprise/checker/formats/edn_reader.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

using Json = nlohmann::ordered_json;
using Kind = EdnValue::Kind;

constexpr std::array<const char*, 9> kFields = {
    "client", "op", "key", "value", "output", "failed", "call", "return", "id"};

absl::Status Expected(std::string_view found, std::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat(
      "found ", std::string(found), ", expected ", std::string(expected)));
}

absl::Status UnsuitableField(const char* name, const Json& value,
                             std::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", name, "\": found ",
      Excerpt(value.dump(-1, ' ', false, Json::error_handler_t::replace)),
      ", expected ", std::string(expected)));
}

EdnValue ValueOf(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return EdnValue::Boolean(json.get<bool>());
    case Json::value_t::number_integer:
      return EdnValue::Integer(json.get<int64_t>());
    case Json::value_t::string:
      return EdnValue::String(json.get_ref<const std::string&>());
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return ReadEdn(json.dump()).value_or(EdnValue::Nil());
    case Json::value_t::array: {
      std::vector<EdnValue> elements;
      for (const Json& element : json) elements.push_back(ValueOf(element));
      return EdnValue::Vector(std::move(elements));
    }
    case Json::value_t::object: {
      EdnValue map = {.kind = Kind::kMap, .text = ""};
      for (const auto& [name, value] : json.items()) {
        map.elements.push_back(EdnValue::String(name));
        map.elements.push_back(ValueOf(value));
      }
      return map;
    }
    case Json::value_t::null:
    case Json::value_t::binary:
    case Json::value_t::discarded:
      break;
  }
  return EdnValue::Nil();
}

// An integer that JSON readers round to a floating-point number; "" if there is
// none. Requires valid JSON.
std::string_view HugeInteger(std::string_view line) {
  constexpr std::string_view kNumber = "+-.0123456789eE";
  bool is_string = false;
  for (size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') is_string = !is_string;
    if (is_string) {
      if (line[at] == '\\') ++at;
      continue;
    }
    const bool begins = line[at] == '-' || (line[at] >= '0' && line[at] <= '9');
    if (!begins) continue;
    const size_t end =
        std::min(line.find_first_not_of(kNumber, at), line.size());
    const std::string_view number = line.substr(at, end - at);
    at = end - 1;
    uint64_t fits = 0;
    int64_t fits_signed = 0;
    const char* const last = number.data() + number.size();
    const bool is_integer =
        number.find_first_of(".eE") == std::string_view::npos;
    if (is_integer &&
        std::from_chars(number.data(), last, fits).ec != std::errc() &&
        std::from_chars(number.data(), last, fits_signed).ec != std::errc()) {
      return number;
    }
  }
  return "";
}

// The line as one object. Notes a field that comes twice, at whatever depth.
absl::StatusOr<Json> ParseObject(std::string_view line) {
  constexpr int kDeepest = 100;
  bool is_too_deep = false;
  std::vector<std::set<std::string>> names;
  std::string twice;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDeepest) {
      is_too_deep = true;
      return false;
    }
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!names.back().insert(name).second) twice = name;
    }
    return true;
  };
  Json object = Json::parse(line, watch, /*allow_exceptions=*/false);
  if (is_too_deep) {
    return Expected("values more than 100 deep", "fewer inside of each other");
  }
  if (object.is_discarded() || !object.is_object()) {
    return Expected(Excerpt(line), "one JSON object");
  }
  if (const std::string_view huge = HugeInteger(line); !huge.empty()) {
    return Expected("the number " + Excerpt(huge), "an integer of 64 bits");
  }
  if (!twice.empty()) {
    return Expected("the field " + Excerpt(twice) + " twice", "it once");
  }
  return object;
}

class OneCall {
 public:
  explicit OneCall(const Json& object) : object_(object) {}

  absl::StatusOr<JsonCall> Read() {
    absl::Status status = ExpectKnownFields();
    if (status.ok()) status = TakeClient();
    if (status.ok()) status = TakeOp();
    if (status.ok()) status = TakeKey();
    if (status.ok()) status = TakeTimes();
    if (status.ok()) status = TakeEnding();
    if (!status.ok()) return status;
    return std::move(call_);
  }

 private:
  const Json* Find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  absl::Status ExpectKnownFields() const {
    for (const auto& [name, value] : object_.items()) {
      if (std::find(kFields.begin(), kFields.end(), name) != kFields.end()) {
        continue;
      }
      return Expected("the field " + Excerpt(name),
                      "one of " + absl::StrJoin(kFields, ", "));
    }
    for (const char* name : {"client", "op", "call", "return"}) {
      if (Find(name) == nullptr) {
        return Expected(absl::StrCat("no \"", name, "\""), "it");
      }
    }
    return absl::OkStatus();
  }

  absl::Status TakeInteger(const char* name, int64_t& to) const {
    const Json& value = *Find(name);
    const bool fits =
        value.is_number_integer() &&
        (!value.is_number_unsigned() ||
         value.get<uint64_t>() <= std::numeric_limits<int64_t>::max());
    if (!fits) return UnsuitableField(name, value, "an integer of 64 bits");
    to = value.get<int64_t>();
    return absl::OkStatus();
  }

  absl::Status TakeClient() {
    int64_t client = 0;
    absl::Status status = TakeInteger("client", client);
    call_.client = static_cast<int32_t>(client);
    if (!status.ok() || call_.client == client) return status;
    return UnsuitableField("client", *Find("client"), "an integer of 32 bits");
  }

  absl::Status TakeOp() {
    const Json& op = *Find("op");
    if (!op.is_string() || op.get_ref<const std::string&>().empty()) {
      return UnsuitableField("op", op, "the name of an operation");
    }
    call_.call.function = op.get<std::string>();
    if (const Json* value = Find("value")) {
      call_.call.argument = ValueOf(*value);
    }
    return absl::OkStatus();
  }

  absl::Status TakeKey() {
    const Json* const key = Find("key");
    if (key == nullptr || key->is_null()) return absl::OkStatus();
    if (!key->is_string()) return UnsuitableField("key", *key, "a string");
    call_.call.key = key->get<std::string>();
    return absl::OkStatus();
  }

  absl::Status TakeTimes() {
    absl::Status status = TakeInteger("call", call_.times.call);
    if (!status.ok()) return status;
    call_.is_later = *Find("return") == "later";
    if (!call_.is_later && !Find("return")->is_null()) {
      call_.ending = Ending::kAnswered;
      status = TakeInteger("return", call_.times.ret);
      if (status.ok() && call_.times.ret < call_.times.call) {
        return Expected(
            absl::StrCat("a return at ", call_.times.ret),
            absl::StrCat("one at or after the call at ", call_.times.call));
      }
    }
    if (status.ok() && Find("id") != nullptr) {
      status = TakeInteger("id", call_.id.emplace());
    }
    return status;
  }

  absl::Status TakeEnding() {
    if (const Json* const failed = Find("failed")) {
      if (!failed->is_boolean()) {
        return UnsuitableField("failed", *failed, "true or false");
      }
      if (failed->get<bool>() && call_.ending == Ending::kUnknown) {
        return Expected("\"failed\" in an operation that never returned",
                        "none");
      }
      if (failed->get<bool>()) call_.ending = Ending::kFailed;
    }
    const Json* const output = Find("output");
    if (output == nullptr) return absl::OkStatus();
    if (call_.ending != Ending::kAnswered && !output->is_null()) {
      return Expected(call_.ending == Ending::kFailed
                          ? "\"output\" in an operation that failed"
                          : "\"output\" in an operation that never returned",
                      "none");
    }
    call_.output = ValueOf(*output);
    return absl::OkStatus();
  }

  const Json& object_;
  JsonCall call_;
};

absl::StatusOr<Json> JsonOf(const EdnValue& value);

absl::StatusOr<Json> ArrayOf(const EdnValue& value) {
  Json array = Json::array();
  for (const EdnValue& element : value.elements) {
    absl::StatusOr<Json> json = JsonOf(element);
    if (!json.ok()) return json.status();
    array.push_back(*std::move(json));
  }
  return array;
}

absl::StatusOr<Json> ObjectOf(const EdnValue& map) {
  Json object = Json::object();
  for (size_t place = 0; place + 1 < map.elements.size(); place += 2) {
    const EdnValue& name = map.elements[place];
    absl::StatusOr<Json> json = JsonOf(map.elements[place + 1]);
    if (!json.ok()) return json.status();
    if (name.kind != Kind::kString || !IsUtf8(name.text)) {
      return Expected("the key " + Excerpt(CanonicalText(name)) + " of a map",
                      "a string, as JSON has no other");
    }
    object[name.text] = *std::move(json);
  }
  return object;
}

absl::StatusOr<Json> JsonOf(const EdnValue& value) {
  switch (value.kind) {
    case Kind::kNil:
      return Json();
    case Kind::kBoolean:
      return Json(value.text == "true");
    case Kind::kInteger:
    case Kind::kFloat: {
      const std::string& text = value.text;
      Json number = Json::parse(text, nullptr, /*allow_exceptions=*/false);
      if (number.is_number() && number.dump() == text) return number;
      break;
    }
    case Kind::kString:
      if (IsUtf8(value.text)) return Json(value.text);
      break;
    case Kind::kVector:
    case Kind::kSet:
      return ArrayOf(value);
    case Kind::kMap:
      return ObjectOf(value);
    case Kind::kRatio:
    case Kind::kDecimal:
    case Kind::kCharacter:
    case Kind::kKeyword:
    case Kind::kSymbol:
    case Kind::kTagged:
      break;
  }
  return Expected("the value " + Excerpt(CanonicalText(value)),
                  "one that JSON can hold");
}

}  // namespace

absl::StatusOr<JsonCall> ParseJsonCall(std::string_view line) {
  const absl::StatusOr<Json> object = ParseObject(line);
  if (!object.ok()) return object.status();
  return OneCall(*object).Read();
}

absl::Status AppendJsonCall(const JsonCall& call, std::string& text) {
  Json object = {{"client", call.client}};
  if (!IsUtf8(call.call.function) || !IsUtf8(call.call.key)) {
    return Expected("a name that is not UTF-8", "text, as JSON holds no other");
  }
  object["op"] = call.call.function;
  if (!call.call.key.empty() || call.writes_key) object["key"] = call.call.key;
  for (const auto& [name, value] : {std::pair("value", &call.call.argument),
                                    std::pair("output", &call.output)}) {
    if (value->IsNil()) continue;
    absl::StatusOr<Json> json = JsonOf(*value);
    if (!json.ok()) return json.status();
    object[name] = *std::move(json);
  }
  if (call.ending == Ending::kFailed) object["failed"] = true;
  object["call"] = call.times.call;
  object["return"] = call.is_later                     ? Json("later")
                     : call.ending == Ending::kUnknown ? Json()
                                                       : Json(call.times.ret);
  absl::StrAppend(&text, object.dump(), "\n");
  return absl::OkStatus();
}

}  // namespace reprise::checker
