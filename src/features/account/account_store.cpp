#include "features/account/account_store.hpp"

#include <stdexcept>

#include "features/account/role_holders.hpp"
#include "features/account/session.hpp"

namespace birge::account {

namespace {

struct SessionRow {
  std::int64_t id;
  PersonId account;
  std::string name, language, stage, token, device;
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

struct HeldRow {
  std::int64_t id;
  std::string role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<std::int64_t> activity;
  Instant given;
  std::optional<Instant> ended;
};

struct AccountRow {
  PersonId id;
  std::string name, language, state;
  Instant created;
  std::int64_t version;
};

struct TicketRow {
  std::int64_t id;
  std::string kind;
  std::optional<PersonId> account;
  std::string name, login, language, role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<std::int64_t> activity;
  std::optional<PersonId> made_by;
  Instant created, expires;
  std::optional<Instant> used;
};

Stage stage_of(std::string_view text) { return text == "full" ? Stage::full : text == "setup" ? Stage::setup : Stage::factor; }

bool over(SessionRow const& row, Instant moment) { return moment >= row.expires || moment - row.seen >= std::chrono::milliseconds(row.idle); }

/// The one row of the installation, which every request of somebody signed in asks twice.
struct State {
  std::string secret;
  Instant latest{};
};
std::shared_ptr<State const> state(db::Reader& read) {
  static int const key = 0;
  return read.once<State>(&key, [&] {
    return std::make_shared<State const>(read.maybe<State>("select secret, latest from account_state where id = 1").value_or(State{}));
  });
}

Session from(SessionRow&& row) {
  Session session;
  session.person.id = row.account;
  session.person.name = std::move(row.name);
  session.person.language = language_of(row.language).value_or(Language::ky);
  session.person.session = {row.id};
  session.stage = stage_of(row.stage);
  session.token = std::move(row.token);
  session.device = std::move(row.device);
  session.created = row.created;
  session.seen = row.seen;
  session.expires = row.expires;
  return session;
}

Account from(AccountRow&& row) {
  return {row.id, std::move(row.name), language_of(row.language).value_or(Language::ky), std::move(row.state), row.created, row.version};
}

Ticket from(TicketRow&& row) {
  Ticket ticket;
  ticket.id = row.id;
  ticket.invitation = row.kind == "invitation";
  ticket.account = row.account;
  ticket.name = std::move(row.name);
  ticket.login = std::move(row.login);
  ticket.language = std::move(row.language);
  if (auto const role = role_of(row.role)) ticket.grant = Grant{*role, row.region, row.organisation, row.activity};
  ticket.made_by = row.made_by;
  ticket.created = row.created;
  ticket.expires = row.expires;
  ticket.used = row.used;
  return ticket;
}

}  // namespace

std::string Store::secret() {
  auto const known = state(read_);
  if (known->secret.empty()) throw std::logic_error("the installation has no secret yet");
  return known->secret;
}

Instant Store::latest() { return state(read_)->latest; }

std::optional<Session> Store::session(std::string_view token_hash, Instant now) {
  auto row = read_.maybe<SessionRow>(R"(
    select s.id, a.id, a.name, a.language, s.stage, s.token, s.device, s.created, s.seen, s.idle, s.expires
      from session s join account a on a.id = s.account
     where s.token = $1 and a.state = 'active')",
                                     token_hash);
  if (!row || over(*row, not_before(latest(), now))) return {};
  auto session = from(std::move(*row));
  session.person.grants = grants_of(read_, session.person.id);
  // Somebody who was given a role that needs a second factor sets it up before anything else.
  if (session.stage == Stage::full && needs_second_factor(session.person.grants) && !factor(session.person.id)) session.stage = Stage::setup;
  return session;
}

std::vector<Session> Store::sessions(PersonId id, Instant now) {
  std::vector<Session> list;
  auto const moment = not_before(latest(), now);
  read_.each<SessionRow>(R"(
    select s.id, a.id, a.name, a.language, s.stage, s.token, s.device, s.created, s.seen, s.idle, s.expires
      from session s join account a on a.id = s.account
     where s.account = $1 order by s.seen desc, s.id desc)",
                         [&](SessionRow&& row) {
                           if (!over(row, moment)) list.push_back(from(std::move(row)));
                         },
                         id);
  return list;
}

std::optional<Account> Store::find(PersonId id) {
  auto row = read_.maybe<AccountRow>("select id, name, language, state, created, version from account where id = $1", id);
  return row ? std::optional(from(std::move(*row))) : std::nullopt;
}

std::optional<PersonId> Store::by_login(std::string_view login) {
  return read_.maybe<PersonId>("select account from account_login where login = $1", login);
}

std::vector<std::string> Store::logins(PersonId id) {
  return read_.all<std::string>("select login from account_login where account = $1 order by kind desc, login", id);
}

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

std::vector<HeldRole> Store::roles_of(PersonId id) {
  std::vector<HeldRole> list;
  read_.each<HeldRow>(
      "select id, role, region, organisation, activity, given, ended from account_role where account = $1 order by id",
      [&](HeldRow&& row) {
        if (auto const role = role_of(row.role)) list.push_back({row.id, {*role, row.region, row.organisation, row.activity}, row.given, row.ended});
      },
      id);
  return list;
}

std::string Store::password_hash(PersonId id) {
  return read_.maybe<std::string>("select hash from account_password where account = $1", id).value_or("");
}

std::optional<Factor> Store::factor(PersonId id) {
  return read_.maybe<Factor>("select kind, secret, last_step from account_factor where account = $1", id);
}

int Store::codes_left(PersonId id, std::string_view purpose) {
  return read_.maybe<int>("select count(*) from account_code where account = $1 and purpose = $2 and used is null", id, purpose).value_or(0);
}

std::optional<int> Store::next_code(PersonId id) {
  return read_.maybe<int>("select position from account_code where account = $1 and purpose = 'card' and used is null order by position limit 1", id);
}

Person Store::as_person(Account const& account) {
  Person person;
  person.id = account.id;
  person.name = account.name;
  person.language = account.language;
  if (account.state == "active") person.grants = grants(account.id);
  return person;
}

std::optional<Ticket> Store::ticket(std::string_view token_hash, Instant now) {
  auto row = read_.maybe<TicketRow>(R"(
    select id, kind, account, name, login, language, role, region, organisation, activity, made_by, created, expires, used
      from ticket where token = $1)",
                                    token_hash);
  if (!row || row->used || not_before(latest(), now) >= row->expires) return {};
  return from(std::move(*row));
}

std::vector<Ticket> Store::open_invitations(Instant now) {
  std::vector<Ticket> list;
  read_.each<TicketRow>(R"(
    select id, kind, account, name, login, language, role, region, organisation, activity, made_by, created, expires, used
      from ticket where kind = 'invitation' and used is null and expires > $1 order by id desc)",
                        [&](TicketRow&& row) { list.push_back(from(std::move(row))); }, not_before(latest(), now));
  return list;
}

std::vector<Account> Store::accounts(std::string_view after_name, PersonId after, int limit) {
  std::vector<Account> list;
  read_.each<AccountRow>(R"(
    select id, name, language, state, created, version from account
     where state <> 'left' and (name, id) > ($1, $2) order by name, id limit $3)",
                         [&](AccountRow&& row) { list.push_back(from(std::move(row))); }, after_name, after, limit);
  return list;
}

}  // namespace birge::account
