#include <string_view>

#include "app/command_line.hpp"
#include "platform/files/clean.hpp"

int main(int count, char** arguments) {
  if (count == 3 && arguments[1] == birge::files::clean_command) return birge::files::clean_main(arguments[2]);
  return birge::app::run(count, arguments);
}
