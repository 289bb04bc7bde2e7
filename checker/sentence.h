// A contradiction in one sentence:
//
//   key "2": client 3 read "x 1 4 y" although client 0 had already replaced it
//   by "x 0 7 y"

#ifndef CHECKER_SENTENCE_H_
#define CHECKER_SENTENCE_H_

#include <string>

#include "checker/conflict.h"
#include "checker/history.h"
#include "checker/key_operations.h"

namespace reprise::checker {

std::string Sentence(const History& history, const KeyOperations& key,
                     const Conflict& conflict);

}  // namespace reprise::checker

#endif  // CHECKER_SENTENCE_H_
