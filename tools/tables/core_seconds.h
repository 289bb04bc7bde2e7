// CoreSeconds: what work costs, however busy the machine is.
//
//   const double before = CoreSeconds();
//   Work();
//   std::cout << CoreSeconds() - before;

#ifndef TOOLS_TABLES_CORE_SECONDS_H_
#define TOOLS_TABLES_CORE_SECONDS_H_

namespace reprise {

// What this process and the children that it has waited for took of a core so
// far.
double CoreSeconds();

}  // namespace reprise

#endif  // TOOLS_TABLES_CORE_SECONDS_H_
