#pragma once

#include "platform/db/database.hpp"

namespace birge::app {

enum class Process {
  server,   ///< runs for weeks
  command,  ///< is over in a moment, or after an import
};

/// The node number (0-255) of this process: every process that makes ids takes the next one from the database. Servers and commands each go round a
/// half of the numbers, so that however many commands are run none takes the number of a running server. Two processes of a kind would share one only
/// if 128 others of that kind began while the first was running.
int take_node(db::Database& database, Process process = Process::command);

}  // namespace birge::app
