#include "features/account/record.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"
#include "features/trust/trust_pages.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/jobs/mail.hpp"

/// What whoever looks after the machine has to know without its command line: what waits, what was given up, whether letters can leave.
namespace birge::trust {

namespace {

Html fact(std::string_view icon, std::string_view label, std::string_view value) {
  return html("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
}

Html letters(Request& request) {
  auto const& say = request.say;
  auto const relay = jobs::relay(request.services.config);
  return fact("document", say("E-mail"),
              relay ? say("Letters leave through {}, from {}.", relay->address, relay->from)
                    : std::string(say("No relay is set: letters wait and go nowhere. Set smtp_address and mail_from.")));
}

Html given_up(Request& request, std::vector<jobs::DeadLetter> const& dead) {
  auto const& say = request.say;
  if (dead.empty()) return {};
  auto const time_zone = site::facts(request)->time_zone;
  Html rows;
  for (auto const& job : dead)
    rows.add(
        "<tr><th scope=\"row\"><code>{}</code></th><td data-label=\"{}\">{}</td><td class=\"n\" data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td>"
        "<td>{}</td></tr>",
        job.kind, say("Since when"), say.moment(job.created, time_zone), say("Attempts"), say.number(job.attempt), say("Reason"), job.failure,
        site::form(
            request, say.path("/work/system"),
            html("<input type=\"hidden\" name=\"job\" value=\"{}\"><button class=\"button second\">{}</button>", id_text(job.id), say("Try again"))));
  return html(
      "<section><h2>{}</h2><p>{}</p><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th><th scope=\"col\"><span class=\"heard\">{}</span></th></tr></thead>"
      "<tbody>{}</tbody></table></section>",
      say("Given up"), say("When the reason is gone, let them be tried again."), say("Given up"), say("Job"), say("Since when"), say("Attempts"),
      say("Reason"), say("Try again"), rows);
}

}  // namespace

Reply system_page(Request& request) {
  auto const& say = request.say;
  auto const state = jobs::state(request.read(), request.now);
  bool const well = state.dead.empty() && state.late == 0;
  auto const health =
      well ? site::notice(site::Notice::done, html("<p>{}</p>", say("No job is late or was given up.")))
      : state.late > 0
          ? site::notice(site::Notice::attention,
                         html("<p>{}</p>",
                              say.plural("{} job is late for more than an hour. Is a server running, and is a relay for e-mail set?",
                                         "{} jobs are late for more than an hour. Is a server running, and is a relay for e-mail set?", state.late)))
          : Html();
  site::Head head;
  head.title = say("The system");
  head.index = false;
  return site::page(
      request, head,
      html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}<dl class=\"facts\">{}{}</dl>{}", say.path("/work"), say("My page"),
           say("The system"), health, fact("clock", say("Jobs"), say.plural("{} job waits.", "{} jobs wait.", state.waiting)), letters(request),
           given_up(request, state.dead)));
}

Reply try_job_again(Request& request) {
  auto const id = parse_id(request.form.get("job"));
  bool const done = id && request.write([&](db::Tx& tx) {
    if (!jobs::revive(tx, *id, request.now)) return false;
    audit::record(tx, {account::acting(account::person(request)), "job_revived", audit::Object("job", *id), request.now});
    return true;
  });
  if (!done) throw Problem(Failure::not_found, message("This job was tried again already, or is no longer there."));
  return http::see_other(request.say.path("/work/system"));
}

}  // namespace birge::trust
