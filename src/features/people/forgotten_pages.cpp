#include "features/account/invitation.hpp"
#include "features/account/throttle.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_view.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::people {

namespace {

Html mail_form(Request& request, std::string_view login, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  if (!jobs::relay(request.services.config)) return {};
  Html fields = site::text_field(say,
                                 {.name = "login",
                                  .label = say("The e-mail address you sign in with"),
                                  .value = login,
                                  .type = "email",
                                  .autocomplete = "email",
                                  .required = true,
                                  .inputmode = "email"},
                                 faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Send me a link"));
  return html("<section><h2>{}</h2>{}{}</section>", say("By e-mail"), site::fault_summary(say, faults),
              site::form(request, say.path("/forgotten"), fields));
}

Reply page(Request& request, std::string_view login, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const steps = html("<ol><li>{}</li><li>{}</li><li>{}</li></ol>",
                          say("Call whoever invited you: the focal point of your organisation or the coordinator of your region."),
                          say("They open your name under People and choose “Link to a new password”."),
                          say("You open the link within 7 days and choose a new password. Your work is still there."));
  return narrow_page(
      request, say("I cannot sign in"),
      html("<p>{}</p>{}{}<p class=\"soft\">{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p>",
           say("Nobody can read your password, not even the administrator. You get a link with which you choose a new one:"), steps,
           mail_form(request, login, faults), say("Coordinators ask another coordinator with the same role, or whoever runs the server."),
           say.path("/sign-in"), say("Back to signing in")),
      status);
}

/// Writes the letter with the link, in the language of the account, for as long as its link is of use. Nothing where nobody has that address.
void send_link(db::Tx& tx, Request const& request, std::string const& address, std::string_view secret) {
  account::Store store(tx);
  auto const id = store.by_login(address);
  auto const account = id ? store.find(*id) : std::nullopt;
  if (!account || account->state != "active") return;
  auto const& theirs = Say::in(account->language);
  jobs::Mail mail;
  mail.to = address;
  mail.subject = theirs("A new password for Birge");
  mail.text = theirs("Somebody, probably you, asked for a new password for Birge. Open this link within an hour to choose one:");
  mail.text += "\n\n" + request.absolute(theirs.path("/reset/{}", secret)) + "\n\n";
  mail.text += theirs("If it was not you, do nothing: your password stays as it is.");
  mail.text += "\n";
  mail.useful_until = request.now + account::mailed_ticket_time;
  account::add_mailed_reset(tx, request.services.ids, account->id, secret, request.now);
  jobs::mail(tx, request.services.ids, mail, request.now);
}

}  // namespace

Reply forgotten_page(Request& request) { return page(request, {}, {}, Status::ok); }

Reply send_reset_mail(Request& request) {
  auto const& say = request.say;
  if (!jobs::relay(request.services.config))
    throw Problem(Failure::not_found, message("This site sends no e-mail. Ask your coordinator for a link."));
  auto const typed = request.form.get("login");
  auto const login = account::login_of(typed);
  if (!login || login->kind != account::LoginKind::email || !jobs::valid_address(login->text))
    return page(request, typed, {{"login", message("This is no e-mail address.")}}, Status::unprocessable);
  auto const secret = account::new_reset_secret();
  try {
    account::attempt(
        request,
        {{"reset of " + login->text, account::pace_of_form}, {"reset from " + account::network_of(request.message.peer), account::pace_of_form}},
        [&](db::Tx& tx) { send_link(tx, request, login->text, secret); });
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return page(request, typed, {{"", problem.shown}}, Status::too_many_requests);
  }
  // The same words and the same one write for everybody: they do not tell who has an account.
  return narrow_page(request, say("Look into your mailbox"),
                     html("<p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p>",
                          say("If somebody signs in with this address, a link is on its way to it. It is good for an hour."), say.path("/sign-in"),
                          say("Back to signing in")));
}

}  // namespace birge::people
