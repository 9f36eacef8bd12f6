#include "features/account/invitation.hpp"

#include <algorithm>

#include "features/account/account_secrets.hpp"
#include "features/account/directory.hpp"
#include "features/account/joining.hpp"
#include "features/account/password.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "platform/base/text.hpp"

namespace birge::account {

namespace {

[[noreturn]] void over() {
  throw Problem(Failure::gone, message("This link was used already, taken back, or is older than 7 days. Ask for a new one."));
}

bool may_give(db::Reader& read, PersonId by, Grant const& grant) {
  Store store(read);
  auto const account = store.find(by);
  return account && may_grant(store.as_person(*account), grant, homes_of(read, {grant}).front());
}

/// Whether whoever made a link may still do what it does: a link does not outlive the right it came from.
bool still_good(db::Reader& read, Ticket const& ticket) {
  if (!ticket.made_by) return true;
  if (ticket.invitation) return ticket.grant && may_give(read, *ticket.made_by, *ticket.grant);
  Store store(read);
  auto const by = store.find(*ticket.made_by);
  auto const grants = store.grants(*ticket.account);
  return by && may_reset(store.as_person(*by), grants, homes_of(read, grants));
}

Ticket use_good_ticket(db::Tx& tx, std::string_view token, bool invitation, Instant now) {
  auto ticket = use_ticket(tx, token, now);
  if (ticket.invitation != invitation || !still_good(tx, ticket)) over();
  if (ticket.grant && ticket.grant->organisation) forget_contact(tx, *ticket.grant->organisation);
  return ticket;
}

void check_scope(db::Reader& read, Grant const& grant) {
  bool const there = complete(grant) && (!grant.organisation || coalition::Store(read).find(*grant.organisation));
  if (!there) throw Problem(Failure::unprocessable, message("This role needs its region, organisation or activity."));
}

Ticket ticket_of(Invitation const& invitation, std::optional<PersonId> by) {
  Ticket ticket;
  ticket.name = invitation.name;
  ticket.login = invitation.login;
  ticket.language = invitation.language;
  ticket.grant = invitation.grant;
  ticket.made_by = by;
  return ticket;
}

Ticket reset_of(PersonId whose, std::optional<PersonId> by) {
  Ticket ticket;
  ticket.invitation = false;
  ticket.account = whose;
  ticket.made_by = by;
  return ticket;
}

}  // namespace

std::string invite(Request& request, Person const& by, Invitation const& invitation) {
  auto secret = new_secret();
  request.write([&](db::Tx& tx) { invite(tx, request.services.ids, by, invitation, secret, request.now); });
  return secret;
}

void invite(db::Tx& tx, IdMaker& ids, Person const& by, Invitation const& invitation, std::string_view secret, Instant now) {
  check_scope(tx, invitation.grant);
  if (!may_give(tx, by.id, invitation.grant))
    throw Problem(Failure::forbidden, message("You cannot give more than you have: ask your coordinator to invite this person."));
  add_ticket(tx, ids, ticket_of(invitation, by.id), secret_hash(secret), now);
  note(tx, acting(by), "invited", PersonId{}, invitation.grant, now);
}

std::string invite_from_outside(db::Database& database, IdMaker& ids, Invitation const& invitation, Instant now) {
  auto secret = new_secret();
  database.write([&](db::Tx& tx) {
    check_scope(tx, invitation.grant);
    add_ticket(tx, ids, ticket_of(invitation, std::nullopt), secret_hash(secret), now);
    note(tx, audit::Who::command_line(), "invited", PersonId{}, invitation.grant, now);
  });
  return secret;
}

bool acts_through_others(Role role) { return role == Role::regional_coordinator || role == Role::national_coordinator; }

PersonId enter(Request& request, Person const& by, std::string_view name, Grant const& grant) {
  NewAccount entered;
  entered.id = request.services.ids.make<PersonTag>();
  entered.name = name;
  entered.language = request.say.language();
  entered.grant = grant;
  entered.given_by = by.id;
  return request.write([&](db::Tx& tx) {
    check_scope(tx, grant);
    if (!acts_through_others(grant.role)) throw Problem(Failure::unprocessable, message("Only a coordinator acts through an assistant."));
    if (!may_give(tx, by.id, grant) || !may_everywhere(fresh(tx, by), Permission::approve))
      throw Problem(Failure::forbidden, message("Only a national coordinator enters somebody without an account."));
    for (auto const& holder : role_holders(tx)) {
      if (holder.name != name || signs_in(tx, holder.person)) continue;
      auto const held = grants_of(tx, holder.person);
      if (std::ranges::find(held, grant) != held.end()) return holder.person;
    }
    add_account(tx, request.services.ids, entered, request.now);
    note(tx, acting(by), "entered", entered.id, grant, request.now);
    return entered.id;
  });
}

std::string reset_link(Request& request, Person const& by, PersonId whose) {
  auto secret = new_secret();
  request.write([&](db::Tx& tx) {
    if (Store(tx).logins(whose).empty())
      throw Problem(Failure::conflict, message("This person has nothing to sign in with: an assistant acts in their place."));
    auto const ticket = reset_of(whose, by.id);
    if (!still_good(tx, ticket))
      throw Problem(Failure::forbidden, message("You may not let this person in anew. Ask a coordinator with the same roles, or the administrator."));
    add_ticket(tx, request.services.ids, ticket, secret_hash(secret), request.now);
    note(tx, acting(by), "reset_link_made", whose, request.now);
  });
  return secret;
}

std::string reset_link_from_outside(db::Database& database, IdMaker& ids, PersonId whose, Instant now) {
  auto secret = new_secret();
  database.write([&](db::Tx& tx) {
    add_ticket(tx, ids, reset_of(whose, std::nullopt), secret_hash(secret), now);
    note(tx, audit::Who::command_line(), "reset_link_made", whose, now);
  });
  return secret;
}

std::string new_reset_secret() { return new_secret(); }

void add_mailed_reset(db::Tx& tx, IdMaker& ids, PersonId whose, std::string_view secret, Instant now) {
  add_ticket(tx, ids, reset_of(whose, std::nullopt), secret_hash(secret), now, mailed_ticket_time);
  note(tx, audit::Who::visitor(), "reset_mail_asked", whose, now);
}

std::optional<Ticket> find_ticket(Request& request, std::string_view secret, bool invitation) {
  if (secret.size() > 100) return {};
  auto ticket = Store(request.read()).ticket(secret_hash(secret), request.now);
  if (!ticket || ticket->invitation != invitation || !still_good(request.read(), *ticket)) return {};
  return ticket;
}

std::vector<Fault> check(Acceptance const& acceptance, Ticket const& ticket) {
  constexpr std::size_t longest_name = 100;
  std::vector<Fault> faults;
  auto const name = clean_line(acceptance.name);
  if (name.empty()) faults.push_back({"name", message("Enter your name as your colleagues know it.")});
  if (length(name) > longest_name) faults.push_back({"name", message("This name is too long.")});
  auto const login = login_of(acceptance.login);
  if (!login) faults.push_back({"login", message("Enter a phone number such as 0700 123 456, or an e-mail address.")});
  else if (!ticket.login.empty() && login->text != ticket.login)
    faults.push_back({"login", message("This invitation is for another number or address.")});
  for (auto& fault : check_password(password_text(acceptance.password), {name, acceptance.login})) faults.push_back(std::move(fault));
  return faults;
}

PersonId accept(Request& request, std::string_view secret, Acceptance const& acceptance, Language language) {
  NewAccount account;
  account.id = request.services.ids.make<PersonTag>();
  account.name = clean_line(acceptance.name);
  account.language = language;
  account.logins = {login_of(acceptance.login).value()};
  account.password_hash = password_hash(password_text(acceptance.password));
  auto const token = secret_hash(secret);
  request.write([&](db::Tx& tx) {
    auto const ticket = use_good_ticket(tx, token, true, request.now);
    auto made = account;
    made.grant = ticket.grant.value();
    made.given_by = ticket.made_by;
    add_account(tx, request.services.ids, made, request.now);
    note(tx, audit::Who::person(made.id, made.grant.organisation.value_or(coalition::OrganisationId{})), "account_made", made.id, made.grant,
         request.now);
  });
  return account.id;
}

void accept_with(Request& request, std::string_view secret, Person const& person) {
  auto const token = secret_hash(secret);
  request.write([&](db::Tx& tx) {
    auto const ticket = use_good_ticket(tx, token, true, request.now);
    if (!ticket.login.empty() && Store(tx).by_login(ticket.login) != person.id)
      throw Problem(Failure::forbidden, message("This invitation is for another number or address."));
    give_role(tx, request.services.ids, person.id, ticket.grant.value(), ticket.made_by, request.now);
    note(tx, acting(person), "role_taken", person.id, *ticket.grant, request.now);
  });
}

PersonId reset_password(Request& request, std::string_view secret, std::string_view password) {
  auto const hash = password_hash(password_text(password));
  auto const token = secret_hash(secret);
  return request.write([&](db::Tx& tx) {
    auto const ticket = use_good_ticket(tx, token, false, request.now);
    change_password(tx, *ticket.account, hash, request.now);
    end_sessions(tx, *ticket.account);
    note(tx, audit::Who::person(*ticket.account, coalition::OrganisationId{}), "password_reset", *ticket.account, request.now);
    return *ticket.account;
  });
}

}  // namespace birge::account
