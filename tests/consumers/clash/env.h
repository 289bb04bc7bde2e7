// The project's own environment.

#ifndef ENV_H_
#define ENV_H_

struct Env {
  int temperature = 21;
};

#endif  // ENV_H_
