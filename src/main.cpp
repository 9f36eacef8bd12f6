#include "app/command_line.hpp"

int main(int count, char** arguments) { return birge::app::run(count, arguments); }
