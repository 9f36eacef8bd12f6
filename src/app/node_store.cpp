#include "app/node_store.hpp"

#include <string>

namespace birge::app {

namespace {

constexpr int numbers_of_a_kind = 128;

}  // namespace

int take_node(db::Database& database, Process process) {
  bool const server = process == Process::server;
  std::string const name = server ? "next_server_node" : "next_node";
  auto const next = database.write([&](db::Tx& tx) {
    tx.run("insert into setting (name, value) values ($1, '0') on conflict (name) do nothing", name);
    auto const number = std::stoi(tx.one<std::string>("select value from setting where name = $1", name)) % numbers_of_a_kind;
    tx.run("update setting set value = $2 where name = $1", name, std::to_string(number + 1));
    return number;
  });
  return server ? next : numbers_of_a_kind + next;
}

}  // namespace birge::app
