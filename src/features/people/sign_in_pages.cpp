#include "features/account/second_factor.hpp"
#include "features/account/session.hpp"
#include "features/account/sign_in.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_setup.hpp"
#include "features/people/people_view.hpp"

namespace birge::people {

namespace {

using account::Stage;

/// Where somebody goes on to after a step.
Reply onward(Request& request, account::Entrance const& entrance, std::string_view next) {
  auto const& say = request.say;
  auto const where = entrance.stage == Stage::factor  ? with_next(say.path("/sign-in/code"), next)
                     : entrance.stage == Stage::setup ? with_next(say.path("/sign-in/setup"), next)
                                                      : account::next_path(say, next);
  return with_session(http::see_other(where), entrance.secret);
}

Reply sign_in_form(Request& request, std::string_view login, std::string_view next, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  Html fields = html("<input type=\"hidden\" name=\"next\" value=\"{}\">", next);
  fields += site::text_field(say,
                             {.name = "login",
                              .label = say("Phone number or e-mail"),
                              .value = login,
                              .hint = say("Such as 0700 123 456"),
                              .autocomplete = "username",
                              .required = true},
                             faults);
  fields += site::text_field(
      say, {.name = "password", .label = say("Password"), .type = "password", .autocomplete = "current-password", .required = true}, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a href=\"{}\">{}</a></div>", say("Sign in"), say.path("/forgotten"),
             say("I cannot sign in"));
  return narrow_page(request, say("Sign in"),
                     html("<p class=\"lead\">{}</p>{}{}<p class=\"soft\">{}</p>",
                          say("For the organisations of the coalition. Everything public can be read without signing in."),
                          site::fault_summary(say, faults), site::form(request, say.path("/sign-in"), fields),
                          say("There is no account yet? Whoever coordinates your region or organisation sends you an invitation.")),
                     status);
}

/// The session of somebody whose password was right and who is not in yet.
std::optional<account::Session> half_way(Request& request, Stage stage) {
  auto session = account::session_of(request);
  if (!session || session->stage != stage) return {};
  return session;
}

/// How somebody shows that it is them.
struct Proof {
  std::string_view next;
  bool recovery = false;  ///< with a recovery code: its letters need another keyboard of a telephone than the digits of an app
};

Proof proof_of(http::Parameters const& from) { return {from.get("next"), from.get("with") == "recovery"}; }

Url with_recovery(Say const& say, std::string_view next) {
  http::Parameters query;
  query.set("with", "recovery");
  if (!next.empty()) query.set("next", next);
  return own_path(std::string(say.path("/sign-in/code").text()) + "?" + query.encoded());
}

Html code_field(Say const& say, std::optional<int> position, bool recovery, std::vector<Fault> const& faults) {
  site::Field field{.name = "code", .label = {}, .required = true, .is_short = true};
  auto const numbered = position ? say("Code number {} of your card", *position) : std::string();
  if (recovery) {
    field.label = say("Recovery code");
    field.hint = say("One that you kept apart from telephone and card. Cross it out afterwards: each code is good once.");
  } else if (position) {
    field.label = numbered;
    field.hint = say("Cross it out afterwards: each code is good once.");
  } else {
    field.label = say("Code from your app");
    field.hint = say("Six digits that change every half a minute.");
    field.autocomplete = "one-time-code";
    field.inputmode = "numeric";
  }
  return site::text_field(say, field, faults);
}

/// What keeps the usual code from being of use, if anything does.
Html obstacle(Say const& say, bool app_is_lost, bool card_is_used_up) {
  auto const told = [](std::string_view text) { return site::notice(site::Notice::attention, html("<p>{}</p>", text)); };
  if (app_is_lost)
    return told(
        say("The codes of your app cannot be checked any more, because this site has a new key. Enter a recovery code, then set the second step up "
            "anew in your account; or ask your coordinator to remove it."));
  if (card_is_used_up) return told(say("All codes of your card are used. Enter a recovery code, then make a new card in your account."));
  return {};
}

Reply code_form(Request& request, account::Session const& session, Proof const& proof, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  account::Store store(request.read());
  auto const factor = store.factor(session.person.id);
  bool const has_card = factor && factor->kind == "card";
  auto const position = has_card ? store.next_code(session.person.id) : std::nullopt;
  bool const card_is_used_up = has_card && !position;
  bool const app_is_lost = factor && !has_card && !account::app_secret(request, session.person.id, *factor);
  bool const recovery = proof.recovery || card_is_used_up || app_is_lost;
  Html fields = html("<input type=\"hidden\" name=\"next\" value=\"{}\">{}", proof.next,
                     recovery ? html("<input type=\"hidden\" name=\"with\" value=\"recovery\">") : Html());
  fields += code_field(say, position, recovery, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Continue"));
  auto const other_way = recovery ? html("<p class=\"soft\">{}</p>", say("When no recovery code is left, ask your coordinator."))
                                  : html("<p class=\"soft\"><a href=\"{}\">{}</a></p>", with_recovery(say, proof.next),
                                         say("Without telephone or card: enter a recovery code"));
  return narrow_page(request, say("Second step"),
                     html("{}{}{}{}{}", obstacle(say, app_is_lost, card_is_used_up), site::fault_summary(say, faults),
                          site::form(request, say.path("/sign-in/code"), fields), other_way,
                          site::form(request, say.path("/sign-out"), html("<button class=\"quiet\">{}</button>", say("Stop signing in")))),
                     status);
}

}  // namespace

Reply sign_in_page(Request& request) {
  auto const next = request.query.get("next");
  if (request.principal) return http::see_other(account::next_path(request.say, next));
  return sign_in_form(request, {}, next, {}, Status::ok);
}

Reply sign_in(Request& request) {
  auto const login = request.form.get("login"), next = request.form.get("next");
  try {
    if (auto const entrance = account::sign_in(request, login, request.form.get("password"))) return onward(request, *entrance, next);
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return sign_in_form(request, login, next, {{"", problem.shown}}, Status::too_many_requests);
  }
  return sign_in_form(request, login, next, {{"login", message("Name and password do not fit together. Check both and try again.")}},
                      Status::unprocessable);
}

Reply code_page(Request& request) {
  auto const session = half_way(request, Stage::factor);
  if (!session) return http::see_other(request.say.path("/sign-in"));
  return code_form(request, *session, proof_of(request.query), {}, Status::ok);
}

Reply send_code(Request& request) {
  auto const session = half_way(request, Stage::factor);
  if (!session) return http::see_other(request.say.path("/sign-in"));
  auto const proof = proof_of(request.form);
  try {
    if (auto const entrance = account::confirm_code(request, *session, request.form.get("code"))) return onward(request, *entrance, proof.next);
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return code_form(request, *session, proof, {{"", problem.shown}}, Status::too_many_requests);
  }
  auto const why = proof.recovery ? message("This code is not right, or it was used already.")
                                  : message("This code is not right, or it was used already. Wait for the next one.");
  return code_form(request, *session, proof, {{"code", why}}, Status::unprocessable);
}

Reply setup_page(Request& request) {
  auto const session = half_way(request, Stage::setup);
  if (!session) return http::see_other(request.say.path("/sign-in"));
  return setup_form(request, *session, {request.say.path("/sign-in/setup"), request.query.get("next"), false}, {}, Status::ok);
}

Reply set_up(Request& request) {
  auto const session = half_way(request, Stage::setup);
  if (!session) return http::see_other(request.say.path("/sign-in"));
  return set_up_factor(request, *session, {request.say.path("/sign-in/setup"), request.form.get("next"), false});
}

Reply sign_out(Request& request) {
  if (auto const session = account::session_of(request))
    request.write([&](db::Tx& tx) { account::end_session(tx, session->person.id, session->person.session); });
  return with_session(http::see_other(request.say.path("/")), "");
}

}  // namespace birge::people
