#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/audit/chain.hpp"

namespace birge::app {

int audit_head(Context const& context) {
  auto const database = open_database(context.config, false);
  auto const head = database->read([](db::Reader& read) { return audit::head(read); });
  context.terminal.line(audit::head_text(head) + (head.sequence == 0 ? "" : " " + iso(head.at)));
  return 0;
}

bool audit_holds(Context const& context, db::Database& database, std::string const& kept) {
  std::optional<audit::Head> known;
  if (!kept.empty()) {
    known = audit::parse_head(kept);
    if (!known)
      throw Problem(Failure::bad_input,
                    message("“{}” is no head of an audit log. It is a number, a colon and 64 digits, as birge audit head prints it.", kept));
  }
  auto const verdict = database.read([&](db::Reader& read) { return audit::check_chain(read, known); });
  for (auto const& fault : verdict.faults) context.terminal.warning(context.say(fault));
  if (verdict.faults_in_all == 0) {
    context.terminal.done(context.say.plural("The audit log of {} entry is whole.", "The audit log of {} entries is whole.", verdict.entries));
    return true;
  }
  context.terminal.problem(context.say.plural("The audit log was changed from outside: {} fault found.",
                                              "The audit log was changed from outside: {} faults found.", verdict.faults_in_all));
  return false;
}

}  // namespace birge::app
