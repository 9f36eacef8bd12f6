#pragma once

#include <exception>
#include <memory>
#include <string>

#include "platform/base/problem.hpp"
#include "platform/db/db.hpp"

/// Only inside this folder: how connections are opened.
namespace birge::db {

struct Opening {
  enum class Role { reading, writing } role = Role::writing;
  int lock_seconds = 30;  ///< how long to wait for another process that writes
  bool create = true;     ///< make an SQLite file that is not there
  int log_pages = 4000;   ///< see Options
};

/// Both throw Problem with a sentence for the person.
std::unique_ptr<Connection> open_sqlite(std::string const& path, Opening const& opening);
std::unique_ptr<Connection> open_postgres(std::string const& address, Opening const& opening);

/// What the person reads when the engine could not do its work through no fault of the request; nothing for other errors.
std::optional<Problem> problem_of(Error const& error);

/// Ends whatever transaction there is, without complaint: the connection may be lost already.
void roll_back(Connection& connection) noexcept;

/// A statement that should have changed one row did not.
inline Error overtaken(std::string_view sql) { return {Error::Kind::overtaken, "not one row was as it should be for: " + std::string(sql)}; }

/// For statements that give no rows.
inline constexpr auto no_rows = [](Row const&) { return true; };
inline void run(Connection& connection, std::string_view sql) { connection.execute(sql, {}, 0, RowSink(no_rows)); }

}  // namespace birge::db
