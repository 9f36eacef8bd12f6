#include "features/trust/trust_pages.hpp"

#include <limits>
#include <map>

#include "features/account/directory.hpp"
#include "features/audit/log.hpp"
#include "features/site/site.hpp"
#include "features/trust/trust_words.hpp"
#include "platform/base/number.hpp"

namespace birge::trust {

namespace {

constexpr int rows_a_page = 50;

struct Asked {
  audit::LogFilter filter;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::string from, until;  ///< as typed
  std::vector<Fault> faults;
};

/// What the address asks for. A value that cannot be read is told and left out, never silently.
Asked read_address(Request const& request, std::string const& time_zone) {
  Asked asked;
  auto const& query = request.query;
  asked.filter.object = query.get("object");
  asked.filter.action = query.get("action");
  auto const id = [&](char const* name, std::optional<std::int64_t>& into) {
    auto const text = query.get(name);
    if (text.empty()) return;
    into = parse_id(text);
    if (!into) asked.faults.push_back({name, message("“{}” is no id.", text)});
  };
  id("id", asked.filter.object_id);
  id("person", asked.filter.person);
  auto const day = [&](char const* name, std::string& typed, int more, std::optional<Instant>& into) {
    typed = query.get(name);
    if (typed.empty()) return;
    if (auto const found = Day::parse(typed)) into = instant_of(found->plus(more), 0, time_zone);
    else asked.faults.push_back({name, message("“{}” is not a date. Write it like 2018-09-14.", typed)});
  };
  day("from", asked.from, 0, asked.filter.from);
  day("until", asked.until, 1, asked.filter.until);
  if (auto const before = query.get("before"); !before.empty()) {
    if (auto const number = whole_number<std::int64_t>(before)) asked.before = *number;
    else asked.faults.push_back({"before", message("“{}” is no number of an entry.", before)});
  }
  return asked;
}

/// Names of those who acted on one page of the log.
class People {
public:
  People(Request& request, std::vector<audit::Row> const& rows) {
    std::vector<account::PersonId> wanted;
    for (auto const& row : rows)
      for (auto const id : {row.person, row.on_behalf})
        if (id != 0) wanted.push_back({id});
    known_ = account::who(request.read(), wanted);
  }
  std::string name(Request const& request, std::int64_t id) const {
    auto const found = known_.find(id);
    auto text = found == known_.end() ? std::string() : account::shown(request.say, found->second, "", account::maybe_person(request));
    return text.empty() ? std::string(request.say("somebody who left")) : text;
  }

private:
  std::map<std::int64_t, account::Who> known_;
};

Html actor(Request& request, campaign::Facts const& facts, People const& people, audit::Row const& row) {
  auto const& say = request.say;
  if (row.actor == "command") return html("{}", say("the command line"));
  if (row.actor == "system") return html("{}", say("the program"));
  if (row.actor == "visitor") return html("{}", say("a visitor"));
  auto const link = own_path(std::string(say.path("/work/log").text()) + "?person=" + id_text(row.person));
  auto text = html("<a href=\"{}\">{}</a>", link, people.name(request, row.person));
  if (row.on_behalf != 0) text += html(" {}", say("for {}", people.name(request, row.on_behalf)));
  if (auto const* organisation = facts.organisation(coalition::OrganisationId{row.organisation}))
    text += html("<br><span class=\"note\">{}</span>", organisation->short_name(say.language()));
  return text;
}

Html object(Request& request, audit::Row const& row) {
  auto const& say = request.say;
  auto const words = object_words(say, row.object);
  if (row.object_id == 0) return html("{}", words);
  auto const log = own_path(std::string(say.path("/work/log").text()) + "?object=" + row.object + "&id=" + id_text(row.object_id));
  auto text = html("<a href=\"{}\">{} {}</a>", log, words, id_text(row.object_id));
  if (row.object == "activity")
    text += html("<br><a href=\"{}\">{}</a>", say.path("/activities/{}", id_text(row.object_id)), say("open the activity"));
  return text;
}

/// A place or an organisation by its name; other values as they are written.
std::string value(Say const& say, campaign::Facts const& facts, std::string_view text) {
  auto const id = text.starts_with('#') ? parse_id(text.substr(1)) : std::nullopt;
  if (!id) return value_words(say, text);
  if (facts.places->find(place::PlaceId{*id})) return facts.places->full_name(place::PlaceId{*id}, say.language());
  if (auto const* organisation = facts.organisation(coalition::OrganisationId{*id})) return organisation->short_name(say.language());
  return std::string(text);
}

Html changes(Say const& say, campaign::Facts const& facts, audit::Row const& row) {
  Html out;
  for (auto const& change : audit::changes_of(row)) {
    auto name = field_words(say, change.field);
    if (!change.part.empty()) name += " (" + value_words(say, change.part) + ")";
    if (change.is_text) out.add("<li>{}</li>", say("{}: the text was changed", name));
    else if (change.before == "-") out.add("<li>{}: {}</li>", name, value(say, facts, change.after));
    else out.add("<li>{}: {}</li>", name, say("{} became {}", value(say, facts, change.before), value(say, facts, change.after)));
  }
  return out.empty() ? Html() : html("<ul class=\"plain\">{}</ul>", out);
}

Html choice(Say const& say, char const* name, std::string_view label, std::span<Term const> terms, std::string_view chosen) {
  Html options;
  for (auto const& term : terms)
    options.add("<option value=\"{}\" {}>{}</option>", term.code, term.code == chosen ? Attribute("selected") : Attribute(), say(term.words));
  return html("<div class=\"field short\"><label for=\"{}\">{}</label><select id=\"{}\" name=\"{}\"><option value=\"\">{}</option>{}</select></div>",
              name, label, name, name, say.in_context("filter", "All"), options);
}

Html filter_form(Request& request, Asked const& asked) {
  auto const& say = request.say;
  Html faults;
  for (auto const& fault : asked.faults) faults.add("<p class=\"fault\">{}</p>", say(fault.message));
  Html kept;
  if (asked.filter.object_id) kept.add("<input type=\"hidden\" name=\"id\" value=\"{}\">", id_text(*asked.filter.object_id));
  if (asked.filter.person) kept.add("<input type=\"hidden\" name=\"person\" value=\"{}\">", id_text(*asked.filter.person));
  return html(
      "{}<form method=\"get\" action=\"{}\">{}<div class=\"pair\">{}{}</div><div class=\"pair\"><div class=\"field short\"><label for=\"from\">{}</label>"
      "<input type=\"date\" id=\"from\" name=\"from\" value=\"{}\"></div><div class=\"field short\"><label for=\"until\">{}</label>"
      "<input type=\"date\" id=\"until\" name=\"until\" value=\"{}\"></div></div><p><button class=\"button\">{}</button> <a href=\"{}\">{}</a></p></form>",
      faults, say.path("/work/log"), kept, choice(say, "object", say("What"), objects(), asked.filter.object),
      choice(say, "action", say("What was done"), actions(), asked.filter.action), say("First day"), asked.from, say("Last day"), asked.until,
      say("Show"), say.path("/work/log"), say("Everything"));
}

Html table(Request& request, campaign::Facts const& facts, std::vector<audit::Row> const& rows) {
  auto const& say = request.say;
  People const people(request, rows);
  Html lines;
  for (auto const& row : rows)
    lines.add(
        "<tr><td data-label=\"{}\"><div>{}<br><span class=\"note\">{}</span></div></td><td data-label=\"{}\"><div>{}</div></td>"
        "<td data-label=\"{}\">{}</td><td data-label=\"{}\"><div>{}</div></td><td data-label=\"{}\">{}</td></tr>",
        say("When"), say.moment(row.at, facts.time_zone), row.sequence, say("Who"), actor(request, facts, people, row), say("What was done"),
        action_words(say, row.action), say("What"), object(request, row), say("Changes"), changes(say, facts, row));
  return html(
      "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
      say("Who did what"), say("When"), say("Who"), say("What was done"), say("What"), say("Changes"), lines);
}

/// The same address, going on behind the last entry shown.
Url older(Request const& request, std::int64_t before) {
  std::string text(request.say.path("/work/log").text());
  char separator = '?';
  for (auto const& [name, value] : request.query.list()) {
    if (name == "before") continue;
    text += separator + percent_encoded(name) + "=" + percent_encoded(value);
    separator = '&';
  }
  return own_path(text + separator + "before=" + std::to_string(before));
}

}  // namespace

Reply log_page(Request& request) {
  auto const& say = request.say;
  // The table of roles gives this for everything or not at all; somebody who had it for a part would see too much here.
  if (!account::may_everywhere(account::person(request), account::Permission::see_audit))
    throw Problem(Failure::forbidden, message("You may not see this."));
  auto const facts = site::facts(request);
  auto const asked = read_address(request, facts->time_zone);
  auto rows = audit::entries(request.read(), asked.filter, asked.before, rows_a_page + 1);
  bool const more = rows.size() > rows_a_page;
  if (more) rows.pop_back();
  auto const head = audit::head(request.read());
  auto main =
      html("<h1>{}</h1><p class=\"lead\">{}</p>", say("Who did what"),
           say("Every change, by whom and when. Texts are not kept here, only that they changed. Nobody can change this log without a trace."));
  main += filter_form(request, asked);
  if (rows.empty()) main += html("<p>{}</p>", say("There is no entry. Choose fewer filters to see more."));
  else main += table(request, *facts, rows);
  if (more) main += html("<p><a class=\"button second\" href=\"{}\">{}</a></p>", older(request, rows.back().sequence), say("Older entries"));
  if (head.sequence > 0)
    main += html("<p class=\"note\">{} <code>{}</code></p>",
                 say("The log ends here now; who keeps this line can prove later that nothing was cut off:"), audit::head_text(head));
  site::Head frame;
  frame.title = say("Who did what");
  frame.index = false;
  return site::page(request, frame, main);
}

}  // namespace birge::trust
