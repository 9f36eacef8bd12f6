#include <algorithm>
#include <array>
#include <set>

#include "features/campaign/campaign_editing.hpp"
#include "features/intake/intake_view.hpp"
#include "platform/base/number.hpp"

/// The rows of a file before they are stored, with what is wrong beside the cells.
namespace birge::intake {

using exchange::Fate;
using exchange::Finding;

namespace {

constexpr std::size_t rows_at_once = 20;
constexpr int controls_at_most = 140;  // a form may have 200 fields
constexpr std::size_t organisations_at_most = 40;

struct Choice {
  Show show;
  std::string_view code;
};
constexpr auto shows = std::to_array<Choice>({{Show::all, "all"},
                                              {Show::problems, "problems"},
                                              {Show::added, "new"},
                                              {Show::changed, "changed"},
                                              {Show::unchanged, "unchanged"},
                                              {Show::skipped, "skipped"},
                                              {Show::blocked, "errors"}});

bool shows_row(Show show, Mark const& mark) {
  switch (show) {
    case Show::all: return true;
    case Show::problems: return mark.problem;
    case Show::added: return mark.fate == Fate::add;
    case Show::changed: return mark.fate == Fate::update;
    case Show::unchanged: return mark.fate == Fate::unchanged;
    case Show::skipped: return mark.fate == Fate::skip;
    case Show::blocked: return mark.fate == Fate::block;
  }
  return true;
}

/// What one page of a preview needs to draw its rows.
struct Drawing {
  Request& request;
  Say const& say;
  Opened const& opened;
  Preview const& preview;
  Fixes const& fixes;
  std::map<std::string, std::string> near;
  int controls = 0;

