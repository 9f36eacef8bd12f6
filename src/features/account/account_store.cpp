#include "features/account/account_store.hpp"

#include <stdexcept>

#include "features/account/account_secrets.hpp"
#include "features/account/session.hpp"

namespace birge::account {

namespace {

struct SessionRow {
  std::int64_t id;
  PersonId account;
  std::string name, language, stage, device;
  Instant created, seen;
  std::int64_t idle;
  Instant expires;
};

struct GrantRow {
  std::string role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<std::int64_t> activity;
};

Stage stage_of(std::string_view text) { return text == "full" ? Stage::full : text == "setup" ? Stage::setup : Stage::factor; }

}  // namespace

std::string Store::secret() {
  auto found = read_.maybe<std::string>("select secret from account_state where id = 1");
  if (!found) throw std::logic_error("the installation has no secret yet");
  return std::move(*found);
}

Instant Store::latest() { return read_.maybe<Instant>("select latest from account_state where id = 1").value_or(Instant{}); }

std::vector<Grant> Store::grants(PersonId id) {
  std::vector<Grant> list;
  read_.each<GrantRow>(
      "select role, region, organisation, activity from account_role where account = $1 and ended is null order by id",
      [&](GrantRow&& row) {
        if (auto const role = role_of(row.role)) list.push_back({*role, row.region, row.organisation, row.activity});
      },
      id);
  return list;
}

std::optional<Session> Store::session(std::string_view token_hash, Instant now) {
  auto row = read_.maybe<SessionRow>(R"(
    select s.id, a.id, a.name, a.language, s.stage, s.device, s.created, s.seen, s.idle, s.expires
      from session s join account a on a.id = s.account
     where s.token = $1 and a.state = 'active')",
                                     token_hash);
  if (!row) return {};
  auto const moment = not_before(latest(), now);
  if (moment >= row->expires || moment - row->seen >= std::chrono::milliseconds(row->idle)) return {};
  Session session;
  session.person.id = row->account;
  session.person.name = std::move(row->name);
  session.person.language = language_of(row->language).value_or(Language::ky);
  session.person.grants = grants(row->account);
  session.person.session = {row->id};
  session.stage = stage_of(row->stage);
  session.token = token_hash;
  session.device = std::move(row->device);
  session.created = row->created;
  session.seen = row->seen;
  session.expires = row->expires;
  return session;
}

void prepare(db::Database& database, Instant now) {
  bool const there =
      database.read([](db::Reader& read) { return read.maybe<std::int64_t>("select id from account_state where id = 1").has_value(); });
  if (there) return;
  auto const secret = new_secret();
  database.write(
      [&](db::Tx& tx) { tx.run("insert into account_state (id, secret, latest) values (1, $1, $2) on conflict (id) do nothing", secret, now); });
}

void see(db::Tx& tx, SessionId session, Instant now) {
  tx.run("update session set seen = $2 where id = $1 and seen < $2", session, now);
  tx.run("update account_state set latest = $1 where latest < $1", now);
}

}  // namespace birge::account
