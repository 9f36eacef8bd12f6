#include "features/intake/intake_view.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sheet/sheet.hpp"

/// One import: waiting, looked at and corrected, stored, taken back.
namespace birge::intake {

namespace {

Html waiting_part(Say const& say, Run const& run) {
  auto const what = run.state == State::checking  ? say("The file is being read.")
                    : run.state == State::storing ? say("The rows are being stored.")
                                                  : say("The import is being taken back.");
  Html bar;
  if (run.rows_read > 0 && run.state == State::storing)
    bar.add("<progress max=\"{}\" value=\"{}\">{}</progress>", std::max(run.rows_read, run.progress), run.progress, say.number(run.progress));
  if (run.progress > 0) bar.add("<p class=\"ends\">{}</p>", say.plural("{} row read", "{} rows read", run.progress));
  return html("<div class=\"progress\" role=\"status\"><p><b>{}</b></p>{}<p class=\"ends\">{}</p></div>", what, bar,
              say("This page looks again by itself. You may leave it and come back."));
}

Html failed_part(Request& request, Run const& run) {
  auto const& say = request.say;
  bool const tries = run.failure == given_up();
  auto const again = tries ? html("<button class=\"button\" name=\"do\" value=\"again\">{}</button>", say("Try again")) : Html();
  return html(
      "{}<div class=\"actions\"><a class=\"{}\" href=\"{}\">{}</a>{}</div>",
      site::notice(site::Notice::danger, html("<p><b>{}</b></p><p>{}</p>",
                                              tries ? say("The import came to no end.") : say("The file could not be read."), say(run.failure))),
      tries ? "button second" : "button", say.path("/work/import"), say("Upload another file"),
      site::form(
          request, page_of(say, run.id),
          html("<input type=\"hidden\" name=\"step\" value=\"{}\">{}<button class=\"button second\" name=\"do\" value=\"put_away\">{}</button>",
               run.step, again, say("Delete it"))));
}

Reply shown(Request& request, Opened const& opened, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& run = opened.run;
  auto main = html("{}<h1>{}</h1><p class=\"lead\">{}</p>", crumb(say), say("Import of {}", say.moment(run.created, opened.known->time_zone)),
                   edition_name(say, *opened.known, run.edition));
  if (working(run.state)) main += waiting_part(say, run);
  else if (run.state == State::failed) main += failed_part(request, run);
  else if (run.state == State::checked) main += preview_part(request, opened, faults);
  else if (run.state == State::put_away) main.add("<p>{}</p>", say(name(run.state)));
  else main += result_part(request, opened);
  auto reply = intake_page(request, say("Import"), main, status, opened.known->edition(run.edition));
  if (working(run.state)) reply.header("Refresh", "2");
  return reply;
}

/// fix.TABLE.ROW.COLUMN
std::optional<CellName> cell_of(std::string_view field) {
  if (!field.starts_with("fix.")) return std::nullopt;
  auto const parts = split(field.substr(4), '.');
  constexpr std::size_t far = 1'000;
  if (parts.size() != 3) return std::nullopt;
  auto const table = whole_number<std::size_t>(parts[0]), column = whole_number<std::size_t>(parts[2]);
  auto const row = whole_number<int>(parts[1]);
  if (!table || !row || !column || *table >= far || *row <= 0 || *column >= far) return std::nullopt;
  return CellName(*table, *row, *column);
}

/// What a form says about the file: cells typed anew and questions answered.
struct Said {
  Fixes fixes;
  std::map<std::string, std::optional<std::string>> organisations, near;  ///< nothing: not decided (any more)
};

/// The organisation a choice of the page names.
std::optional<std::string> organisation_answer(campaign::Facts const& known, Unknown const& unknown, std::string_view choice) {
  if (choice == "new") return std::string();
  if (!choice.starts_with('c')) return std::nullopt;
  auto const index = whole_number<std::size_t>(choice.substr(1));
  if (!index || *index >= unknown.choices.size()) return std::nullopt;
  for (auto const& [id, organisation] : known.organisations)
    for (auto const& [language, name] : organisation.names)
      if (name == unknown.choices[*index]) return id_text(organisation.id);
  return std::nullopt;
}

/// Texts of the cells that the page showed, so that only what was changed counts as a correction.
std::map<CellName, std::string> shown_cells(Request const& request, Opened const& opened, Preview const& preview) {
  std::map<CellName, std::string> cells;
  Files const files(request.services.config);
  for (auto const& row : read_rows(files, opened.run.id, section_of(request.form, preview).marks))
    for (std::size_t column = 0; column < row.cells.size(); ++column) cells[{row.table, row.number, column}] = row.cells[column];
  return cells;
}

Said said_in(Request& request, Opened const& opened, Preview const& preview) {
  Said said;
  auto const before = shown_cells(request, opened, preview);
  auto const fixed = Store(request.read()).fixes(opened.run.id);
  for (auto const& [field, value] : request.form.list()) {
    if (auto const cell = cell_of(field)) {
      auto const text = clean_line(value);
      if (text.size() > longest_fix) throw Problem(Failure::unprocessable, message("At most {} characters.", longest_fix));
      auto const found = before.find(*cell);
      auto const known = fixed.find(*cell);
      auto const stands = known != fixed.end() ? known->second : found != before.end() ? found->second : std::string();
      if (text != clean_line(stands)) said.fixes[*cell] = text;
    } else if (field.starts_with("organisation.")) {
      auto const index = whole_number<std::size_t>(std::string_view(field).substr(13));
      if (index && *index < preview.unknown.size())
        said.organisations[preview.unknown[*index].name] = organisation_answer(*opened.known, preview.unknown[*index], value);
    } else if (field.starts_with("near.")) {
      auto const parts = split(std::string_view(field).substr(5), '/');
      auto const table = whole_number<std::size_t>(parts[0]);
      auto const row = parts.size() == 2 ? whole_number<int>(parts[1]) : std::nullopt;
      if (!table || !row) continue;
      auto const same = parse_id(value);
      if (value == "other" || same) said.near[near_subject(*table, *row)] = same ? value : std::string();
    }
  }
  // A choice beside a cell is one click: its button carries the cell and which of the choices it is.
  auto use = request.form.get("use");
  if (auto const bar = use.find('|'); bar != std::string_view::npos)
    if (auto const cell = cell_of(use.substr(0, bar))) said.fixes[*cell] = clean_line(use.substr(bar + 1));
  return said;
}

void keep(db::Tx& tx, Run const& run, Said const& said) {
  if (Store(tx).fixes(run.id).size() + said.fixes.size() > static_cast<std::size_t>(most_fixes))
    throw Problem(Failure::unprocessable,
                  message("More than {} cells were corrected here. Correct the file itself and upload it again.", most_fixes));
  for (auto const& [cell, text] : said.fixes) put_fix(tx, run.id, cell, text);
  for (auto const& [name, answer] : said.organisations) put_answer(tx, run.id, "organisation", name, answer);
  for (auto const& [subject, answer] : said.near) put_answer(tx, run.id, "near", subject, answer);
}

int step_of(Request const& request) { return whole_number<int>(request.form.get("step")).value_or(0); }

Problem went_on() { return {Failure::conflict, message("This import went on in another window meanwhile. Look at it again.")}; }

void start(db::Tx& tx, Request const& request, Run const& run, int step, State next, std::string_view job) {
  if (!go_on(tx, run.id, step, next)) throw went_on();
  jobs::enqueue(tx, request.services.ids, job, id_text(run.id) + " " + std::to_string(step + 1), request.now, request.now);
}

/// What keeps the rows from being stored now, as a fault above them.
std::vector<Fault> not_yet(Request const& request, Run const& run, bool partial) {
  if (run.added + run.updated == 0) return {{"", message("There is nothing to store.")}};
  if (run.blocked > 0 && !partial) return {{"", message("Some rows have errors: correct them, or store the others alone.")}};
  if (run.private_rows > 0 && request.form.get("seen_private") != "1")
    return {{"seen_private",
             message("Look at the rows with telephone numbers, personal numbers or e-mail addresses first, then tick that they may be public.")}};
  return {};
}

/// To the rows where somebody was, or those before or behind.
Url rows_at(Request const& request, RunId id, Section const& section, std::string_view action) {
  auto const length = section.until - section.from;
  auto const from = action == "next"       ? section.until
                    : action == "previous" ? section.from - std::min(section.from, std::max<std::size_t>(length, 20))
                                           : section.from;
  return own_path(std::string(page_of(request.say, id).text()) + "?show=" + std::string(code(section.show)) + "&from=" + std::to_string(from) +
                  "#rows");
}

Reply put_away(Request& request, Opened const& opened) {
  auto const& run = opened.run;
  request.write([&](db::Tx& tx) {
    auto const now = Store(tx).find(run.id);
    if (!now || (now->state != State::checked && now->state != State::failed) || !go_on(tx, run.id, step_of(request), State::put_away))
      throw went_on();
    audit::record(tx, audit::Entry(audit::Who::person(run.person, opened.person.organisation().value_or(coalition::OrganisationId{})), "put_away",
                                   {"import", run.id}, request.now));
  });
  Files(request.services.config).remove_all(run.id);
  return http::see_other(request.say.path("/work/import"));
}

/// Reads a file again whose job was given up; what was corrected in it is still there.
Reply try_again(Request& request, Run const& run) {
  if (run.state == State::failed) request.write([&](db::Tx& tx) { start(tx, request, run, step_of(request), State::checking, "import_read"); });
  return http::see_other(page_of(request.say, run.id));
}

}  // namespace

Reply import_page(Request& request) { return shown(request, open(request), {}, Status::ok); }

Reply change_import(Request& request) {
  auto opened = open_own(request);
  auto const& run = opened.run;
  auto const action = request.form.get("do");
  if (action == "put_away") return put_away(request, opened);
  if (action == "again") return try_again(request, run);
  if (run.state != State::checked) return http::see_other(page_of(request.say, run.id));
  auto const preview = read_preview(Files(request.services.config), run.id);
  if (!preview) throw Problem(Failure::gone, message("The uploaded file is no longer there. Please upload it again."));
  auto const said = said_in(request, opened, *preview);
  bool const partial = action == "partial", store = partial || action == "store";
  auto const faults = store ? not_yet(request, run, partial) : std::vector<Fault>();
  // What was corrected since the file was read may be wrong, or hold data of people: it is read before it can be stored.
  bool const read_first = request.write([&](db::Tx& tx) {
    auto const now = Store(tx).find(run.id);
    if (!now || now->state != State::checked) throw went_on();
    if (action == "reset") forget_answers(tx, run.id);
    else keep(tx, run, said);
    bool const unread = store && Store(tx).said_mark(run.id) != preview->said;
    if (store && !unread && faults.empty()) {
      set_partial(tx, run.id, partial);
      start(tx, request, run, step_of(request), State::storing, "import_read");
    } else if (unread || action == "check" || action == "reset") {
      start(tx, request, run, run.step, State::checking, "import_read");
    }
    return unread;
  });
  if (read_first) return http::see_other(own_path(std::string(page_of(request.say, run.id).text()) + "?read_first=1"));
  if (!faults.empty()) return shown(request, open_own(request), faults, Status::unprocessable);
  bool const stays = action == "next" || action == "previous" || !request.form.get("use").empty();
  if (stays) return http::see_other(rows_at(request, run.id, section_of(request.form, *preview), action));
  return http::see_other(page_of(request.say, run.id));
}

Reply refused_rows(Request& request) {
  auto const opened = open_own(request);
  auto content = opened.run.refused ? Files(request.services.config).read(opened.run.id, Files::What::refused) : std::nullopt;
  if (!content) throw Problem(Failure::not_found, message("There is no file of refused rows (any more): it is kept for seven days."));
  auto const name = std::string("birge-refused.") + (opened.run.workbook ? "xlsx" : "csv");
  return http::download(std::move(*content), opened.run.workbook ? sheet::workbook_type : "text/csv; charset=utf-8", name);
}

Reply undo_page(Request& request) {
  auto const opened = open(request);
  auto const& say = request.say;
  auto const& run = opened.run;
  // The page of the import says why.
  if (!run.undoable(request.now) || closed_to_undo(request.read(), run)) return http::see_other(page_of(say, run.id));
  auto const count = would_undo(request.read(), *opened.known, run, opened.person, request.now);
  Html body;
  body.add("<p>{}</p>",
           say.plural("{} activity goes back to what it was: added ones are taken out, changed ones get their former values.",
                      "{} activities go back to what they were: added ones are taken out, changed ones get their former values.", count.undone));
  if (count.left > 0)
    body.add("<p>{}</p>", say.plural("{} stays as it is, because somebody changed it or built on it since. It will be listed.",
                                     "{} stay as they are, because somebody changed them or built on them since. They will be listed.", count.left));
  if (Store(request.read()).brought_organisations(run.id))
    body.add("<p>{}</p>", say("Organisations that came in with it are taken out too, unless something refers to them by now."));
  auto const form = site::form(
      request, say.path("/work/import/{}/undo", run.id),
      html(
          "<input type=\"hidden\" name=\"step\" value=\"{}\"><div class=\"actions\"><button class=\"button\">{}</button><a class=\"button second\" href=\"{}\">{}</a></div>",
          run.step, say("Take the whole import back"), page_of(say, run.id), say("Leave it as it is")));
  return intake_page(request, say("Take an import back"),
                     html("{}<section class=\"narrow\"><h1>{}</h1>{}{}</section>", crumb(say), say("Take the import back?"), body, form), Status::ok,
                     opened.known->edition(run.edition));
}

Reply undo_now(Request& request) {
  auto const opened = open(request);
  auto const& run = opened.run;
  if (run.undoable(request.now))
    request.write([&](db::Tx& tx) {
      if (Store(tx).find(run.id)->step != step_of(request)) return;  // sent twice
      if (closed_to_undo(tx, run)) throw Problem(Failure::conflict, closed_to_undo_message());
      begin_undo(tx, run.id, opened.person.id);
      start(tx, request, run, step_of(request), State::undoing, "import_undo");
    });
  return http::see_other(page_of(request.say, run.id));
}

}  // namespace birge::intake