  bool room() { return controls++ < controls_at_most; }
};

std::string text_of(std::vector<std::string> const& list) {
  std::string text;
  for (auto const& each : list) text += (text.empty() ? "" : "; ") + each;
  return text;
}

Html fate_tag(Say const& say, Fate fate) {
  switch (fate) {
    case Fate::add: return html("<span class=\"tag info\">{}</span>", say("new"));
    case Fate::update: return html("<span class=\"tag info\">{}</span>", say("changed"));
    case Fate::unchanged: return html("<span class=\"tag\">{}</span>", say("unchanged"));
    case Fate::skip: return html("<span class=\"tag\">{}</span>", say("skipped"));
    case Fate::block: return html("<span class=\"tag danger\">{} {}</span>", site::icon("warning"), say("error"));
  }
  return {};
}

/// What is wrong, in a sentence. An organisation that nobody knows is decided higher up on the page, not by reading the file in another way.
std::string words_of(Say const& say, Remark const& remark) {
  if (remark.code == "unknown_organisation" && !remark.name.empty())
    return say("The coalition has no such organisation: {}. Correct the name, or answer above what to do with it.", remark.name);
  return say(remark.expected) + (remark.suggestion.empty() ? "" : " " + say(remark.suggestion));
}

Html sentence(Say const& say, Remark const& remark) {
  auto const text = words_of(say, remark);
  switch (remark.severity) {
    case Finding::Severity::error: return html("<p class=\"fault\">{} <span>{}</span></p>", site::icon("warning"), text);
    case Finding::Severity::warning: return html("<p class=\"doubt\">{} <span>{}</span></p>", site::icon("question"), text);
    case Finding::Severity::note: break;
  }
  return html("<p class=\"soft\">{}</p>", text);
}

/// The question whether a row is the stored activity that is nearly the same.
Html near_question(Drawing& drawing, PreviewRow const& row, Remark const& remark) {
  auto const& say = drawing.say;
  if (!drawing.room()) return {};
  auto const field = "near." + near_subject(row.table, row.number);
  auto const answered = drawing.near.find(near_subject(row.table, row.number));
  auto const chosen = answered == drawing.near.end() ? std::string("?") : answered->second;
  auto const id = id_text(remark.near);
  return html(
      "<fieldset class=\"field\"><legend>{}</legend><label class=\"choice\"><input type=\"radio\" name=\"{}\" value=\"{}\" {}> <span>{}</span></label>"
      "<label class=\"choice\"><input type=\"radio\" name=\"{}\" value=\"other\" {}> <span>{}</span></label>"
      "<p><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p></fieldset>",
      say("Is it the same activity?"), field, id, BIRGE_WHEN(chosen == id, "checked"), say("Yes, this row changes it"), field,
      BIRGE_WHEN(chosen.empty(), "checked"), say("No, it is another one"), say.path("/work/activities/{}", remark.near), say("The stored activity"));
}

Html choice_buttons(Say const& say, std::string const& field, Remark const& remark) {
  Html buttons;
  for (auto const& choice : remark.choices)
    buttons.add("<button class=\"chip\" name=\"use\" value=\"{}|{}\"><span class=\"heard\">{}</span> {}</button>", field, choice, say("Put here:"),
                choice);
  return buttons.empty() ? Html() : html("<p class=\"choices-here\">{}</p>", buttons);
}

/// A cell with something to say about it: an input, what is wrong, and what could stand there instead.
Html wrong_cell(Drawing& drawing, PreviewRow const& row, std::size_t column, std::string const& header) {
  auto const& say = drawing.say;
  CellName const cell{row.table, row.number, column};
  auto const fixed = drawing.fixes.find(cell);
  auto const text = fixed != drawing.fixes.end() ? fixed->second : column < row.cells.size() ? row.cells[column] : std::string();
  Html said, buttons, questions;
  auto const field = fix_field(cell);
  bool to_correct = false;
  for (auto const& remark : row.remarks) {
    if (remark.column != column) continue;
    said += sentence(say, remark);
    if (remark.near) questions += near_question(drawing, row, remark);
    else to_correct |= remark.severity != Finding::Severity::note;
    if (remark.name.empty()) buttons += choice_buttons(say, field, remark);  // names of organisations are decided once for all rows
  }
  if (!to_correct || !drawing.room()) return html("{}{}{}", text, said, questions);
  return html("<input name=\"{}\" value=\"{}\" aria-label=\"{}\" aria-describedby=\"{}-said\" autocomplete=\"off\"><div id=\"{}-said\">{}</div>{}{}",
              field, text, say("Row {}, {}", std::to_string(row.number), header), field, field, said, buttons, questions);
}

/// The columns worth a place: the first one, by which rows are known; then those with something to look at, so that nobody scrolls for them; then
/// whatever else was understood.
std::vector<std::size_t> columns_of(exchange::SeenTable const& table, std::vector<PreviewRow> const& rows) {
  std::set<std::size_t> understood, said;
  for (std::size_t i = 0; i < table.understood.size(); ++i)
    if (table.understood[i]) understood.insert(i);
  for (auto const& row : rows)
    for (auto const& remark : row.remarks)
      if (row.table == table.table && remark.column && *remark.column < table.headers.size()) said.insert(*remark.column);
  std::vector<std::size_t> columns;
  if (!understood.empty()) columns.push_back(*understood.begin());
  for (auto const* list : {&said, &understood})
    for (auto const column : *list)
      if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
  return columns;
}

Html row_html(Drawing& drawing, PreviewRow const& row, exchange::SeenTable const& table, std::vector<std::size_t> const& columns) {
  auto const& say = drawing.say;
  Html whole;
  for (auto const& remark : row.remarks)
    if (!remark.column || *remark.column >= table.headers.size()) whole += sentence(say, remark);
  Html cells;
  for (auto const column : columns) {
    auto const& header = table.headers[column];
    bool const said = std::ranges::any_of(row.remarks, [&](Remark const& remark) { return remark.column == column; });
    auto const text = column < row.cells.size() ? row.cells[column] : std::string();
    auto const fixed = drawing.fixes.find({row.table, row.number, column});
    if (said) cells.add("<td class=\"said\" data-label=\"{}\"><div>{}</div></td>", header, wrong_cell(drawing, row, column, header));
    else if (fixed != drawing.fixes.end()) cells.add("<td data-label=\"{}\">{}</td>", header, fixed->second);
    else if (text.empty()) cells.add("<td></td>");
    else cells.add("<td data-label=\"{}\">{}</td>", header, text);
  }
  return html("<tr id=\"row-{}-{}\"><th scope=\"row\"><span>{}</span> {}{}</th>{}</tr>", std::to_string(row.table), std::to_string(row.number),
              std::to_string(row.number), fate_tag(say, row.fate), whole, cells);
}

Html tables_html(Drawing& drawing, std::vector<PreviewRow> const& rows) {
  auto const& say = drawing.say;
  Html out;
  for (auto const& table : drawing.preview.tables) {
    if (std::ranges::none_of(rows, [&](PreviewRow const& row) { return row.table == table.table; })) continue;
    auto const columns = columns_of(table, rows);
    Html head, body;
    for (auto const column : columns) head.add("<th scope=\"col\">{}</th>", table.headers[column]);
    for (auto const& row : rows)
      if (row.table == table.table) body += row_html(drawing, row, table, columns);
    auto const caption = table.sheet.empty() ? std::string(say("Rows of the file")) : say("Rows of sheet “{}”", table.sheet);
    out.add(
        "<div class=\"scroll intake\"><table class=\"stack\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>",
        caption, say("Row"), head, body);
  }
  return out;
}

Url shown_as(Say const& say, RunId id, Show show, std::size_t from = 0) {
  return own_path(std::string(page_of(say, id).text()) + "?show=" + std::string(code(show)) + (from > 0 ? "&from=" + std::to_string(from) : "") +
                  "#rows");
}

Html numbers(Say const& say, Run const& run) {
  Html list;
  auto const add = [&](int number, std::string_view word, Show show) {
    if (number > 0 || show == Show::all)
      list.add("<li><a href=\"{}\"><b>{}</b><span>{}</span></a></li>", shown_as(say, run.id, show), say.number(number), word);
  };
  add(run.rows_read, say.plural("row read", "rows read", run.rows_read), Show::all);
  add(run.added, say.plural("new row", "new rows", run.added), Show::added);
  add(run.updated, say("changed"), Show::changed);
  add(run.unchanged, say("unchanged"), Show::unchanged);
  add(run.skipped, say("skipped: totals, headings, repeated rows"), Show::skipped);
  add(run.blocked, say("with errors"), Show::blocked);
  return html("<ul class=\"numbers\">{}</ul>", list);
}

/// What concerns the file and not one row.
Html about_file(Drawing const& drawing) {
  auto const& say = drawing.say;
  auto const& preview = drawing.preview;
  Html list;
  if (!preview.understood.empty()) list.add("<li>{}</li>", say("Read as: {}.", preview.understood));
  if (!preview.unknown_columns.empty()) list.add("<li>{}</li>", say("Columns that were not read: {}.", text_of(preview.unknown_columns)));
  if (!preview.new_organisations.empty()) list.add("<li>{}</li>", say("New organisations: {}.", text_of(preview.new_organisations)));
  for (auto const& remark : preview.of_file) {
    auto const sheet = remark.sheet.empty() ? std::string() : say("sheet “{}”", remark.sheet) + ": ";
    list.add("<li class=\"{}\">{}{} {}</li>", remark.severity == Finding::Severity::error ? "fault" : "", sheet, say(remark.expected),
             say(remark.suggestion));
  }
  if (preview.left_out > 0)
    list.add("<li>{}</li>", say("Nearly everything is wrong here, so not every finding is shown: correct the table itself and upload it again."));
  return list.empty() ? Html() : html("<section><h2>{}</h2><ul>{}</ul></section>", say("The file"), list);
}

Html organisations(Drawing const& drawing) {
  auto const& say = drawing.say;
  auto const& unknown = drawing.preview.unknown;
  if (unknown.empty()) return {};
  auto const answers = Store(drawing.request.read()).answers(drawing.opened.run.id, "organisation");
  bool const may_create = may_create_organisations(drawing.opened.person);
  Html fields;
  for (std::size_t i = 0; i < std::min(unknown.size(), organisations_at_most); ++i) {
    auto const& each = unknown[i];
    auto const answer = answers.find(each.name);
    site::Options options{{"", std::string(say("Not decided"))}};
    for (std::size_t c = 0; c < each.choices.size(); ++c) options.emplace_back("c" + std::to_string(c), say("It is {}", each.choices[c]));
    if (may_create) options.emplace_back("new", std::string(say("Take it into the register as a new organisation")));
    fields += site::select_field(say,
                                 {.name = "organisation." + std::to_string(i),
                                  .label = say("“{}”", each.name),
                                  .value = answer != answers.end() && answer->second.empty() ? "new" : "",
                                  .hint = say.plural("in {} row", "in {} rows", each.rows)},
                                 options, {});
  }
  Html rest;
  if (unknown.size() > organisations_at_most)
    rest = html("<p>{}</p>", say.plural("{} more name comes after these are decided.", "{} more names come after these are decided.",
                                        static_cast<std::int64_t>(unknown.size() - organisations_at_most)));
  return html("<section class=\"narrow\"><h2>{}</h2><p>{}</p>{}{}</section>", say("Organisations nobody knows by this name"),
              say("Your answer holds for every row with the name."), fields, rest);
}

Html filter(Say const& say, RunId id, Section const& section) {
  Html list;
  auto const add = [&](Show show, std::string_view word) {
    list.add("<li><a href=\"{}\" {}>{}</a></li>", shown_as(say, id, show), BIRGE_WHEN(section.show == show, "aria-current=\"true\""), word);
  };
  add(Show::problems, say("Only with problems"));
  add(Show::all, say("All rows"));
  return html("<ul class=\"chips\">{}</ul>", list);
}

/// Pages of rows. Going on is a button of the form, so that nothing typed is lost on the way.
Html pages(Say const& say, Section const& section) {
  if (section.all == 0) return html("<p>{}</p>", say("There are no such rows."));
  auto const where = say("Rows {} to {} of {}", static_cast<std::int64_t>(section.from + 1), static_cast<std::int64_t>(section.until),
                         static_cast<std::int64_t>(section.all));
  Html buttons;
  if (section.from > 0) buttons.add("<button class=\"button second\" name=\"do\" value=\"previous\">{}</button>", say("Keep and go back"));
  if (section.until < section.all) buttons.add("<button class=\"button second\" name=\"do\" value=\"next\">{}</button>", say("Keep and go on"));
  return html("<div class=\"actions\"><p>{}</p>{}</div>", where, buttons);
}

Html private_warning(Request const& request, Say const& say, Run const& run, std::vector<Fault> const& faults) {
  if (run.private_rows == 0) return {};
  bool const missing = std::ranges::any_of(faults, [](Fault const& fault) { return fault.field == "seen_private"; });
  return site::notice(
      site::Notice::danger,
      html(
          "<p><b>{}</b></p><p>{} <a href=\"{}\">{}</a></p><label class=\"{}\"><input type=\"checkbox\" id=\"seen_private\" name=\"seen_private\" value=\"1\" {}> {}</label>",
          say.plural("{} row seems to hold a telephone number, personal number or e-mail address in a text that everybody can read.",
                     "{} rows seem to hold a telephone number, personal number or e-mail address in a text that everybody can read.",
                     run.private_rows),
          say("Data of people does not belong there, a personal number never."), shown_as(say, run.id, Show::problems), say("Look at them"),
          missing ? "choice wrong" : "choice", BIRGE_WHEN(request.form.get("seen_private") == "1", "checked"),
          say("I looked at them: what is left may be public.")));
}

Html store_part(Drawing const& drawing, std::vector<Fault> const& faults) {
  auto const& say = drawing.say;
  auto const& run = drawing.opened.run;
  auto const good = run.added + run.updated;
  Html buttons;
  if (good == 0) buttons.add("<p>{}</p>", run.blocked > 0 ? say("No row can be stored yet.") : say("Everything in the file is stored already."));
  else if (run.blocked == 0)
    buttons.add("<button class=\"button\" name=\"do\" value=\"store\">{}</button>", say.plural("Store {} row", "Store {} rows", good));
  else
    buttons.add("<button class=\"button\" name=\"do\" value=\"partial\">{}</button>",
                say.plural("Store the {} good row alone", "Store the {} good rows alone", good));
  Html explained;
  if (run.blocked > 0 && good > 0)
    explained = html("<p>{}</p>",
                     say("Either correct every error, and all rows are stored together; or store the good ones now, and get the others back as a "
                         "file of the same kind with the reasons."));
  return html("<section id=\"store\"><h2>{}</h2>{}{}<div class=\"actions\">{}</div></section>", say("Store"),
              private_warning(drawing.request, say, run, faults), explained, buttons);
}

}  // namespace

std::string_view code(Show show) { return std::ranges::find(shows, show, &Choice::show)->code; }

std::string fix_field(CellName const& cell) {
  auto const [table, row, column] = cell;
  return "fix." + std::to_string(table) + "." + std::to_string(row) + "." + std::to_string(column);
}

Section section_of(http::Parameters const& parameters, Preview const& preview) {
  Section section;
  auto const wanted = std::ranges::find(shows, parameters.get("show"), &Choice::code);
  bool const any_problem = std::ranges::any_of(preview.marks, &Mark::problem);
  section.show = wanted != shows.end() ? wanted->show : any_problem ? Show::problems : Show::all;
  section.from = whole_number<std::size_t>(parameters.get("from")).value_or(0) / rows_at_once * rows_at_once;
  for (auto const& mark : preview.marks) {
    if (!shows_row(section.show, mark)) continue;
    if (section.all >= section.from && section.marks.size() < rows_at_once) section.marks.push_back(mark);
    ++section.all;
  }
  section.until = section.from + section.marks.size();
  return section;
}

Html preview_part(Request& request, Opened const& opened, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  auto const& run = opened.run;
  Files const files(request.services.config);
  auto const preview = read_preview(files, run.id);
  if (!preview) throw Problem(Failure::gone, message("The uploaded file is no longer there. Please upload it again."));
  auto const section = section_of(faults.empty() ? request.query : request.form, *preview);
  Store store(request.read());
  auto const fixes = store.fixes(run.id);
  Drawing drawing{request, say, opened, *preview, fixes, store.answers(run.id, "near")};
  auto const rows = read_rows(files, run.id, section.marks);
  Html form;
  form.add(
      "<input type=\"hidden\" name=\"step\" value=\"{}\"><input type=\"hidden\" name=\"show\" value=\"{}\"><input type=\"hidden\" name=\"from\" value=\"{}\">",
      run.step, code(section.show), std::to_string(section.from));
  form += organisations(drawing);
  auto const check = html("<button class=\"button\" name=\"do\" value=\"check\">{}</button>", say("Keep and check again"));
  form.add("<section id=\"rows\"><h2>{}</h2>{}<div class=\"actions\">{}</div>{}{}<div class=\"actions\">{}</div></section>", say("Rows"),
           filter(say, run.id, section), check, tables_html(drawing, rows), pages(say, section), check);
  form += store_part(drawing, faults);
  Html notes;
  if (campaign::closed(request.read(), run.edition))
    notes += site::notice(site::Notice::attention, html("<p>{}</p>", say(campaign::closed_message())));
  if (!run.failure.empty()) notes += site::notice(site::Notice::attention, html("<p>{}</p>", say(run.failure)));
  if (request.query.get("read_first") == "1" && faults.empty())
    notes += site::notice(
        site::Notice::attention,
        html("<p>{}</p>", say("Your corrections were read first, and nothing is stored yet: look at the rows once more, then store them.")));
  auto const rest = html(
      "<div class=\"actions\"><button class=\"quiet\" name=\"do\" value=\"reset\">{}</button><button class=\"quiet\" name=\"do\" value=\"put_away\">{}</button></div>",
      say("Forget my corrections and answers"), say("Delete the upload without storing anything"));
  return html("{}{}{}{}{}{}<p class=\"soft\">{}</p>", site::fault_summary(say, faults), notes, numbers(say, run), about_file(drawing),
              site::form(request, page_of(say, run.id), form),
              site::form(request, page_of(say, run.id), html("<input type=\"hidden\" name=\"step\" value=\"{}\">{}", run.step, rest)),
              say("The upload waits for seven days; nobody but you can see it."));
}

}  // namespace birge::intake
