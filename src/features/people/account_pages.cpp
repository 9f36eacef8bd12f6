#include "features/account/account_secrets.hpp"
#include "features/account/password.hpp"
#include "features/account/record.hpp"
#include "features/account/session.hpp"
#include "features/account/sign_in.hpp"
#include "features/people/people_leave.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_setup.hpp"
#include "features/people/people_view.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::Person;

account::Session own_session(Request& request) {
  auto session = account::session_of(request);
  if (!session) throw Problem(Failure::forbidden, message("You are no longer signed in."));
  return std::move(*session);
}

site::Options language_options() {
  site::Options options;
  for (auto const language : languages) options.emplace_back(std::string(code(language)), std::string(own_name(language)));
  return options;
}

Html about_me(Request& request, Person const& person, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  bool const typed = request.form.has("name");
  auto const name = typed ? std::string(request.form.get("name")) : person.name;
  auto const fields =
      html("{}{}<div class=\"actions\"><button class=\"button\">{}</button></div>",
           site::text_field(say, {.name = "name", .label = say("Your name"), .value = name, .autocomplete = "name", .required = true}, faults),
           site::select_field(say, {.name = "language", .label = say("Language of letters to you"), .value = code(person.language), .is_short = true},
                              language_options(), faults),
           say("Save"));
  Html roles;
  for (auto const& grant : person.grants) roles.add("<li>{}</li>", grant_name(request, grant));
  Html logins;
  for (auto const& login : account::Store(request.read()).logins(person.id)) logins.add("<li>{}</li>", account::shown(*account::login_of(login)));
  return html("<section><h2>{}</h2><ul class=\"plain\">{}</ul><p class=\"soft\">{}</p><ul class=\"plain\">{}</ul>{}</section>", say("You"), roles,
              say("You sign in with:"), logins, site::form(request, say.path("/account"), fields));
}

Html sessions(Request& request, Person const& person) {
  auto const& say = request.say;
  Html rows;
  for (auto const& session : account::Store(request.read()).sessions(person.id, request.now)) {
    bool const here = session.person.session == person.session;
    auto const end = here ? html("<span class=\"tag done\">{} {}</span>", site::icon("check"), say("this one"))
                          : site::form(request, say.path("/account/sessions"),
                                       html("<input type=\"hidden\" name=\"session\" value=\"{}\"><button class=\"quiet\">{}</button>",
                                            session.person.session, say("Sign out")));
    rows.add("<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td><td>{}</td></tr>",
             session.device.empty() ? say("Unknown browser") : std::string_view(session.device), say("Signed in"), moment(request, session.created),
             say("Last used"), moment(request, session.seen), end);
  }
  auto const all = site::form(
      request, say.path("/account/sessions"),
      html("<input type=\"hidden\" name=\"session\" value=\"all\"><button class=\"button second\">{}</button>", say("Sign out everywhere")));
  return html(
      "<section><h2>{}</h2><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\"><span class=\"heard\">{}</span></th></tr></thead><tbody>{}</tbody></table>{}</section>",
      say("Where you are signed in"), say("Where you are signed in"), say("Browser"), say("Signed in"), say("Last used"), say("Sign out"), rows, all);
}

Html password_form(Request& request, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  Html fields = site::text_field(
      say, {.name = "password_now", .label = say("Password until now"), .type = "password", .autocomplete = "current-password", .required = true},
      faults);
  fields += site::text_field(say,
                             {.name = "password",
                              .label = say("New password"),
                              .hint = say("At least 10 characters. Three or four words that do not belong together are best."),
                              .type = "password",
                              .autocomplete = "new-password",
                              .required = true},
                             faults);
  fields.add("<div class=\"actions\"><button class=\"button second\">{}</button></div>", say("Change the password"));
  return html("<section><h2>{}</h2>{}</section>", say("Password"), site::form(request, say.path("/account/password"), fields));
}

Html factor_summary(Request& request, Person const& person) {
  auto const& say = request.say;
  account::Store store(request.read());
  auto const factor = store.factor(person.id);
  Html text;
  if (!factor) text.add("<p>{}</p>", say("Your account is protected by the password alone."));
  else if (factor->kind == "totp" && !account::app_secret(request, person.id, *factor))
    text.add("<p>{}</p>", say("The codes of your app cannot be checked any more, because this site has a new key. Set the second step up anew."));
  else if (factor->kind == "totp") text.add("<p>{}</p>", say("You confirm each sign-in with an app."));
  else
    text.add("<p>{}</p>", say.plural("You confirm each sign-in with a card; {} code is left on it.",
                                     "You confirm each sign-in with a card; {} codes are left on it.", store.codes_left(person.id, "card")));
  if (factor)
    text.add("<p class=\"soft\">{}</p>",
             say.plural("{} recovery code is left.", "{} recovery codes are left.", store.codes_left(person.id, "recovery")));
  return html("<section><h2>{}</h2>{}<p><a class=\"button second\" href=\"{}\">{}</a></p></section>", say("Second step"), text,
              say.path("/account/factor"), factor ? say("Set it up anew") : say("Set up a second step"));
}

