// A contradiction in one sentence:
//
//   key "2": client 3 read "x 1 4 y" although client 0 had already replaced it
//   by "x 0 7 y"

#ifndef REPRISE_CHECKER_KEY_VALUE_SENTENCE_H_
#define REPRISE_CHECKER_KEY_VALUE_SENTENCE_H_

#include <string>

#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/conflict.h"
#include "reprise/checker/key_value/key_operations.h"

namespace reprise::checker {

std::string Sentence(const History& history, const KeyOperations& key,
                     const Conflict& conflict);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SENTENCE_H_
