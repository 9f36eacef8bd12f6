#include "features/trust/trust_pages.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "features/account/directory.hpp"
#include "features/audit/log.hpp"
#include "features/site/site.hpp"
#include "features/trust/trust_names_store.hpp"
#include "features/trust/trust_words.hpp"
#include "features/work/plan/plan_checklist.hpp"
#include "features/work/work.hpp"
#include "platform/base/number.hpp"
#include "platform/base/typed_day.hpp"

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
    if (auto const found = typed_day(typed)) {
      typed = found->iso();
      into = instant_of(found->plus(more), 0, time_zone);
    } else asked.faults.push_back({name, message("“{}” is not a date. Write it like 25.10.2026.", typed)});
  };
  day("from", asked.from, 0, asked.filter.from);
  day("until", asked.until, 1, asked.filter.until);
  if (auto const before = query.get("before"); !before.empty()) {
    if (auto const number = whole_number<std::int64_t>(before)) asked.before = *number;
    else asked.faults.push_back({"before", message("“{}” is no number of an entry.", before)});
  }
  return asked;
}

/// The id that a value of the log is.
std::optional<std::int64_t> id_in(std::string_view value) { return value.starts_with('#') ? parse_id(value.substr(1)) : std::nullopt; }

/// Names of those who acted on one page of the log, and of those whom it is about.
class People {
public:
  People(Request& request, std::vector<audit::Row> const& rows) {
    std::vector<account::PersonId> wanted;
    for (auto const& row : rows) {
      for (auto const id : {row.person, row.on_behalf, row.object == "account" || row.object == "person" ? row.object_id : 0})
        if (id != 0) wanted.push_back({id});
      for (auto const& change : audit::changes_of(row))
        if (change.field == "substitute")
          if (auto const id = id_in(change.after)) wanted.push_back({*id});
    }
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

/// Titles of the activities that one page of the log tells of, as far as its reader may know them: a draft is known to those who plan it only.
class Titles {
public:
  Titles(Request& request, campaign::Facts const& facts, std::vector<audit::Row> const& rows) {
    std::vector<std::int64_t> wanted;
    for (auto const& row : rows) {
      if (row.object == "activity" && row.object_id != 0) wanted.push_back(row.object_id);
      for (auto const& change : audit::changes_of(row))
        if (change.field == "activity")
          if (auto const id = id_in(change.after)) wanted.push_back(*id);
    }
    if (wanted.empty()) return;
    known_ = titles_of(request.read(), wanted);
    work::Viewer const viewer(request.read(), account::person(request), facts.today(request.now));
    auto const& sight = viewer.sight();
    std::erase_if(known_, [&](auto const& entry) {
      bool const own = std::ranges::find(sight.organisations, entry.second.lead) != sight.organisations.end();
      return !own && (!sight.sees_coalition || entry.second.state == activity::code(activity::State::draft));
    });
  }
  Titled const* find(std::int64_t id) const {
    auto const found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second;
  }

private:
  std::map<std::int64_t, Titled> known_;
};

/// What else has a name on one page of the log and opens, as far as its reader may open it: requests to join, invitations of villages, imports.
class Others {
public:
  struct Known {
    Html name, link;
  };
  Others(Request& request, campaign::Facts const& facts, std::vector<audit::Row> const& rows) {
    auto const& say = request.say;
    auto const& person = account::person(request);
    auto& read = request.read();
    std::map<std::string, std::vector<std::int64_t>> wanted;
    for (auto const& row : rows) {
      wanted[row.object].push_back(row.object_id);
      if (auto const import = import_of(row)) wanted["import"].push_back(*import);
    }
    auto const know = [&](char const* object, std::map<std::int64_t, Named> const& list, auto const& name, auto const& address,
                          std::string_view open) {
      for (auto const& [id, named] : list) known_[{object, id}] = {name(named), html("<a href=\"{}\">{}</a>", address(id_text(id)), open)};
    };
    if (account::may_everywhere(person, account::Permission::admit))
      know(
          "joining_request", joining_requests(read, wanted["joining_request"]),
          [&](Named const& named) { return site::in_language(request, named.name, named.language); },
          [&](std::string const& id) { return say.path("/joining/{}", id); }, say("open the request"));
    if (account::may_everywhere(person, account::Permission::see_requests))
      know(
          "village_invitation", village_invitations(read, wanted["village_invitation"]),
          [&](Named const& named) { return html("{}, {}", facts.places->full_name(named.place, say.language()), named.detail); },
          [&](std::string const& id) { return say.path("/work/invitations/{}", id); }, say("open the invitation"));
    if (account::may_everywhere(person, account::Permission::import))
      know(
          "import", imports(read, wanted["import"], person.id),
          [&](Named const& named) {
            auto const* edition = facts.edition(named.edition);
            auto const when = say.moment(named.at, facts.time_zone);
            return edition ? html("{}, {}", edition->name(say.language()), when) : html("{}", when);
          },
          [&](std::string const& id) { return say.path("/work/import/{}", id); }, say("open the import"));
  }
  Known const* find(audit::Row const& row) const { return find(row.object, row.object_id); }
  /// The import that an entry of what came in names.
  Known const* import(audit::Row const& row) const {
    auto const id = import_of(row);
    return id ? find("import", *id) : nullptr;
  }

private:
  static std::optional<std::int64_t> import_of(audit::Row const& row) {
    for (auto const& change : audit::changes_of(row))
      if (change.field == "import") return id_in(change.after);
    return std::nullopt;
  }
  Known const* find(std::string const& object, std::int64_t id) const {
    auto const found = known_.find({object, id});
    return found == known_.end() ? nullptr : &found->second;
  }
  std::map<std::pair<std::string, std::int64_t>, Known> known_;
};

/// What one page of the log is written with.
struct Scene {
  Request& request;
  campaign::Facts const& facts;
  People const& people;
  Titles const& titles;
  Others const& others;
};

/// What somebody or something is called; empty where it has no name here, or the reader may not know it.
Html name_of(Scene const& scene, audit::Row const& row) {
  auto const language = scene.request.say.language();
  if (row.object == "activity")
    if (auto const* activity = scene.titles.find(row.object_id)) return site::in_language(scene.request, activity->title, activity->language);
  if (row.object == "account" || row.object == "person") return html("{}", scene.people.name(scene.request, row.object_id));
  if (row.object == "organisation")
    if (auto const* organisation = scene.facts.organisation(coalition::OrganisationId{row.object_id}))
      return html("{}", organisation->short_name(language));
  if (row.object == "edition")
    if (auto const* edition = scene.facts.edition(campaign::EditionId{row.object_id})) return html("{}", edition->name(language));
  if (auto const* other = scene.others.find(row)) return other->name;
  return {};
}

Html object(Scene const& scene, audit::Row const& row) {
  auto const& say = scene.request.say;
  auto const words = object_words(say, row.object);
  if (row.object_id == 0) return html("{}", words);
  auto const log = own_path(std::string(say.path("/work/log").text()) + "?object=" + row.object + "&id=" + id_text(row.object_id));
  auto const name = name_of(scene, row);
  auto text = name.empty() ? html("<a href=\"{}\">{}</a>", log, words) : html("<a href=\"{}\">{}: {}</a>", log, words, name);
  if (row.object == "activity" && scene.titles.find(row.object_id))
    text += html("<br><a href=\"{}\">{}</a>", say.path("/work/activities/{}", id_text(row.object_id)), say("open the activity"));
  for (auto const* other : {scene.others.find(row), scene.others.import(row)})
    if (other) text += html("<br>{}", other->link);
  return text;
}

/// What has a name by that name, what has words in these. Nothing where it is but an id: nobody reads anything in it.
std::string value(Scene const& scene, audit::Row const& row, std::string_view field, std::string_view text) {
  auto const& say = scene.request.say;
  auto const& facts = scene.facts;
  if (auto const id = id_in(text)) {
    if (field == "substitute") return scene.people.name(scene.request, *id);
    if (facts.places->find(place::PlaceId{*id})) return facts.places->full_name(place::PlaceId{*id}, say.language());
    if (auto const* organisation = facts.organisation(coalition::OrganisationId{*id})) return organisation->short_name(say.language());
    if (auto const* edition = facts.edition(campaign::EditionId{*id})) return edition->name(say.language());
    if (auto const* activity = scene.titles.find(*id)) return activity->title;
    return {};
  }
  auto words = field == "checklist" ? work::checklist_item_name(scene.request.read(), facts.country, text, say.language())
                                    : coded_words(say, facts, row, field, text);
  return words.empty() ? value_words(say, text) : words;
}

Html changes(Scene const& scene, audit::Row const& row) {
  auto const& say = scene.request.say;
  Html out;
  for (auto const& change : audit::changes_of(row)) {
    auto name = field_words(say, change.field);
    if (auto const part = change.part.empty() ? std::string() : value(scene, row, change.field, change.part); !part.empty())
      name += " (" + part + ")";
    auto const after = change.is_text ? std::string() : value(scene, row, change.field, change.after);
    if (change.is_text) out.add("<li>{}</li>", say("{}: the text was changed", name));
    else if (after.empty()) continue;
    else if (change.before == "-") out.add("<li>{}: {}</li>", name, after);
    else out.add("<li>{}: {}</li>", name, say("{} became {}", value(scene, row, change.field, change.before), after));
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
      faults, say.path("/work/log"), kept, choice(say, "object", say("Object"), objects(), asked.filter.object),
      choice(say, "action", say("What was done"), actions(), asked.filter.action), say("First day"), asked.from, say("Last day"), asked.until,
      say("Show"), say.path("/work/log"), say("Reset"));
}

Html table(Request& request, campaign::Facts const& facts, std::vector<audit::Row> const& rows) {
  auto const& say = request.say;
  People const people(request, rows);
  Titles const titles(request, facts, rows);
  Others const others(request, facts, rows);
  Scene const scene{request, facts, people, titles, others};
  Html lines;
  for (auto const& row : rows)
    lines.add(
        "<tr><td data-label=\"{}\"><div>{}<br><span class=\"note\">{}</span></div></td><td data-label=\"{}\"><div>{}</div></td>"
        "<td data-label=\"{}\">{}</td><td data-label=\"{}\"><div>{}</div></td><td data-label=\"{}\">{}</td></tr>",
        say("When"), say.moment(row.at, facts.time_zone), say("No. {}", std::to_string(row.sequence)), say("Who"), actor(request, facts, people, row),
        say("What was done"), action_words(say, row.action), say("Object"), object(scene, row), say("Changes"), changes(scene, row));
  return html(
      "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
      say("Who did what"), say("When"), say("Who"), say("What was done"), say("Object"), say("Changes"), lines);
}

/// An import has one entry for all that came in: where the log is of one activity, the imports that stored it stand beside it.
Html imports_of_activity(Request& request, campaign::Facts const& facts, Asked const& asked) {
  bool const opens = account::may_everywhere(account::person(request), account::Permission::import);
  if (!opens || asked.filter.object != "activity" || !asked.filter.object_id) return {};
  auto const& say = request.say;
  Html links;
  for (auto const& import : imports_of(request.read(), {*asked.filter.object_id}))
    links.add("<li><a href=\"{}\">{}</a></li>", say.path("/work/import/{}", id_text(import.id)),
              say("Import of {}", say.moment(import.at, facts.time_zone)));
  return links.empty() ? Html() : html("<p>{}</p><ul>{}</ul>", say("Imports that added or changed it:"), links);
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
  main += imports_of_activity(request, *facts, asked);
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
