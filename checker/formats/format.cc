#include "reprise/checker/formats/format.h"

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
  if (line.starts_with('#')) {  // a tagged map: #jepsen.history.Op{:index 0 ...
    return line.find('{') != line.npos ? std::optional(Format::kJepsenEdn)
                                       : std::nullopt;
  }
  if (!line.starts_with('{')) return std::nullopt;
  const std::string_view inside = WithoutBlanks(line.substr(1));
  if (inside.starts_with('"')) return Format::kJsonLines;
  if (!inside.starts_with(':')) return std::nullopt;
  return line.find(":key ") != line.npos ? Format::kPorcupineKv
                                         : Format::kJepsenEdn;
}

}  // namespace reprise::checker
