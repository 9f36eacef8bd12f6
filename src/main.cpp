#include <string_view>

#include "app/command_line.hpp"
#include "platform/files/clean.hpp"

/// Read by jemalloc before anything runs: two arenas for a few threads, and what a large load needed goes back after a second.
extern "C" char const* malloc_conf;
char const* malloc_conf = "narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0";

int main(int count, char** arguments) {
  if (count == 3 && arguments[1] == birge::files::clean_command) return birge::files::clean_main(arguments[2]);
  return birge::app::run(count, arguments);
}
