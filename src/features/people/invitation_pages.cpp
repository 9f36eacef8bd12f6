#include "features/account/invitation.hpp"

#include "features/account/password.hpp"
#include "features/account/session.hpp"
#include "features/account/sign_in.hpp"
#include "features/account/throttle.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_view.hpp"

namespace birge::people {

namespace {

Reply over_page(Request& request) {
  auto const& say = request.say;
  return narrow_page(request, say("This link is no longer good"),
                     html("<p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p>",
                          say("A link works once and for 7 days. Ask whoever gave it to you for a new one; if you used it already, sign in."),
                          say.path("/sign-in"), say("Sign in")),
                     Status::gone);
}

Html new_password_field(Say const& say, std::vector<Fault> const& faults) {
  return site::text_field(say,
                          {.name = "password",
                           .label = say("New password"),
                           .hint = say("At least 10 characters. Three or four words that do not belong together are best."),
                           .type = "password",
                           .autocomplete = "new-password",
                           .required = true},
                          faults);
}

Url here(Request const& request, std::string_view what) { return request.say.path("/{}/{}", what, request.capture("secret")); }

/// For somebody who has an account and is signed in: the invitation adds a role to it.
Html add_to_account(Request& request, account::Person const& person) {
  auto const& say = request.say;
  return html("{}<p class=\"soft\">{}</p>",
              site::form(request, here(request, "invitation"),
                         html("<input type=\"hidden\" name=\"add\" value=\"1\"><div class=\"actions\"><button class=\"button\">{}</button></div>",
                              say("Add it to my account, {}", person.name))),
              say("If you are somebody else, sign out first and open the link again."));
}

/// The page says what for, never whom: messengers and whoever looks over a shoulder see it too.
Reply invitation_form(Request& request, account::Ticket const& ticket, account::Acceptance const& typed, std::vector<Fault> const& faults,
                      Status status) {
  auto const& say = request.say;
  auto const role = grant_name(request, *ticket.grant);
  auto const lead = html("<p class=\"lead\">{}</p><p><b>{}</b></p>", say("You are invited to work with the coalition on Birge."), role);
  if (auto const* person = account::maybe_person(request))
    return narrow_page(request, say("Invitation"), html("{}{}", lead, add_to_account(request, *person)), status);
  Html fields =
      site::text_field(say, {.name = "name", .label = say("Your name"), .value = typed.name, .autocomplete = "name", .required = true}, faults);
  fields += site::text_field(say,
                             {.name = "login",
                              .label = say("Phone number or e-mail"),
                              .value = typed.login,
                              .hint = say("You will sign in with it. A number such as 0700 123 456, or an address."),
                              .autocomplete = "username",
                              .required = true},
                             faults);
  fields += new_password_field(say, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Make my account"));
  return narrow_page(
      request, say("Invitation"),
      html("{}{}{}<p class=\"soft\">{}</p>", lead, site::fault_summary(say, faults), site::form(request, here(request, "invitation"), fields),
           say("You have an account already? Sign in first, then open this link again.")),
      status);
}

Reply reset_form(Request& request, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const fields =
      html("{}<div class=\"actions\"><button class=\"button\">{}</button></div>", new_password_field(say, faults), say("Set this password"));
  return narrow_page(request, say("A new password"),
                     html("<p>{}</p>{}{}", say("Everybody who is signed in with your account now will be signed out."),
                          site::fault_summary(say, faults), site::form(request, here(request, "reset"), fields)),
                     status);
}

/// Counts a form that a link opens, before its password is looked at. What it says comes back with the form.
std::optional<Fault> too_soon(Request& request, std::string_view form) {
  try {
    account::count_form(request, form, account::pace_of_address);
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return Fault{"", problem.shown};
  }
  return {};
}

Reply go_in(Request& request, account::PersonId person) {
  auto const entrance = account::enter_with_password(request, person);
  auto const& say = request.say;
  auto const where = entrance.stage == account::Stage::setup    ? say.path("/sign-in/setup")
                     : entrance.stage == account::Stage::factor ? say.path("/sign-in/code")
                                                                : say.path("/work");
  return with_session(http::see_other(where), entrance.secret);
}

}  // namespace

Reply invitation_page(Request& request) {
  auto const ticket = account::find_ticket(request, request.capture("secret"), true);
  return ticket ? invitation_form(request, *ticket, {}, {}, Status::ok) : over_page(request);
}

Reply accept_invitation(Request& request) {
  auto const secret = request.capture("secret");
  auto const ticket = account::find_ticket(request, secret, true);
  if (!ticket) return over_page(request);
  if (auto const* person = account::maybe_person(request)) {
    account::accept_with(request, secret, *person);
    return http::see_other(request.say.path("/work"));
  }
  account::Acceptance const typed{std::string(request.form.get("name")), std::string(request.form.get("login")),
                                  std::string(request.form.get("password"))};
  if (auto const fault = too_soon(request, "invitation")) return invitation_form(request, *ticket, typed, {*fault}, Status::too_many_requests);
  auto faults = account::check(typed, *ticket);
  if (auto const login = account::login_of(typed.login); login && account::Store(request.read()).by_login(login->text))
    faults.push_back(
        {"login", message("Somebody has an account with this number or address already. If it is you, sign in first and open the link again.")});
  if (!faults.empty()) return invitation_form(request, *ticket, typed, faults, Status::unprocessable);
  return go_in(request, account::accept(request, secret, typed, request.say.language()));
}

Reply reset_page(Request& request) {
  return account::find_ticket(request, request.capture("secret"), false) ? reset_form(request, {}, Status::ok) : over_page(request);
}

Reply reset(Request& request) {
  auto const secret = request.capture("secret");
  auto const ticket = account::find_ticket(request, secret, false);
  if (!ticket) return over_page(request);
  if (auto const fault = too_soon(request, "reset")) return reset_form(request, {*fault}, Status::too_many_requests);
  account::Store store(request.read());
  auto personal = store.logins(*ticket->account);
  if (auto const account = store.find(*ticket->account)) personal.push_back(account->name);
  auto const password = request.form.get("password");
  auto const faults = account::check_password(account::password_text(password), personal);
  if (!faults.empty()) return reset_form(request, faults, Status::unprocessable);
  return go_in(request, account::reset_password(request, secret, password));
}

}  // namespace birge::people
