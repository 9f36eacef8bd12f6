#pragma once

namespace birge::app {

/// The whole command line: reads it, runs one command, tells what went wrong in one sentence, returns the exit code
/// (0 done, 1 a problem, 2 the line itself is wrong, 3 something was found that needs a person).
int run(int count, char** arguments);

}  // namespace birge::app
