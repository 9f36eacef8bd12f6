#include "features/board/board_view.hpp"

#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/board/board_table.hpp"
#include "features/site/workspace.hpp"
#include "features/work/plan/plan_fields.hpp"
#include "features/work/work.hpp"
#include "platform/http/static_files.hpp"

namespace birge::board {

namespace view = activity::view;
namespace fields = work::fields;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string with_query(std::string const& path, http::Parameters const& query) {
  auto const encoded = query.encoded();
  return encoded.empty() ? path : path + "?" + encoded;
}

/// Whoever coordinates nothing has a part of the country as well: where the own organisation sits, with all that it holds.
std::string_view part_words(Look const& look) {
  auto const& say = look.say;
  return look.viewer.sight().coordinates.empty() ? say("In my region or of my organisation") : say("In my part of the country");
}

/// What a choice in the address is called.
std::string words_of(Look const& look, std::string_view name, std::string const& value) {
  auto const& say = look.say;
  auto const& known = *look.known;
  if (name == "state") return say(work::state_name(activity::state_of(value).value()));
  if (name == "late") return std::string(say("Result late"));
  if (name == "unapproved") return std::string(say("Not approved before it was held"));
  if (name == "own") return std::string(say("Of my organisation"));
  if (name == "part") return std::string(part_words(look));
  if (name == "lead") return std::string(say("Led by this organisation"));
  if (name == "result")
    if (auto const which = punctual_of(value)) return say(board::name(*which));
  if (name == "kind") return view::kind_name(say, known, value);
  if (name == "other_than") return view::other_kinds(say, known, look.selection.filter.other_than);
  if (name == "several") return say(activity::name(look.selection.filter.several));
  if (name == "place") {
    if (look.selection.nowhere) return std::string(say("National, online, in several places"));
    if (auto const reach = activity::reach_of(value)) return say(activity::name(*reach));
    auto const* place = known.places->by_code(value);
    return place ? known.places->name(place->id, say.language()).text : value;
  }
  if (name == "organisation") {
    auto const found = known.organisation_slugs.find(value);
    return found == known.organisation_slugs.end() ? value : view::organisation_name(say, known, found->second);
  }
  if (name == "topic" || name == "audience")
    return value == activity::not_said ? std::string(say("Not said")) : known.codes.name(name, value, say.language());
  if (auto const day = Day::parse(value)) {
    if (name == "from") return say("from {}", *day);
    if (name == "until") return say("until {}", *day);
    return say.date_range(*day, day->plus(6));
  }
  return value;
}

http::Parameters query_in_edition(Look const& look, Selection const& selection) {
  auto list = query_of(selection, *look.known, look.edition.id).list();
  if (look.names_edition()) list.insert(list.begin(), {"edition", look.edition.slug});
  return http::Parameters::of(std::move(list));
}

/// A view of this edition without any filter.
Url plain_address(Look const& look, std::string_view path) {
  Selection none;
  none.filter.edition = look.edition.id;
  return look.address_of(none, path);
}

/// What is chosen, each with the link that takes it away.
Html chips(Look const& look, FilterForm const& form) {
  auto const chosen = query_of(look.selection, *look.known, look.edition.id).list();
  Html list;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    auto rest = chosen;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    if (look.names_edition()) rest.insert(rest.begin(), {"edition", look.edition.slug});
    rest.insert(rest.end(), form.kept.begin(), form.kept.end());
    auto const path = std::string("/") + std::string(look.say.code()) + std::string(form.path);
    list.add("<li><a class=\"chip on\" href=\"{}\">{} {}<span class=\"heard\">{}</span></a></li>",
             own_path(with_query(path, http::Parameters::of(std::move(rest)))), words_of(look, chosen[i].first, chosen[i].second),
             site::icon("cross"), look.say("(take away)"));
  }
  if (list.empty()) return {};
  return html("<ul class=\"chips\" aria-label=\"{}\">{}</ul>", look.say("Chosen filters"), list);
}

Html option(std::string_view value, std::string_view chosen, std::string_view text) {
  return html("<option value=\"{}\" {}>{}</option>", value, BIRGE_WHEN(value == chosen, "selected"), text);
}

Html select(std::string_view name, std::string_view label, std::string_view all, Html const& options) {
  return html("<div class=\"field\"><label for=\"f-{}\">{}</label><select id=\"f-{}\" name=\"{}\"><option value=\"\">{}</option>{}</select></div>",
              name, label, name, name, all, options);
}

Html place_options(Look const& look, std::string_view chosen) {
  auto const& say = look.say;
  Html options;
  for (auto const* region : look.known->places->regions()) {
    auto const name = look.known->places->name(region->id, say.language()).text;
    Html inside = option(region->code, chosen, name);
    for (auto const* district : look.known->places->children(region->id))
      inside += option(district->code, chosen, look.known->places->name(district->id, say.language()).text);
    options.add("<optgroup label=\"{}\">{}</optgroup>", name, inside);
  }
  for (auto const reach : {activity::Reach::national, activity::Reach::online, activity::Reach::several})
    options += option(activity::code(reach), chosen, say(activity::name(reach)));
  options += option(no_region, chosen, say("National, online, in several places"));
  return options;
}

