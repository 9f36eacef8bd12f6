#include "features/account/account_change.hpp"

#include "features/account/account_secrets.hpp"
#include "features/account/joining.hpp"
#include "features/account/role_holders.hpp"
#include "features/account/session.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::account {

namespace {

[[noreturn]] void taken() {
  throw Problem(Failure::conflict,
                message("Somebody has an account with this number or address already. If it is you, sign in first and open the link again."));
}

void touch(db::Tx& tx, PersonId id, Instant now) { tx.run("update account set changed = $2, version = version + 1 where id = $1", id, now); }

/// A moment far ahead comes from a clock that was wrong, and is forgotten.
void note_moment(db::Tx& tx, Instant now) {
  tx.run("update account_state set latest = $1 where latest < $1 or latest > $2", now, now + std::chrono::hours(48));
}

std::string_view code_of(Stage stage) { return stage == Stage::full ? "full" : stage == Stage::setup ? "setup" : "factor"; }

}  // namespace

void add_account(db::Tx& tx, IdMaker& ids, NewAccount const& account, Instant now) {
  tx.run("insert into account (id, name, language, state, created, changed, version) values ($1, $2, $3, 'active', $4, $4, 1)", account.id,
         account.name, code(account.language), now);
  for (auto const& login : account.logins) add_login(tx, account.id, login);
  if (!account.password_hash.empty()) change_password(tx, account.id, account.password_hash, now);
  give_role(tx, ids, account.id, account.grant, account.given_by, now);
}

void change_name(db::Tx& tx, PersonId id, std::string_view name, Language language, Instant now) {
  tx.run("update account set name = $2, language = $3, changed = $4, version = version + 1 where id = $1 and state <> 'left'", id, name,
         code(language), now);
  rights_version.touch(tx);
}

void change_password(db::Tx& tx, PersonId id, std::string_view hash, Instant now) {
  tx.run(R"(insert into account_password (account, hash, changed) values ($1, $2, $3)
            on conflict (account) do update set hash = excluded.hash, changed = excluded.changed)",
         id, hash, now);
  touch(tx, id, now);
}

void add_login(db::Tx& tx, PersonId id, Login const& login) {
  auto const owner = tx.maybe<PersonId>("select account from account_login where login = $1", login.text);
  if (owner && *owner != id) taken();
  if (!owner) tx.run("insert into account_login (login, account, kind) values ($1, $2, $3)", login.text, id, login_kind_code(login.kind));
  rights_version.touch(tx);
}

void give_role(db::Tx& tx, IdMaker& ids, PersonId id, Grant const& grant, std::optional<PersonId> given_by, Instant now) {
  for (auto const& held : Store(tx).grants(id))
    if (held == grant) return;
  tx.run("insert into account_role (id, account, role, region, organisation, activity, given_by, given) values ($1, $2, $3, $4, $5, $6, $7, $8)",
         ids.next(), id, role_code(grant.role), grant.region, grant.organisation, grant.activity, given_by, now);
  touch(tx, id, now);
  rights_version.touch(tx);
}

void end_role(db::Tx& tx, PersonId id, std::int64_t role, Instant now) {
  tx.run("update account_role set ended = $3 where account = $1 and id = $2 and ended is null", id, role, now);
  touch(tx, id, now);
  rights_version.touch(tx);
}

void set_locked(db::Tx& tx, PersonId id, bool locked, Instant now) {
  tx.run("update account set state = $2, changed = $3, version = version + 1 where id = $1 and state <> 'left'", id, locked ? "locked" : "active",
         now);
  if (locked) end_sessions(tx, id);
  rights_version.touch(tx);
}

void leave(db::Tx& tx, PersonId id, Instant now) {
  for (auto const& login : Store(tx).logins(id)) {
    jobs::forget_mail_to(tx, login);
    tx.run("update ticket set used = $2, outcome = 'revoked', name = '', login = '' where login = $1 and used is null", login, now);
  }
  tx.run("update account set name = '', state = 'left', changed = $2, version = version + 1 where id = $1", id, now);
  tx.run("delete from account_login where account = $1", id);
  tx.run("delete from account_password where account = $1", id);
  remove_factor(tx, id);
  tx.run("delete from session where account = $1", id);
  tx.run("delete from ticket where account = $1", id);
  tx.run("update ticket set used = $2, outcome = 'revoked', name = '', login = '' where made_by = $1 and used is null", id, now);
  tx.run("update account_role set ended = $2 where account = $1 and ended is null", id, now);
  rights_version.touch(tx);
}

SessionId start_session(db::Tx& tx, IdMaker& ids, NewSession const& session, std::optional<SessionId> replaces, Instant now) {
  using namespace std::chrono_literals;
  if (replaces) tx.run("delete from session where id = $1", *replaces);
  bool const guarded = needs_second_factor(Store(tx).grants(session.person));
  // Half-way through signing in there is no reason to stay for long.
  std::chrono::milliseconds const idle = session.stage != Stage::full ? 30min : guarded ? 12h : 7 * 24h;
  std::chrono::milliseconds const whole = session.stage != Stage::full ? 1h : guarded ? 7 * 24h : 30 * 24h;
  auto const id = ids.make<SessionTag>();
  auto const moment = not_before(Store(tx).latest(), now);
  tx.run("insert into session (id, account, token, stage, device, created, seen, idle, expires) values ($1, $2, $3, $4, $5, $6, $6, $7, $8)", id,
         session.person, session.token, code_of(session.stage), session.device, moment, static_cast<std::int64_t>(idle.count()), moment + whole);
  note_moment(tx, now);
  return id;
}

