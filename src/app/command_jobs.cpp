#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/jobs.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::app {

namespace {

void tell_dead(Context const& context, jobs::State const& state) {
  for (auto const& job : state.dead)
    context.terminal.line(context.say("{}: {}, given up after attempt {}: {}", id_text(job.id), job.kind, job.attempt, job.failure));
}

}  // namespace

int jobs_run(Context const& context) {
  App app(context.config, make_clock(context.config), open_database(context.config, false));
  auto const done = worker(app.services()).run_due();
  context.terminal.done(context.say.plural("{} job done.", "{} jobs done.", done.done));
  if (done.failed == 0) return 0;
  context.terminal.warning(context.say.plural("{} job failed; it is tried again later.", "{} jobs failed; they are tried again later.", done.failed));
  return found_something;
}

int jobs_list(Context const& context) {
  auto const database = open_database(context.config, false);
  auto const now = make_clock(context.config)->now();
  auto const state = database->read([&](db::Reader& read) { return jobs::state(read, now); });
  tell_dead(context, state);
  context.terminal.line(context.say.plural("{} job waits.", "{} jobs wait.", state.waiting));
  return 0;
}

int jobs_retry(Context const& context, std::string const& id) {
  auto const database = open_database(context.config, false);
  auto const now = make_clock(context.config)->now();
  auto const number = parse_id(id);
  if (!number || !database->write([&](db::Tx& tx) { return jobs::revive(tx, *number, now); }))
    throw Problem(Failure::not_found, message("There is no job “{}” that was given up. birge jobs list shows them.", id));
  context.terminal.done(context.say("The job {} will be tried again.", id));
  return 0;
}

int jobs_test_mail(Context const& context, std::string const& to) {
  if (!jobs::relay(context.config)) throw Problem(Failure::unprocessable, message("No relay for e-mail is set. Set smtp_address and mail_from."));
  if (!jobs::valid_address(to)) throw Problem(Failure::bad_input, message("“{}” is no e-mail address.", to));
  auto const& say = context.say;
  jobs::Mail mail;
  mail.to = to;
  mail.subject = say("Birge can send e-mail");
  mail.text = say("This is a test. Whoever runs Birge asked for it; there is nothing to do.");
  jobs::send(*jobs::relay(context.config), to, jobs::mime(mail, context.config.text("mail_from"), "test@birge", make_clock(context.config)->now()));
  context.terminal.done(say("The relay took a test mail to {}.", to));
  return 0;
}

bool jobs_well(Context const& context, db::Database& database) {
  auto const now = make_clock(context.config)->now();
  auto const state = database.read([&](db::Reader& read) { return jobs::state(read, now); });
  tell_dead(context, state);
  if (state.dead.empty() && state.late == 0) {
    context.terminal.done(context.say("No job is late or was given up."));
    return true;
  }
  if (!state.dead.empty())
    context.terminal.problem(context.say("Jobs were given up. When the reason is gone: birge jobs retry, with the name before the colon."));
  if (state.late > 0)
    context.terminal.problem(context.say.plural("{} job is late for more than an hour. Is a server running, and is a relay for e-mail set?",
                                                "{} jobs are late for more than an hour. Is a server running, and is a relay for e-mail set?",
                                                state.late));
  return false;
}

}  // namespace birge::app
