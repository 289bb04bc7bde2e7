// History: the moves of a game of checkers.

#ifndef CHECKER_HISTORY_HISTORY_H_
#define CHECKER_HISTORY_HISTORY_H_

namespace checker {

struct History {
  int moves = 40;
};

}  // namespace checker

#endif  // CHECKER_HISTORY_HISTORY_H_
