#include "features/board/board_leave.hpp"
#include "features/board/board_store.hpp"

/// Saved views of the table.
namespace birge::board {

std::vector<SavedView> saved_views(db::Reader& read, work::PersonId person, std::optional<OrganisationId> organisation) {
  return read.all<SavedView>(
      "select id, person, organisation, name, address from saved_view where person = $1 or (organisation is not null and organisation = $2)"
      " order by name, id limit 200",
      person, organisation.value_or(OrganisationId{}));
}

void save_view(db::Tx& tx, IdMaker& ids, SavedView const& view, Instant now) {
  auto const kept = tx.one<std::int64_t>("select count(*) from saved_view where person = $1", view.person);
  if (kept >= most_views) throw Problem(Failure::unprocessable, message("You have saved {} views already. Delete one first.", most_views));
  tx.run("insert into saved_view (id, person, organisation, name, address, created, changed) values ($1, $2, $3, $4, $5, $6, $6)", ids.next(),
         view.person, view.organisation, view.name, view.address, now);
}

bool change_view(db::Tx& tx, SavedView const& view, Instant now) {
  return tx.run("update saved_view set name = $3, organisation = $4, changed = $5 where id = $1 and person = $2", view.id, view.person, view.name,
                view.organisation, now) > 0;
}

bool delete_view(db::Tx& tx, work::PersonId person, std::int64_t id) {
  return tx.run("delete from saved_view where id = $1 and person = $2", id, person) > 0;
}

void forget_person(db::Tx& tx, account::PersonId person) { tx.run("delete from saved_view where person = $1", person); }

}  // namespace birge::board
