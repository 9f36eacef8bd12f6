#include <filesystem>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/output.hpp"
#include "features/exchange/exchange.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

namespace {

/// Where the refused rows go: beside the file, so that they are found.
std::string rejected_name(std::string const& file, bool workbook) {
  auto path = std::filesystem::path(file);
  auto const stem = path.stem().string();
  return path.replace_filename(stem + ".refused" + (workbook ? ".xlsx" : ".csv")).string();
}

campaign::Edition edition_of(campaign::Facts const& facts, std::string const& slug, Instant now) {
  if (slug.empty()) {
    if (auto const current = facts.current(now)) return *current;
    throw Problem(Failure::not_found, message("No edition of the campaign has been entered yet."));
  }
  if (auto const* edition = facts.edition(slug)) return *edition;
  std::string known;
  for (auto const& edition : facts.editions) known += (known.empty() ? "" : ", ") + edition.slug;
  throw Problem(Failure::not_found, message("There is no edition “{}”. There are: {}.", slug, known));
}

}  // namespace

int import_activities(Context const& context, ImportOptions const& options) {
  auto const clock = make_clock(context.config);
  auto const machine_clock = system_clock();
  auto const database = open_database(context.config, false);
  database->migrate(db::embedded_migrations());
  auto const facts = database->read([](db::Reader& read) { return campaign::facts(read); });
  exchange::Options chosen;
  chosen.edition = edition_of(*facts, options.edition, clock->now()).id;
  chosen.dry_run = options.dry_run;
  chosen.partial = options.partial;
  chosen.create_organisations = options.create_organisations;
  chosen.language = context.say.language();
  auto const book = sheet::open_file(options.file);
  IdMaker ids(*machine_clock, take_node(*database));
  auto const outcome = exchange::import_activities(*book, *database, ids, *clock, chosen,
                                                   [&](int rows) { context.terminal.progress(context.say("Rows read"), rows, std::max(rows, 1)); });
  context.terminal.end_progress();
  context.terminal.line(exchange::describe(outcome, context.say));
  if (outcome.rejected_file) {
    auto const name = rejected_name(options.file, book->is_workbook());
    write_file(name, *outcome.rejected_file);
    context.terminal.warning(context.say("The refused rows and their reasons are in {}.", name));
  }
  if (outcome.blocked == 0) return 0;
  if (!outcome.stored && !options.dry_run)
    context.terminal.problem(context.say("Nothing was stored. Correct the rows above, or use --partial to store the good ones."));
  return found_something;
}

int export_template(Context const& context, ExportOptions const& options) {
  auto const language = language_of(options.language);
  if (!language) throw Problem(Failure::bad_input, message("There is no language “{}”. Choose ky, ru or en.", options.language));
  auto const database = open_database(context.config, false);
  auto const facts = database->read([](db::Reader& read) { return campaign::facts(read); });
  write_file(options.output, exchange::import_template(*facts, *language));
  context.terminal.done(context.say("The template is in {}.", options.output));
  return 0;
}

}  // namespace birge::app
