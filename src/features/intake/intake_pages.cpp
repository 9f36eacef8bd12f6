#include "features/intake/intake_pages.hpp"

#include "features/account/role_holders.hpp"
#include "features/account/throttle.hpp"
#include "features/intake/intake_view.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sheet/sheet.hpp"

/// The page where spreadsheets come in.
namespace birge::intake {

namespace {

constexpr int listed = 30;

site::Options edition_options(Say const& say, campaign::Facts const& known) {
  site::Options options;
  for (auto const& edition : known.editions) options.emplace_back(edition.slug, edition.name(say.language()));
  return options;
}

std::string chosen_edition(Request const& request, campaign::Facts const& known) {
  if (auto const* chosen = known.edition(request.form.get("edition"))) return chosen->slug;
  auto const current = known.current(request.now);
  return current ? current->slug : std::string();
}

Html upload_form(Request& request, campaign::Facts const& known, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  Html fields = site::select_field(say, {.name = "edition", .label = say("Edition"), .value = chosen_edition(request, known)},
                                   edition_options(say, known), faults);
  Html fault;
  for (auto const& each : faults)
    if (each.field == "file") fault.add("<p class=\"fault\" id=\"file-fault\">{} {}</p>", site::icon("warning"), say(each.message));
  fields.add(
      "<div class=\"{}\"><label for=\"file\">{}</label><p class=\"hint\" id=\"file-hint\">{}</p>{}<input id=\"file\" name=\"file\" type=\"file\""
      " accept=\".xlsx,.csv,.txt,.tsv\" aria-describedby=\"file-hint\"></div>",
      fault.empty() ? "field" : "field wrong", say("File"),
      say("A workbook (.xlsx) or a CSV file, up to {} MB and 50,000 rows.", request.services.config.number("body_limit_mb")), fault);
  auto const pasted = request.form.get("table");
  fields.add("<details {}><summary>{}</summary>{}</details>", BIRGE_WHEN(!pasted.empty(), "open"), say("Or paste a table"),
             site::text_area(say,
                             {.name = "table",
                              .label = say("Table"),
                              .value = pasted,
                              .hint = say("Mark the rows with their header in the spreadsheet program, copy them and paste them here.")},
                             faults));
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Look at it"));
  return site::form(request, say.path("/work/import"), fields, true);
}

Html templates(Say const& say) {
  Html links;
  for (auto const language : languages) {
    auto const& speak = Say::in(language);
    links.add("<li><a class=\"chip\" href=\"{}\" hreflang=\"{}\" lang=\"{}\">{} {}</a></li>", speak.path("/work/import/template"), speak.code(),
              speak.code(), site::icon("download"), own_name(language));
  }
  return html(
      "<section><h2>{}</h2><p>{}</p><ul class=\"chips\">{}</ul></section>", say("The workbook to fill in"),
      say("Send this to those who have no account: with lists to choose from, its rows come in without questions. Other tables are understood "
          "too, if their header says what the columns are."),
      links);
}

std::string what_happened(Say const& say, Run const& run) {
  std::string text = say.plural("{} new", "{} new", run.added) + ", " + say.plural("{} changed", "{} changed", run.updated) + ", " +
                     say.plural("{} unchanged", "{} unchanged", run.unchanged);
  if (run.blocked > 0) text += ", " + say.plural("{} with errors", "{} with errors", run.blocked);
  return text;
}

std::string_view tag_class(State state) {
  switch (state) {
    case State::stored: return "tag done";
    case State::failed: return "tag danger";
    case State::checked: return "tag attention";
    default: return "tag";
  }
}

Html earlier(Request& request, campaign::Facts const& known, Person const& person) {
  auto const& say = request.say;
  auto const before = parse_id_as<RunTag>(request.query.get("before")).value_or(RunId{});
  bool const all = account::may_everywhere(person, account::Permission::import) && request.query.get("whose") == "all";
  Store store(request.read());
  auto runs = all ? store.stored_by_all(before, listed + 1) : store.of_person(person.id, before, listed + 1);
  bool const more = runs.size() > static_cast<std::size_t>(listed);
  if (more) runs.pop_back();
  std::vector<PersonId> people;
  for (auto const& run : runs) people.push_back(run.person);
  auto const names =
      account::may_somewhere(person, account::Permission::see_names) ? account::names_of(request.read(), people) : std::map<PersonId, std::string>();
  Html rows;
  for (auto const& run : runs) {
    auto const name_of = names.find(run.person);
    auto const who = !run.person                                         ? std::string(say("the command line"))
                     : name_of == names.end() || name_of->second.empty() ? std::string(say("somebody who left"))
                                                                         : name_of->second;
    rows.add(
        "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td>"
        "<td data-label=\"{}\" class=\"n\">{}</td><td data-label=\"{}\"><span class=\"{}\">{}</span></td><td data-label=\"{}\">{}</td></tr>",
        page_of(say, run.id), say.moment(run.created, known.time_zone), say("Who"), who, say("Edition"), edition_name(say, known, run.edition),
        say("Rows"), say.number(run.rows_read), say("State"), tag_class(run.state), say(name(run.state)), say("What happened"),
        run.rows_read > 0 ? what_happened(say, run) : std::string());
  }
  Html choice;
  if (account::may_everywhere(person, account::Permission::import)) {
    auto const base = std::string(say.path("/work/import").text());
    choice = html("<ul class=\"chips\"><li><a href=\"{}\" {}>{}</a></li><li><a href=\"{}\" {}>{}</a></li></ul>", own_path(base),
                  BIRGE_WHEN(!all, "aria-current=\"true\""), say("Mine"), own_path(base + "?whose=all"), BIRGE_WHEN(all, "aria-current=\"true\""),
                  say("Everybody's"));
  }
  if (rows.empty()) return html("<section><h2>{}</h2>{}<p>{}</p></section>", say("Earlier imports"), choice, say("There is none yet."));
  Html next;
  if (more)
    next = site::next_page(
        say, own_path(std::string(say.path("/work/import").text()) + (all ? "?whose=all&before=" : "?before=") + id_text(runs.back().id)));
  return html(
      "<section><h2>{}</h2>{}<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>"
      "<tbody>{}</tbody></table>{}</section>",
      say("Earlier imports"), choice, say("Earlier imports"), say("When"), say("Who"), say("Edition"), say("Rows"), say("State"),
      say("What happened"), rows, next);
}

Reply shown(Request& request, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const main = html("<h1>{}</h1><p class=\"lead\">{}</p>{}<section class=\"narrow\">{}</section>{}{}", say("Import"),
                         say("Spreadsheets of those who still send them. Nothing is stored before you have looked at it, and what is stored can be "
                             "taken back for 30 days."),
                         site::fault_summary(say, faults), upload_form(request, *known, faults), templates(say), earlier(request, *known, person));
  return intake_page(request, say("Import"), main, status);
}

http::File const* file_of(Request const& request) {
  for (auto const& file : request.files)
    if (file.field == "file") return &file;
  return nullptr;
}

/// What is wrong with an upload before anything is kept of it; its file as such is opened as the import will.
std::vector<Fault> check(Request const& request, campaign::Facts const& known, http::File const* file, bool& workbook) {
  auto const pasted = request.form.get("table");
  if (!known.edition(request.form.get("edition"))) return {{"edition", message("Choose an edition.")}};
  if (file && !pasted.empty()) return {{"file", message("Choose a file or paste a table, not both.")}};
  if (!file && pasted.empty()) return {{"file", message("Choose a file, or paste a table.")}};
  try {
    workbook = sheet::open_bytes(file ? file->content : std::string(pasted))->is_workbook();
  } catch (Problem const& problem) {
    if (problem.failure == Failure::internal || problem.failure == Failure::busy) throw;
    return {{file ? "file" : "table", problem.shown}};
  }
  return {};
}

/// What speaks against one more upload of somebody.
std::vector<Fault> too_many(db::Reader& read, PersonId person) {
  if (Store(read).waiting_of(person) < uploads_at_once) return {};
  return {{"", message("{} of your files wait already. Store or delete one of them first.", uploads_at_once)}};
}

}  // namespace

Reply imports(Request& request) { return shown(request, {}, Status::ok); }

Reply upload(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const* file = file_of(request);
  bool workbook = false;
  auto faults = check(request, *known, file, workbook);
  if (faults.empty()) faults = too_many(request.read(), person.id);
  if (!faults.empty()) return shown(request, faults, Status::unprocessable);
  try {
    account::attempt(request, {{"imports of " + id_text(person.id), account::pace_of_work}});
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return shown(request, {{"", problem.shown}}, Status::too_many_requests);
  }
  Run run;
  run.id = request.services.ids.make<RunTag>();
  run.person = person.id;
  run.edition = known->edition(request.form.get("edition"))->id;
  run.language = request.say.code();
  run.pasted = !file;
  run.workbook = workbook;
  auto const content = file ? std::string_view(file->content) : request.form.get("table");
  run.bytes = static_cast<std::int64_t>(content.size());
  run.created = request.now;
  Files const files(request.services.config);
  files.save(run.id, Files::What::upload, content);
  faults = request.write([&](db::Tx& tx) {
    // Asked again: others of the same person may have come at the same moment.
    auto refusal = too_many(tx, person.id);
    if (!refusal.empty()) return refusal;
    add(tx, run);
    jobs::enqueue(tx, request.services.ids, "import_read", id_text(run.id) + " 1", request.now, request.now);
    audit::record(tx, audit::Entry(audit::Who::person(person.id, person.organisation().value_or(coalition::OrganisationId{})), "uploaded",
                                   {"import", run.id}, request.now));
    return refusal;
  });
  if (!faults.empty()) {
    files.remove_all(run.id);
    return shown(request, faults, Status::unprocessable);
  }
  return http::see_other(page_of(request.say, run.id));
}

Reply template_file(Request& request) {
  auto const known = site::facts(request);
  auto const name = "birge-" + std::string(request.say.code()) + ".xlsx";
  return http::download(exchange::import_template(*known, request.say.language(), known->today(request.now)), sheet::workbook_type, name);
}

}  // namespace birge::intake