Reply account_page(Request& request, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  Html done;
  if (request.query.has("saved")) done = site::notice(site::Notice::done, html("<p>{}</p>", say("Saved.")));
  return narrow_page(
      request, say("My account"),
      html("{}{}{}{}{}{}<section><h2>{}</h2><p><a href=\"{}\">{}</a></p></section><section><h2>{}</h2><p><a href=\"{}\">{}</a></p></section>", done,
           site::fault_summary(say, faults), about_me(request, person, faults), factor_summary(request, person), sessions(request, person),
           password_form(request, faults), say("News"), say.path("/account/notifications"), say("Letters and calendar"), say("Leaving"),
           say.path("/account/leave"), say("Leave and delete my personal data")),
      status, "account");
}

Url saved(Request const& request) { return own_path(std::string(request.say.path("/account").text()) + "?saved=1"); }

}  // namespace

Reply my_account(Request& request) { return account_page(request, {}, Status::ok); }

Reply change_my_account(Request& request) {
  auto const& person = account::person(request);
  auto const name = clean_line(request.form.get("name"));
  if (name.empty() || length(name) > 100)
    return account_page(request, {{"name", message("Enter your name as your colleagues know it.")}}, Status::unprocessable);
  auto const language = language_of(request.form.get("language")).value_or(person.language);
  auto const kept = language == Language::test ? person.language : language;
  audit::Entry told{account::acting(person), "changed", {"account", person.id}, request.now};
  if (name != person.name) told.text_changed("name");
  told.changed("language", person.language, kept);
  request.write([&](db::Tx& tx) {
    account::change_name(tx, person.id, name, kept, request.now);
    if (!told.changes.empty()) audit::record(tx, told);
  });
  return http::see_other(saved(request));
}

Reply change_my_password(Request& request) {
  auto const& person = account::person(request);
  auto const now = request.form.get("password_now");
  auto const wanted = account::password_text(request.form.get("password"));
  auto personal = account::Store(request.read()).logins(person.id);
  personal.push_back(person.name);
  if (auto const faults = account::check_password(wanted, personal); !faults.empty()) return account_page(request, faults, Status::unprocessable);
  if (!account::confirm_password(request, person.id, now))
    return account_page(request, {{"password_now", message("This is not your password.")}}, Status::unprocessable);
  auto const hash = account::password_hash(wanted);
  auto const session = own_session(request);
  request.write([&](db::Tx& tx) {
    account::change_password(tx, person.id, hash, request.now);
    account::note(tx, account::acting(person), "password_changed", person.id, request.now);
  });
  return with_session(http::see_other(saved(request)), account::renew(request, session).secret);
}

Reply end_my_sessions(Request& request) {
  auto const& person = account::person(request);
  auto const wanted = request.form.get("session");
  if (wanted == "all") {
    request.write([&](db::Tx& tx) {
      account::end_sessions(tx, person.id);
      account::note(tx, account::acting(person), "signed_out_everywhere", person.id, request.now);
    });
    return with_session(http::see_other(request.say.path("/sign-in")), "");
  }
  auto const id = parse_id_as<account::SessionTag>(wanted);
  bool const there = id && request.write([&](db::Tx& tx) {
    bool const ended = account::end_session(tx, person.id, *id);
    if (ended) account::note(tx, account::acting(person), "session_ended", person.id, request.now);
    return ended;
  });
  if (!there) throw Problem(Failure::not_found, message("This session is over already."));
  return http::see_other(saved(request));
}

Reply factor_page(Request& request) {
  return setup_form(request, own_session(request), {request.say.path("/account/factor"), request.say.path("/account").text(), true}, {}, Status::ok);
}

Reply change_factor(Request& request) {
  return set_up_factor(request, own_session(request), {request.say.path("/account/factor"), request.say.path("/account").text(), true});
}

namespace {

Reply leave_form(Request& request, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const fields = html(
      "{}<div class=\"actions\"><button class=\"button danger\">{}</button> <a href=\"{}\">{}</a></div>",
      site::text_field(
          say, {.name = "password", .label = say("Your password"), .type = "password", .autocomplete = "current-password", .required = true}, faults),
      say("Leave for good"), say.path("/account"), say("Stay"));
  return narrow_page(
      request, say("Leave Birge"),
      html("<p>{}</p><p>{}</p>{}", say("Your name, phone number, address and password are deleted at once. Nobody can bring them back."),
           say("What you planned, counted and confirmed stays with your organisation, without your name."),
           site::form(request, say.path("/account/leave"), fields)),
      status, "account");
}

}  // namespace

Reply leave_page(Request& request) { return leave_form(request, {}, Status::ok); }

Reply leave(Request& request) {
  auto const& person = account::person(request);
  if (!account::confirm_password(request, person.id, request.form.get("password")))
    return leave_form(request, {{"password", message("This is not your password.")}}, Status::unprocessable);
  request.write([&](db::Tx& tx) {
    forget(tx, person.id, request.now);
    account::note(tx, account::acting(person), "left", person.id, request.now);
  });
  auto reply = with_session(http::see_other(request.say.path("/")), "");
  return reply;
}

}  // namespace birge::people
