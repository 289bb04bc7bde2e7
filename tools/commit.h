// The commit that a program was built from. What links it is linked anew for
// each commit.

#ifndef TOOLS_COMMIT_H_
#define TOOLS_COMMIT_H_

namespace reprise {

// "1a2b3c4d5e6f", with "+changes" where files differed from it; "unknown" where
// there is no git.
extern const char kCommit[];

}  // namespace reprise

#endif  // TOOLS_COMMIT_H_