Html result_options(Look const& look) {
  Html options;
  auto const chosen = look.selection.punctual ? code(*look.selection.punctual) : std::string_view();
  for (auto const which : {work::Punctual::due, work::Punctual::in_time, work::Punctual::late, work::Punctual::missing})
    options += option(code(which), chosen, look.say(board::name(which)));
  return options;
}

Html code_options(Look const& look, char const* list, std::string_view chosen) {
  Html options;
  for (auto const& code : look.known->codes.list(list)) options += option(code.code, chosen, code.name(look.say.language()));
  return options;
}

/// Those of the edition, sample ones in a sample and real ones elsewhere, by name.
Html organisation_options(Look const& look, std::string_view chosen) {
  std::vector<std::pair<std::string, std::string>> list;
  for (auto const& [id, organisation] : look.known->organisations)
    if (organisation.sample == look.edition.sample || organisation.slug == chosen)
      list.emplace_back(organisation.short_name(look.say.language()), organisation.slug);
  std::ranges::sort(list, [&](auto const& a, auto const& b) { return look.say.compare(a.first, b.first) < 0; });
  Html options;
  for (auto const& [name, slug] : list) options += option(slug, chosen, name);
  return options;
}

Html box(std::string_view name, std::string_view value, std::string_view label, bool on) {
  return html("<label class=\"choice\"><input type=\"checkbox\" name=\"{}\" value=\"{}\" {}> {}</label>", name, value, BIRGE_WHEN(on, "checked"),
              label);
}

Html boxes(Look const& look, FilterForm const& form) {
  auto const& say = look.say;
  Html out;
  if (form.states) {
    Html states;
    for (auto const state : life) {
      bool const on = std::ranges::find(look.selection.states, state) != look.selection.states.end();
      states += box("state", activity::code(state), say(work::state_name(state)), on);
    }
    out.add("<fieldset class=\"field boxes\"><legend>{}</legend>{}</fieldset>", say("State"), states);
  }
  Html others = box("late", "1", say("Result late"), look.selection.late);
  others += box("unapproved", "1", say("Not approved before it was held"), look.selection.unapproved);
  if (!look.viewer.sight().organisations.empty()) others += box("own", "1", say("Of my organisation"), look.selection.own);
  if (look.selection.part || !look.viewer.sight().coordinates.empty()) others += box("part", "1", part_words(look), look.selection.part);
  if (look.selection.filter.organisation) others += box("lead", "1", say("Led by this organisation"), look.selection.led);
  out.add("<fieldset class=\"field boxes\"><legend>{}</legend>{}</fieldset>", say("Only"), others);
  return out;
}

}  // namespace

std::string chosen_in_words(Look const& look) {
  std::string text;
  auto const chosen = query_of(look.selection, *look.known, look.edition.id);
  for (auto const& [name, value] : chosen.list()) {
    if (!text.empty()) text += "; ";
    text += words_of(look, name, value);
  }
  return text;
}

bool Look::names_edition() const { return known->current(request.now) != &edition; }

http::Parameters Look::query() const { return query_in_edition(*this, selection); }

Url Look::address_of(Selection const& chosen, std::string_view path, Pairs const& more) const {
  auto list = query_in_edition(*this, chosen).list();
  list.insert(list.end(), more.begin(), more.end());
  return own_path(with_query("/" + std::string(say.code()) + std::string(path), http::Parameters::of(std::move(list))));
}

Url Look::address(std::string_view path, Pairs const& more) const { return address_of(selection, path, more); }

Look look(Request& request, http::Parameters const& query) {
  auto known = site::facts(request);
  auto const& person = account::person(request);
  auto const& edition = site::chosen_edition(request, *known, query);
  auto const today = known->today(request.now);
  auto read = read_selection(query, *known, edition.id);
  auto const names = account::may_everywhere(person, account::Permission::see_names);
  return {request,
          request.say,
          std::move(known),
          person,
          edition,
          today,
          names,
          work::Viewer(request.read(), person, today),
          std::move(read.selection),
          std::move(read.faults)};
}

Look look(Request& request) { return look(request, request.query); }

Html top(Look const& look, std::string_view heading, std::string_view back) {
  auto const& say = look.say;
  Html out = html("<p class=\"above\">{}</p><h1>{}</h1>", look.edition.name(say.language()), heading);
  out += site::work_tabs(look.request, look.request.local_path, look.query().encoded());
  out += work::done_notice(look.request, back);
  for (auto const& fault : look.faults)
    out.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("warning"), say(fault.message));
  return out;
}

