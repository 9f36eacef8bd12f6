#include "features/intake/intake_jobs.hpp"

#include <spdlog/spdlog.h>

#include "features/account/role_holders.hpp"
#include "features/intake/intake_preview.hpp"
#include "features/intake/intake_store.hpp"
#include "platform/base/number.hpp"

namespace birge::intake {

namespace {

/// "ID STEP": a job that comes too late, because its run went on meanwhile, does nothing.
std::optional<Run> run_of(db::Reader& read, jobs::Job const& job) {
  auto const space = job.payload.find(' ');
  auto const id = parse_id_as<RunTag>(std::string_view(job.payload).substr(0, space));
  auto const step = space == std::string::npos ? std::nullopt : whole_number<int>(std::string_view(job.payload).substr(space + 1));
  if (!id) return std::nullopt;
  auto run = Store(read).find(*id);
  return run && run->step == step ? run : std::nullopt;
}
std::optional<Run> run_of(Services const& services, jobs::Job const& job) {
  return services.database.read([&](db::Reader& read) { return run_of(read, job); });
}

/// The person with the roles held at this moment, which may be fewer than when the upload came.
Person person_of(db::Reader& read, PersonId id) {
  Person person;
  person.id = id;
  person.grants = account::grants_of(read, id);
  return person;
}

/// Tells a waiting page how far it is, not more often than somebody looks.
class Progress {
public:
  Progress(Services const& services, Run const& run) : services_(services), run_(run) {}
  void operator()(int rows) {
    auto const now = std::chrono::steady_clock::now();
    if (now - told_ < std::chrono::milliseconds(700)) return;
    told_ = now;
    services_.database.write([&](db::Tx& tx) { note_progress(tx, run_.id, run_.step, rows); });
  }

private:
  Services const& services_;
  Run const& run_;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

struct Scene {
  std::shared_ptr<campaign::Facts const> facts;
  Person person;
  Fixes fixes;
  exchange::Decisions decisions;
  std::string said;
};

std::unique_ptr<sheet::Book> open_upload(Files const& files, RunId run) {
  try {
    return sheet::open_file(files.path(run, Files::What::upload));
  } catch (Problem const& problem) {
    if (problem.failure != Failure::not_found) throw;
    throw Problem(Failure::gone, message("The uploaded file is no longer there. Please upload it again."));
  }
}

exchange::Options options_of(Run const& run, Scene const& scene, Instant now) {
  exchange::Options options;
  options.edition = run.edition;
  options.dry_run = run.state == State::checking;
  options.partial = run.partial;
  options.language = language_of(run.language).value_or(Language::ky);
  options.who = audit::Who::person(scene.person.id, scene.person.organisation().value_or(coalition::OrganisationId{}));
  options.run = run.id.value;
  options.decisions = scene.decisions;
  if (!may_create_organisations(scene.person)) std::erase_if(options.decisions.organisations, [](auto const& decision) { return !decision.second; });
  options.rights = rights_of(scene.person, *scene.facts, now);
  return options;
}

/// Reads the file as it is with all corrections, and stores it where that is what the run waits for.
jobs::Finish read_file(Services const& services, Run const& run) {
  Files const files(services.config);
  auto inner = open_upload(files, run.id);
  auto const scene = services.database.read([&](db::Reader& read) {
    Store store(read);
    return Scene{campaign::facts(read), person_of(read, run.person), store.fixes(run.id), store.decisions(run.id, inner->tables()),
                 store.said_mark(run.id)};
  });
  FixedBook book(std::move(inner), scene.fixes);
  PreviewWriter writer(files, run.id);
  auto const now = services.clock.now();
  auto options = options_of(run, scene, now);
  options.watch = writer.watcher();
  auto const note_attempt = options.watch.decided;
  options.watch.decided = [&](exchange::Outcome const& outcome) {
    note_attempt(outcome);
    if (outcome.rejected_file) files.save(run.id, Files::What::refused, *outcome.rejected_file);
  };
  options.watch.nothing_too = true;  // its page says so
  options.watch.stored = [&](db::Tx& tx, exchange::Stored const& stored, exchange::Outcome const& outcome) {
    if (account::grants_of(tx, run.person) != scene.person.grants)
      throw Problem(Failure::conflict, message("Your roles changed while the file was being stored. Nothing was stored; look at it again."));
    note_stored(tx, run, stored, outcome, {services.ids, *scene.facts, scene.person, now});
  };
  Progress progress(services, run);
  auto const outcome = exchange::import_activities(book, services.database, services.ids, services.clock, options, std::ref(progress));
  auto const preview = writer.finish(outcome, scene.said);
  if (outcome.stored) {
    for (auto const what : {Files::What::upload, Files::What::head, Files::What::rows}) files.remove(run.id, what);
    return {};
  }
  auto const changed = run.state == State::storing
                           ? message("Nothing was stored: since you looked at it something changed, and now there are errors. Here they are.")
                           : Message{};
  return [run, outcome, changed, private_rows = preview.private_rows](db::Tx& tx) { note_checked(tx, run, outcome, private_rows, changed); };
}

jobs::Finish failed(Run const& run, Message const& why) {
  return [id = run.id, step = run.step, why](db::Tx& tx) { note_failed(tx, id, step, why); };
}

void take_back(Services const& services, Run const& run) {
  auto const facts = services.database.read([](db::Reader& read) { return campaign::facts(read); });
  auto const now = services.clock.now();
  services.database.write([&](db::Tx& tx) {
    auto const person = person_of(tx, *run.undone_by);
    auto const count = undo(tx, services.ids, *facts, run, person, now);
    auto const who = audit::Who::person(person.id, person.organisation().value_or(coalition::OrganisationId{}));
    audit::Entry entry(who, "import_undone", {"import", run.id}, now);
    entry.with("undone", count.undone).with("left", count.left);
    audit::record(tx, entry.with("organisations_gone", count.organisations));
  });
}

}  // namespace

jobs::Kind read_upload(Services const& services) {
  return {"import_read",
          [&services](jobs::Job const& job) -> jobs::Finish {
            auto const run = run_of(services, job);
            if (!run || (run->state != State::checking && run->state != State::storing)) return {};
            try {
              return read_file(services, *run);
            } catch (Problem const& problem) {
              if (problem.failure == Failure::busy || problem.failure == Failure::internal) throw;  // tried again later
              return failed(*run, problem.shown);
            }
          },
          [](db::Tx& tx, jobs::Job const& job) {
            if (auto const run = run_of(tx, job)) note_failed(tx, run->id, run->step, given_up());
          }};
}

jobs::Kind undo_import(Services const& services) {
  return {"import_undo",
          [&services](jobs::Job const& job) -> jobs::Finish {
            auto const run = run_of(services, job);
            if (!run || run->state != State::undoing || !run->undone_by) return {};
            try {
              take_back(services, *run);
              return {};
            } catch (Problem const& problem) {
              if (problem.failure == Failure::busy || problem.failure == Failure::internal) throw;  // tried again later
              return [run = *run, why = problem.shown](db::Tx& tx) { note_not_undone(tx, run.id, run.step, why); };
            } catch (db::Error const& error) {
              if (error.kind != db::Error::Kind::constraint) throw;
              spdlog::error("import {} cannot be taken back: {}", id_text(run->id), error.what());
              auto const why = message("It could not be taken back: something in Birge still refers to its activities. Tell who runs this machine.");
              return [run = *run, why](db::Tx& tx) { note_not_undone(tx, run.id, run.step, why); };
            }
          },
          [](db::Tx& tx, jobs::Job const& job) {
            if (auto const run = run_of(tx, job))
              note_not_undone(tx, run->id, run->step,
                              message("Birge tried for hours and could not take it back: everything stands as it was stored. You can try it again."));
          }};
}

jobs::Kind forget_uploads(Services const& services) {
  return {"import_forget", [&services](jobs::Job const&) -> jobs::Finish {
            auto const now = services.clock.now();
            Files const files(services.config);
            services.database.write([&](db::Tx& tx) { forget_old(tx, now); });
            for (auto const id : files.runs())
              if (!services.database.read([&](db::Reader& read) { return wants_files(read, id, now); })) files.remove_all(id);
            return {};
          }};
}

jobs::Schedule forget_uploads_daily() { return jobs::every("import_forget", std::chrono::hours(24)); }

}  // namespace birge::intake
