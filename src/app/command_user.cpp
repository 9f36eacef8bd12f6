#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/account/account_secrets.hpp"
#include "features/account/directory.hpp"
#include "features/account/invitation.hpp"
#include "features/account/record.hpp"
#include "features/account/session.hpp"
#include "features/campaign/campaign.hpp"
#include "features/people/people_leave.hpp"
#include "platform/base/text.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

namespace {

/// What every command about people begins with.
struct Desk {
  Context const& context;
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Clock> machine_clock = system_clock();
  std::unique_ptr<db::Database> database;
  std::optional<IdMaker> ids;
  std::shared_ptr<campaign::Facts const> facts;

  explicit Desk(Context const& context) : context(context), clock(make_clock(context.config)), database(open_database(context.config, false)) {
    database->migrate(db::embedded_migrations());
    account::prepare(*database, clock->now());
    ids.emplace(*machine_clock, take_node(*database));
    facts = database->read([](db::Reader& read) { return campaign::facts(read); });
  }

  std::string address(std::string_view kind, std::string_view secret) const {
    auto const& configured = context.config.text("public_address");
    auto const site = configured.empty() ? "http://" + context.config.text("address") + ":" + context.config.text("port") : configured;
    return site + std::string(context.say.path("/{}/{}", kind, secret).text());
  }

  account::PersonId person(std::string_view login) const {
    auto const name = account::login_of(login);
    auto const id = name ? database->read([&](db::Reader& read) { return account::Store(read).by_login(name->text); }) : std::nullopt;
    if (!id) throw Problem(Failure::not_found, message("Nobody signs in with “{}”.", login));
    return *id;
  }
};

std::string role_list() {
  std::string list;
  for (auto const role : roles_to_give()) list += (list.empty() ? "" : ", ") + std::string(account::role_code(role));
  return list;
}

account::Grant grant_of(Desk const& desk, UserOptions const& options) {
  auto const role = account::role_of(options.role);
  if (!role || *role == account::Role::helper)
    throw Problem(Failure::bad_input, message("“{}” is no role. Choose one of: {}.", options.role, role_list()));
  account::Grant grant{*role, {}, {}, {}};
  if (!options.region.empty()) {
    auto const* place = desk.facts->places->by_code(options.region);
    if (!place || place->level != place::Level::region)
      throw Problem(Failure::bad_input, message("“{}” is no region. Write its code, such as naryn or KG04.", options.region));
    grant.region = place->id;
  }
  if (!options.organisation.empty()) {
    auto const found = desk.facts->organisation_slugs.find(options.organisation);
    if (found == desk.facts->organisation_slugs.end())
      throw Problem(Failure::bad_input,
                    message("No organisation has the address “{}”. It is the last part of its page's address.", options.organisation));
    grant.organisation = found->second;
  }
  if (!account::complete(grant))
    throw Problem(Failure::bad_input,
                  message("A regional coordinator needs --region, a focal point or member needs --organisation; other roles take no region."));
  return grant;
}

std::string scope_of(Desk const& desk, account::Grant const& grant) {
  auto const language = desk.context.say.language();
  std::string text;
  if (grant.region) text += ", " + desk.facts->places->name(*grant.region, language).text;
  if (grant.organisation)
    if (auto const* organisation = desk.facts->organisation(*grant.organisation)) text += ", " + organisation->short_name(language);
  return text;
}

void set_locked(Desk const& desk, std::string_view login, bool locked) {
  auto const id = desk.person(login);
  desk.database->write([&](db::Tx& tx) {
    auto const now = desk.clock->now();
    account::set_locked(tx, id, locked, now);
    if (locked) account::note(tx, audit::Who::command_line(), "locked", id, now);
    else account::note(tx, audit::Who::command_line(), "unlocked", id, now);
  });
}

struct SamplePerson {
  std::string_view name, login;
  account::Role role;
};

constexpr std::array sample_people{
    SamplePerson{"Азамат Үлгү", "administrator@birge.example", account::Role::administrator},
    SamplePerson{"Бакыт Үлгү", "national@birge.example", account::Role::national_coordinator},
    SamplePerson{"Нурлан Үлгү", "regional@birge.example", account::Role::regional_coordinator},
    SamplePerson{"Айгүл Үлгү", "focal@birge.example", account::Role::focal_point},
    SamplePerson{"Эрмек Үлгү", "member@birge.example", account::Role::member},
    SamplePerson{"Жылдыз Үлгү", "communications@birge.example", account::Role::communications_officer},
    SamplePerson{"Анна Үлгү", "observer@birge.example", account::Role::observer},
};

/// A role for trying things out: of the first region, and of an invented organisation that sits there where there is one.
account::Grant sample_grant(Desk const& desk, account::Role role) {
  account::Grant grant{role, {}, {}, {}};
  auto const& regions = desk.facts->places->regions();
  coalition::Organisation const* chosen = nullptr;
  for (auto const& [id, organisation] : desk.facts->organisations) {
    if (!organisation.sample) continue;
    bool const nearer = organisation.region && (!chosen || !chosen->region || organisation.slug < chosen->slug);
    if (!chosen || nearer) chosen = &organisation;
  }
  if (!chosen)
    throw Problem(Failure::unprocessable, message("There is no sample edition here. Sample people belong to sample data only: birge init --sample"));
  if (role == account::Role::regional_coordinator) grant.region = chosen->region.value_or(regions.front()->id);
  if (role == account::Role::focal_point || role == account::Role::member) grant.organisation = chosen->id;
  return grant;
}

/// Makes a sample person, or gives one that is there a new password.
void enter_sample_person(Desk& desk, SamplePerson const& one, account::Grant const& grant, std::string const& hash) {
  auto const now = desk.clock->now();
  desk.database->write([&](db::Tx& tx) {
    if (auto const id = account::Store(tx).by_login(one.login)) {
      account::change_password(tx, *id, hash, now);
      account::remove_factor(tx, *id);
      account::end_sessions(tx, *id);
      return;
    }
    account::NewAccount const made{desk.ids->make<account::PersonTag>(),
                                   std::string(one.name),
                                   desk.context.say.language(),
                                   {account::login_of(one.login).value()},
                                   hash,
                                   grant,
                                   {}};
    account::add_account(tx, *desk.ids, made, now);
  });
}

}  // namespace

