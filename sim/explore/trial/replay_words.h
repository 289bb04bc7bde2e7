// Words of the replay file that its writer and its reader share.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_REPLAY_WORDS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_REPLAY_WORDS_H_

#include <string_view>

namespace reprise {

inline constexpr std::string_view kReplayFormat = "reprise-replay";

// On which plan the edits are made.
inline constexpr char kCalmBase[] = "calm";
inline constexpr char kSeedBase[] = "seed";

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_REPLAY_WORDS_H_
