#include <filesystem>
#include <optional>
#include <utility>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/output.hpp"
#include "features/exchange/exchange.hpp"
#include "features/intake/intake.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

namespace {

/// Where the refused rows go: beside the file, so that they are found, and never over those of an earlier import, which somebody may be
/// correcting.
std::string rejected_name(std::string const& file, bool workbook) {
  auto path = std::filesystem::path(file);
  auto const stem = path.stem().string() + ".refused";
  for (int number = 1;; ++number) {
    path.replace_filename(stem + (number > 1 ? "." + std::to_string(number) : "") + (workbook ? ".xlsx" : ".csv"));
    if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return path.string();
  }
}

/// The file of the refused rows. It is written before anything is stored, since good rows without it would be half an import; where then
/// nothing is stored it goes again.
class RefusedFile {
public:
  explicit RefusedFile(std::string name) : name_(std::move(name)) {}
  RefusedFile(RefusedFile const&) = delete;
  RefusedFile& operator=(RefusedFile const&) = delete;
  ~RefusedFile() {
    if (!kept_) remove();
  }

  /// Again where the import had to begin anew.
  void write(std::optional<std::string> const& bytes) {
    remove();
    if (!bytes) return;
    write_file(name_, *bytes);
    written_ = true;
  }
  /// Its name, where there is one to keep.
  std::optional<std::string> keep() {
    kept_ = true;
    return written_ ? std::optional(name_) : std::nullopt;
  }

private:
  void remove() {
    std::error_code error;
    if (std::exchange(written_, false)) std::filesystem::remove(name_, error);
  }

  std::string name_;
  bool written_ = false, kept_ = false;
};

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
  RefusedFile refused(rejected_name(options.file, book->is_workbook()));
  chosen.watch.decided = [&](exchange::Outcome const& decided) {
    if (!options.dry_run) refused.write(decided.rejected_file);
  };
  intake::FromCommandLine const import{ids.make<intake::RunTag>(), chosen.edition, chosen.language, book->is_workbook(),
                                       static_cast<std::int64_t>(std::filesystem::file_size(options.file))};
  chosen.run = import.id.value;
  chosen.watch.stored = [&](db::Tx& tx, exchange::Stored const& stored, exchange::Outcome const& found) {
    intake::note_stored(tx, import, stored, found, *facts, clock->now());
  };
  auto const outcome = exchange::import_activities(*book, *database, ids, *clock, chosen,
                                                   [&](int rows) { context.terminal.progress(context.say("Rows read"), rows); });
  context.terminal.end_progress();
  context.terminal.line(exchange::describe(outcome, context.say));
  if (auto const name = refused.keep()) context.terminal.warning(context.say("The refused rows and their reasons are in {}.", *name));
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
  write_file(options.output, exchange::import_template(*facts, *language, facts->today(make_clock(context.config)->now())));
  context.terminal.done(context.say("The template is in {}.", options.output));
  return 0;
}

}  // namespace birge::app