bool end_session(db::Tx& tx, PersonId id, SessionId session) { return tx.run("delete from session where account = $1 and id = $2", id, session) > 0; }

void end_sessions(db::Tx& tx, PersonId id, SessionId except) { tx.run("delete from session where account = $1 and id <> $2", id, except); }

void end_all_sessions(db::Tx& tx) { tx.run("delete from session"); }

void set_factor(db::Tx& tx, PersonId id, Factor const& factor, std::vector<std::string> const& codes, std::vector<std::string> const& recovery,
                Instant now) {
  remove_factor(tx, id);
  tx.run("insert into account_factor (account, kind, secret, last_step, created) values ($1, $2, $3, $4, $5)", id, factor.kind, factor.secret,
         factor.last_step, now);
  auto const put = [&](std::string_view purpose, std::vector<std::string> const& hashes) {
    for (std::size_t i = 0; i < hashes.size(); ++i)
      tx.run("insert into account_code (account, purpose, position, hash) values ($1, $2, $3, $4)", id, purpose, i + 1, hashes[i]);
  };
  put("card", codes);
  put("recovery", recovery);
  rights_version.touch(tx);
}

void remove_factor(db::Tx& tx, PersonId id) {
  tx.run("delete from account_code where account = $1", id);
  tx.run("delete from account_factor where account = $1", id);
  rights_version.touch(tx);
}

bool use_step(db::Tx& tx, PersonId id, std::int64_t step) {
  return tx.run("update account_factor set last_step = $2 where account = $1 and kind = 'totp' and last_step < $2", id, step) > 0;
}

bool use_code(db::Tx& tx, PersonId id, std::string_view hash, std::optional<int> position, Instant now) {
  if (position)
    return tx.run("update account_code set used = $4 where account = $1 and purpose = 'card' and position = $2 and hash = $3 and used is null", id,
                  *position, hash, now) > 0;
  return tx.run("update account_code set used = $3 where account = $1 and purpose = 'recovery' and hash = $2 and used is null", id, hash, now) > 0;
}

std::string paper_code_hash(PersonId id, std::string_view code) { return signature(id_text(id), "paper code", paper_code_key(code)); }

std::int64_t add_ticket(db::Tx& tx, IdMaker& ids, Ticket const& ticket, std::string_view token, Instant now, std::chrono::milliseconds lasting) {
  auto const id = ids.next();
  auto const grant = ticket.grant.value_or(Grant{});
  // A newer link to a new password takes the place of those before it; one that anybody can have mailed takes none that a coordinator gave.
  if (!ticket.invitation)
    tx.run("update ticket set used = $2, outcome = 'revoked' where kind = 'reset' and account = $1 and used is null and coalesce(made_by, 0) = $3",
           ticket.account, now, ticket.made_by.value_or(PersonId{}));
  tx.run(
      R"(insert into ticket (id, kind, token, account, name, login, language, role, region, organisation, activity, made_by, created, expires, outcome)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ''))",
      id, ticket.invitation ? "invitation" : "reset", token, ticket.account, ticket.name, ticket.login, ticket.language,
      ticket.grant ? role_code(grant.role) : std::string_view(), grant.region, grant.organisation, grant.activity, ticket.made_by, now,
      now + lasting);
  note_moment(tx, now);
  return id;
}

Ticket use_ticket(db::Tx& tx, std::string_view token, Instant now) {
  auto ticket = Store(tx).ticket(token, now);
  if (!ticket) throw Problem(Failure::gone, message("This link was used already, taken back, or is older than 7 days. Ask for a new one."));
  tx.run("update ticket set used = $2, outcome = 'used', name = '', login = '' where id = $1", ticket->id, now);
  return std::move(*ticket);
}

void revoke_ticket(db::Tx& tx, std::int64_t id, Instant now) {
  tx.run("update ticket set used = $2, outcome = 'revoked', name = '', login = '' where id = $1 and used is null", id, now);
}

void clean(db::Tx& tx, Instant now) {
  auto const moment = not_before(Store(tx).latest(), now);
  tx.run("delete from session where expires < $1 or seen + idle < $1", moment - std::chrono::hours(24));
  tx.run("update ticket set name = '', login = '' where expires < $1 and (name <> '' or login <> '')", moment);
  tx.run("update joining_request set contact_name = '', contact = '' where decided < $1 and contact <> ''", moment - contact_kept);
}

void prepare(db::Database& database, Instant now) {
  bool const there =
      database.read([](db::Reader& read) { return read.maybe<std::int64_t>("select id from account_state where id = 1").has_value(); });
  auto const secret = new_secret();
  database.write([&](db::Tx& tx) {
    if (!there) tx.run("insert into account_state (id, secret, latest) values (1, $1, 0) on conflict (id) do nothing", secret);
    if (rights_version.of(tx).empty()) rights_version.touch(tx);  // of a database from before there were versions
    clean(tx, now);
  });
}

void see(db::Tx& tx, SessionId session, Instant now) {
  tx.run("update session set seen = $2 where id = $1 and seen < $2", session, now);
  note_moment(tx, now);
}

}  // namespace birge::account
