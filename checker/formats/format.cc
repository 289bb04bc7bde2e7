#include "reprise/checker/formats/format.h"

#include "reprise/checker/formats/text_events.h"

namespace reprise::checker {
namespace {

std::string_view WithoutBlanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r,");
  return begin == text.npos ? std::string_view() : text.substr(begin);
}

}  // namespace

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kJsonLines:
      return "json-lines";
    case Format::kJepsenEdn:
      return "jepsen-edn";
    case Format::kEtcdLog:
      return "jepsen-etcd";
    case Format::kPorcupineKv:
      return "porcupine-kv";
    case Format::kJepsenText:
      return "jepsen-text";
  }
  return "";
}

std::optional<Format> FormatNamed(std::string_view name) {
  for (Format format : kFormats) {
    if (FormatName(format) == name) return format;
  }
  return std::nullopt;
}

std::string FormatNames() {
  std::string names;
  for (Format format : kFormats) {
    if (!names.empty()) names += ", ";
    names += FormatName(format);
  }
  return names;
}

std::optional<Format> RecogniseFormat(std::string_view line) {
  line = WithoutBlanks(line);
  if (line.find("jepsen.util - ") != line.npos) return Format::kEtcdLog;
  if (IsTextEvent(line)) return Format::kJepsenText;
  if (line.empty()) return std::nullopt;
  // A comment, a tagged or discarded value, or a collection of events.
  if (std::string_view(";#([").find(line[0]) != line.npos) {
    return Format::kJepsenEdn;
  }
  if (line[0] != '{') return std::nullopt;
  const std::string_view inside = WithoutBlanks(line.substr(1));
  if (inside.starts_with('"')) return Format::kJsonLines;
  return inside.find(":key ") != line.npos ? Format::kPorcupineKv
                                           : Format::kJepsenEdn;
}

}  // namespace reprise::checker
