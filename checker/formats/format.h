// The formats in which histories are recorded, by name and by content.
//
//   std::optional<Format> format = RecogniseFormat(first_line);
//   if (!format) return Refuse("expected one of " + FormatNames());

#ifndef REPRISE_CHECKER_FORMATS_FORMAT_H_
#define REPRISE_CHECKER_FORMATS_FORMAT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::checker {

enum class Format : uint8_t {
  kJsonLines,    // "json-lines": the project's own (json_lines.h)
  kJepsenEdn,    // "jepsen-edn": Jepsen's history.edn (edn_events.h)
  kEtcdLog,      // "jepsen-etcd": Jepsen's log of an etcd run (text_events.h)
  kPorcupineKv,  // "porcupine-kv": Porcupine's key/value log (edn_events.h)
  kJepsenText,   // "jepsen-text": Jepsen's history.txt (text_events.h)
};

inline constexpr std::array<Format, 5> kFormats = {
    Format::kJsonLines, Format::kJepsenEdn, Format::kEtcdLog,
    Format::kPorcupineKv, Format::kJepsenText};

std::string_view FormatName(Format format);
std::optional<Format> FormatNamed(std::string_view name);

// "json-lines, jepsen-edn, ...".
std::string FormatNames();

// The format of a file whose first line that is not blank is `line`.
std::optional<Format> RecogniseFormat(std::string_view line);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_FORMAT_H_