int user_sample(Context const& context) {
  Desk desk(context);
  for (auto const& one : sample_people) {
    auto const grant = sample_grant(desk, one.role);
    auto const password = account::new_paper_code() + "-" + account::new_paper_code();
    enter_sample_person(desk, one, grant, account::password_hash(password));
    context.terminal.line(fmt::format("{:<32} {:<22} {}{}", one.login, password, context.say(account::role_name(one.role)), scope_of(desk, grant)));
  }
  context.terminal.done(context.say(
      "These people are invented, their passwords new each time. Coordinators, the administrator and the communications officer choose a second "
      "step when they first sign in: the card is the quickest."));
  return 0;
}

std::vector<account::Role> roles_to_give() {
  std::vector<account::Role> roles;
  std::ranges::copy_if(account::roles, std::back_inserter(roles), [](account::Role role) { return role != account::Role::helper; });
  return roles;
}

int user_add(Context const& context, UserOptions const& options) {
  Desk desk(context);
  account::Invitation invitation;
  invitation.grant = grant_of(desk, options);
  invitation.name = clean_line(options.name);
  invitation.language = context.say.code();
  if (!options.login.empty()) {
    auto const login = account::login_of(options.login);
    if (!login) throw Problem(Failure::bad_input, message("“{}” is neither a phone number nor an e-mail address.", options.login));
    invitation.login = login->text;
  }
  auto const secret = account::invite_from_outside(*desk.database, *desk.ids, invitation, desk.clock->now());
  context.terminal.done(context.say("Open this link within 7 days to choose a password. It works once:"));
  context.terminal.line(desk.address("invitation", secret));
  return 0;
}

int user_list(Context const& context) {
  Desk desk(context);
  desk.database->read([&](db::Reader& read) {
    account::Store store(read);
    for (auto const& account : store.accounts("", {}, 100000)) {
      std::string line = account.name;
      for (auto const& login : store.logins(account.id)) line += "  " + login;
      for (auto const& grant : store.grants(account.id)) line += "  " + context.say(account::role_name(grant.role)) + scope_of(desk, grant);
      if (account.state == "locked") line += "  " + std::string(context.say("locked"));
      context.terminal.line(line);
    }
  });
  return 0;
}

int user_lock(Context const& context, UserOptions const& options) {
  set_locked(Desk(context), options.login, true);
  context.terminal.done(context.say("Locked, and signed out everywhere."));
  return 0;
}

int user_unlock(Context const& context, UserOptions const& options) {
  set_locked(Desk(context), options.login, false);
  context.terminal.done(context.say("Unlocked."));
  return 0;
}

int user_remove(Context const& context, UserOptions const& options) {
  Desk desk(context);
  auto const id = desk.person(options.login);
  desk.database->write([&](db::Tx& tx) {
    people::forget(tx, id, desk.clock->now());
    account::note(tx, audit::Who::command_line(), "removed", id, desk.clock->now());
  });
  context.terminal.done(context.say("The account was removed."));
  return 0;
}

int user_reset(Context const& context, UserOptions const& options) {
  Desk desk(context);
  auto const id = desk.person(options.login);
  auto const secret = account::reset_link_from_outside(*desk.database, *desk.ids, id, desk.clock->now());
  if (options.remove_factor)
    desk.database->write([&](db::Tx& tx) {
      account::remove_factor(tx, id);
      account::end_sessions(tx, id);
      account::note(tx, audit::Who::command_line(), "second_step_removed", id, desk.clock->now());
    });
  context.terminal.done(context.say("Open this link within 7 days to choose a new password. It works once:"));
  context.terminal.line(desk.address("reset", secret));
  return 0;
}

}  // namespace birge::app
