// Misuse: the framework was called as it cannot be.
//
// Guarantees: stops the program and names what was called, what to do instead,
// and the scenario, seed, virtual time, task and node.
//
//   if (is_ended) {
//     Misuse("Node::Spawn() of \"server\" after the end of its world",
//            "spawn before trial.Run() or trial.End()");
//   }

#ifndef REPRISE_SIM_CORE_MISUSE_H_
#define REPRISE_SIM_CORE_MISUSE_H_

#include <string>
#include <string_view>

namespace reprise {

// "misuse: WHAT", and below it "what to do: ADVICE".
std::string DescribeMisuse(std::string_view what, std::string_view advice);

[[noreturn]] void Misuse(std::string_view what, std::string_view advice);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MISUSE_H_
