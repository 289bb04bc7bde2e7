// Echo: what a user gave, as a message repeats it.
//
// Guarantees: at most a few lines long whatever was given, the beginning and
// the end of it kept, and safe to print: control characters are written as
// escapes, so that a name cannot move a terminal's cursor.
//
//   Echo("lab-bsic")      // lab-bsic
//   Echo(fifty_megabytes) // aaaa(...)zzzz (52428800 bytes)

#ifndef REPRISE_SIM_EXPLORE_TRIAL_ECHO_H_
#define REPRISE_SIM_EXPLORE_TRIAL_ECHO_H_

#include <string>
#include <string_view>

namespace reprise {

// Bytes that are echoed in full.
inline constexpr size_t kEchoedMax = 300;

std::string Echo(std::string_view text);

// `message` with its middle left out where it is longer than any message of
// ours. Its line breaks stay.
std::string Clipped(std::string message);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_ECHO_H_
