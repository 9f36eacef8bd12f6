#include "features/people/people_setup.hpp"

#include "features/account/account_secrets.hpp"
#include "features/account/password.hpp"
#include "features/account/second_factor.hpp"
#include "features/account/session.hpp"
#include "features/account/sign_in.hpp"
#include "features/people/people_view.hpp"
#include "features/site/qr.hpp"

namespace birge::people {

namespace {

/// The secret in groups of four, as somebody types it.
std::string in_groups(std::string_view secret) {
  std::string out;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += secret[i];
  }
  return out;
}

Html password_field(Say const& say, Setup const& setup, std::string_view name, std::vector<Fault> const& faults) {
  if (!setup.ask_password) return {};
  return site::text_field(
      say, {.name = name, .label = say("Your password"), .type = "password", .autocomplete = "current-password", .required = true}, faults);
}

Html app_form(Request& request, account::Session const& session, Setup const& setup, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  auto const sent = request.form.get("code_secret");
  auto const secret = account::is_totp_secret(sent) ? std::string(sent) : account::new_totp_secret();
  Html fields = html(
      "<input type=\"hidden\" name=\"way\" value=\"app\"><input type=\"hidden\" name=\"next\" value=\"{}\"><input type=\"hidden\" name=\"code_secret\" value=\"{}\">",
      setup.next, secret);
  fields += site::text_field(say,
                             {.name = "code",
                              .label = say("The code that the app shows now"),
                              .autocomplete = "one-time-code",
                              .required = true,
                              .inputmode = "numeric",
                              .is_short = true},
                             faults);
  fields += password_field(say, setup, "password", faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Use this app"));
  return html(
      "<section><h2>{}</h2><p>{}</p><div class=\"handover\"><div class=\"code\">{}</div><div><p>{}</p><p><code class=\"secret\">{}</code></p>"
      "<p><a href=\"{}\">{}</a></p></div></div>{}</section>",
      say("With an app on your telephone"),
      say("Any authenticator app will do, such as Aegis, FreeOTP or Google Authenticator. It works without a network."),
      site::qr_code(account::totp_address(secret, session.person.name), say("The secret for the app, as a code")),
      say("Read this code with the app, or type this secret into it:"), in_groups(secret), setup.action, say("Make another secret"),
      site::form(request, setup.action, fields));
}

Html card_form(Request& request, Setup const& setup, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  Html fields = html("<input type=\"hidden\" name=\"way\" value=\"card\"><input type=\"hidden\" name=\"next\" value=\"{}\">", setup.next);
  fields += password_field(say, setup, "password_for_card", faults);
  fields.add("<div class=\"actions\"><button class=\"button second\">{} {}</button></div>", site::icon("print"), say("Make a card"));
  return html(
      "<section><h2>{}</h2><p>{}</p>{}</section>", say("With a card on paper"),
      say("You print a card with {} numbered codes, or copy it by hand, and keep it where you keep your keys. Each time you sign in you are asked for the next one.",
          account::card_size),
      site::form(request, setup.action, fields));
}

Html code_list(std::vector<std::string> const& codes) {
  Html list;
  for (auto const& code : codes) list.add("<li><code>{}</code></li>", code);
  return html("<ol class=\"codes\">{}</ol>", list);
}

Reply codes_page(Request& request, account::SetUp const& done, Setup const& setup) {
  auto const& say = request.say;
  Html body = site::notice(site::Notice::attention,
                           html("<p>{}</p>", say("These codes are shown once. Print this page or copy them by hand before you go on.")));
  if (!done.card.empty()) body.add("<section><h2>{}</h2>{}</section>", say("Your card"), code_list(done.card));
  body.add("<section><h2>{}</h2><p>{}</p>{}</section>", say("Recovery codes"),
           say("Each of them lets you in once when telephone or card are not at hand. Keep them apart from both."), code_list(done.recovery));
  body.add("<div class=\"actions screen\"><a class=\"button\" href=\"{}\">{}</a></div>", account::next_path(say, setup.next),
           say("I have them on paper: continue"));
  return with_session(narrow_page(request, say("Your codes on paper"), body), done.entrance.secret);
}

}  // namespace

Reply setup_form(Request& request, account::Session const& session, Setup const& setup, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  return narrow_page(
      request, say("Protect your account"),
      html("<p class=\"lead\">{}</p>{}{}{}",
           say("Your role lets you change what others rely on. So a password alone is not enough: choose a second proof that it is you."),
           site::fault_summary(say, faults), app_form(request, session, setup, faults), card_form(request, setup, faults)),
      status);
}

Reply set_up_factor(Request& request, account::Session const& session, Setup const& setup) {
  bool const card = request.form.get("way") == "card";
  if (setup.ask_password) {
    auto const* field = card ? "password_for_card" : "password";
    if (!account::confirm_password(request, session.person.id, request.form.get(field)))
      return setup_form(request, session, setup, {{field, message("This is not your password.")}}, Status::unprocessable);
  }
  if (card) return codes_page(request, account::set_up_card(request, session), setup);
  auto const done = account::set_up_app(request, session, request.form.get("code_secret"), request.form.get("code"));
  if (!done)
    return setup_form(request, session, setup,
                      {{"code", message("This code does not fit. Check the time on your telephone and enter the code it shows now.")}},
                      Status::unprocessable);
  return codes_page(request, *done, setup);
}

}  // namespace birge::people