Html filters(Look const& look, FilterForm const& form) {
  auto const& say = look.say;
  auto const& filter = look.selection.filter;
  auto const chosen = query_of(look.selection, *look.known, look.edition.id);
  Html body;
  for (auto const& [name, value] : form.kept) body += fields::hidden(name, value);
  if (look.names_edition()) body += fields::hidden("edition", look.edition.slug);
  body.add("<div class=\"field\"><label for=\"f-q\">{}</label><input type=\"search\" id=\"f-q\" name=\"q\" maxlength=\"200\" value=\"{}\"></div>",
           say("Words in the title or place"), filter.text);
  body += select("place", say("Where"), say("Everywhere"), place_options(look, chosen.get("place")));
  body += select("kind", say("Kind of activity"), say("Every kind"), code_options(look, "kind", filter.kind));
  body += select("topic", say("About what"), say("Every topic"), code_options(look, "topic", filter.topic));
  body += select("organisation", say("Who holds it"), say("Everybody"), organisation_options(look, chosen.get("organisation")));
  body += select("result", say("When did the result come?"), say.in_context("filter", "All"), result_options(look));
  if (form.days)
    body.add(
        "<div class=\"pair\"><div class=\"field short\"><label for=\"f-from\">{}</label><input type=\"date\" id=\"f-from\" name=\"from\" value=\"{}\"></div>"
        "<div class=\"field short\"><label for=\"f-until\">{}</label><input type=\"date\" id=\"f-until\" name=\"until\" value=\"{}\"></div></div>",
        say("From"), filter.from ? filter.from->iso() : "", say("Until"), filter.until ? filter.until->iso() : "");
  auto const path = own_path("/" + std::string(say.code()) + std::string(form.path));
  auto const count = static_cast<std::int64_t>(chosen.list().size());
  return html(
      "{}<details class=\"selection\"><summary>{} {} {}</summary><form method=\"get\" action=\"{}\"><div class=\"choices\">{}</div>{}"
      "<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div></form></details>",
      chips(look, form), site::icon("filter"), say("Filter"),
      count > 0 ? html("<span class=\"soft\">{}</span>", say.plural("{} chosen", "{} chosen", count)) : Html(), path, body, boxes(look, form),
      say("Show"), plain_address(look, form.path), say("Take all away"));
}

Html state_tag(Say const& say, State state) {
  return html("<span class=\"tag {}\">{} {}</span>", work::state_class(state), site::icon(work::state_icon(state)), say(work::state_name(state)));
}

std::string late_text(Look const& look, Row const& row) {
  if (!row.late(look.today)) return {};
  return look.say("Result was due on {}", row.due_day);
}

std::string late_since(Look const& look, Row const& row) {
  if (!row.late(look.today)) return {};
  return look.say("since {}", look.say.day_and_month(row.due_day));
}

Html marks(Look const& look, Row const& row) {
  auto const& say = look.say;
  Html out;
  auto const mark = [&](std::string_view kind, std::string_view icon, std::string_view text) {
    out.add(" <span class=\"tag {}\">{} {}</span>", kind, site::icon(icon), text);
  };
  if (row.late(look.today)) mark("attention", "clock", say("Late since {}", say.day_and_month(row.due_day)));
  bool const waits = row.the_state() == State::proposed && row.escalates && *row.escalates <= look.today;
  if (waits) mark("attention", "clock", say("Unanswered for more than five working days"));
  if (row.moved_from_day) mark("", "moved", say("Moved from {}", *row.moved_from_day));
  if (row.visibility != "public") mark("", "lock", say("Coalition only"));
  if (row.unapproved)
    mark("attention", "info",
         row.the_state() == State::approved ? say("It was approved only after its day.") : say("Nobody approved it before it was held."));
  return out;
}

std::string when_text(Look const& look, Row const& row) {
  auto text = view::day_text(look.say, row.day, row.end_day, activity::precision_of(row.precision).value());
  if (auto const hours = view::hours(look.say, row.start_minutes, row.end_minutes); !hours.empty()) text += ", " + hours;
  return text;
}

std::string where_text(Look const& look, Row const& row) {
  return view::place_text(look.say, *look.known, activity::reach_of(row.reach).value(), row.place, row.village);
}

Html title_of(Look const& look, Row const& row) { return site::in_language(look.request, row.title, row.language); }

Html nothing(Look const& look, std::string_view path) {
  auto const& say = look.say;
  bool const filtered = !query_of(look.selection, *look.known, look.edition.id).list().empty();
  Html next;
  if (filtered) next.add("<p><a class=\"button\" href=\"{}\">{}</a></p>", plain_address(look, path), say("Take the filters away"));
  else if (work::can_begin(look.request.read(), look.person, *look.known, look.request.now))
    next.add("<p><a class=\"button\" href=\"{}\">{}</a></p>", say.path("/work/activities/new"), say("New activity"));
  return html("<section class=\"empty\"><h2>{}</h2><p>{}</p>{}</section>", say("Nothing to show"),
              filtered ? say("No activity that you may see fits these filters.")
                       : say("Here you see every activity of the edition that you may see. None has been entered yet."),
              next);
}

Reply view_page(Look const& look, std::string_view title, Html const& main, Status status) {
  return work::work_page(look.request, title, html("<script src=\"{}\" defer></script>{}", http::static_url("web/board.js"), main), status,
                         "work_calendar", &look.edition);
}

}  // namespace birge::board
