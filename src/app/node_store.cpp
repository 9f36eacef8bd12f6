#include "app/node_store.hpp"

#include <string>

namespace birge::app {

int take_node(db::Database& database) {
  return database.write([](db::Tx& tx) {
    tx.run("insert into setting (name, value) values ('next_node', '0') on conflict (name) do nothing");
    auto const next = std::stoi(tx.one<std::string>("select value from setting where name = 'next_node'"));
    tx.run("update setting set value = $1 where name = 'next_node'", std::to_string((next + 1) % 256));
    return next;
  });
}

}  // namespace birge::app
