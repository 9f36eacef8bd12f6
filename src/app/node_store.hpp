#pragma once

#include "platform/db/database.hpp"

namespace birge::app {

/// The node number of this process: every process that makes ids takes the next one from the database, modulo 256.
int take_node(db::Database& database);

}  // namespace birge::app
