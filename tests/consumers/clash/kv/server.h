// Server: answers each request with its number.

#ifndef KV_SERVER_H_
#define KV_SERVER_H_

#include "reprise/env.h"

namespace kv {

class Server {
 public:
  explicit Server(reprise::Env& env) : env_(env) {}

  // Serves until its node stops.
  void Run();

 private:
  reprise::Env& env_;
  int requests_ = 0;
};

}  // namespace kv

#endif  // KV_SERVER_H_
