#include "reprise/sim/env/log.h"

#include <string>
#include <string_view>

#include "reprise/text/json_string.h"

namespace reprise {
namespace {

bool NeedsQuotes(std::string_view text) {
  return text.empty() || text.find_first_of(" \t\n\"=") != text.npos;
}

void AppendText(std::string_view text, std::string& line) {
  if (!NeedsQuotes(text)) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') line += '\\';
    line += c;
  }
  line += '"';
}

}  // namespace

void LogField::AppendTo(std::string& line) const {
  line += name_;
  line += '=';
  AppendValue(AppendText, line);
}

void LogField::AppendJsonTo(std::string& json) const {
  AppendJsonString(name_, json);
  json += ':';
  AppendValue(AppendJsonString, json);
}

void LogField::AppendValue(void (*append_text)(std::string_view, std::string&),
                           std::string& line) const {
  switch (type_) {
    case Type::kSigned:
      line += std::to_string(signed_);
      break;
    case Type::kUnsigned:
      line += std::to_string(unsigned_);
      break;
    case Type::kTruth:
      line += text_;
      break;
    case Type::kText:
      append_text(text_, line);
      break;
  }
}

std::string LogLine(std::string_view text, LogFields fields) {
  std::string line(text);
  for (const LogField& field : fields) {
    if (!line.empty()) line += ' ';
    field.AppendTo(line);
  }
  return line;
}

}  // namespace reprise
