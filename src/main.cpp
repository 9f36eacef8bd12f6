#include <fmt/core.h>

int main() {
  fmt::print("birge\n");
}
