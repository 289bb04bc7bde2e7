// The names of a disk's files as names in a folder of the system.
//
// A name of a Disk may be anything that is not empty and has no '/': "..", too.
// Its file is called the same where that is possible: a '.' at the beginning, a
// '%' and a zero byte are written as '%' and two hexadecimal digits. So no two
// names share a file, and files whose names begin with '.' are nobody's.
//
//   FileNameOf("log")             // "log"
//   FileNameOf("..")              // "%2e."
//   NameOfFile(".lock")           // none

#ifndef REPRISE_SIM_REAL_FILE_NAME_H_
#define REPRISE_SIM_REAL_FILE_NAME_H_

#include <optional>
#include <string>
#include <string_view>

namespace reprise {

std::string FileNameOf(std::string_view name);

// None where the file has no name on the disk.
std::optional<std::string> NameOfFile(std::string_view file_name);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FILE_NAME_H_
