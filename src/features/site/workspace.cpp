#include "features/site/workspace.hpp"

#include <array>

#include "features/account/access.hpp"
#include "features/notice/notice.hpp"
#include "features/site/site.hpp"
#include "platform/http/static_files.hpp"

namespace birge::site {

namespace {

using account::Permission;

struct Entry {
  std::string_view name;  ///< as in Head::active
  std::string_view path;  ///< without its language
  Message (*label)();
  Permission need;
};

// The places of the workspace, in the order of the bar. A feature adds its line here when its route is there.
constexpr std::array entries{
    Entry{"work", "/work", [] { return message("My page"); }, Permission::work},
    Entry{"work_calendar", "/work/calendar", [] { return message("Calendar"); }, Permission::see_coalition},
    Entry{"news", "/work/news", [] { return message("News"); }, Permission::work},
    Entry{"work_activities", "/work/activities", [] { return message("My activities"); }, Permission::plan},
    Entry{"gaps", "/work/gaps", [] { return message("Gap planner"); }, Permission::see_coalition},
    Entry{"invitations", "/work/invitations", [] { return message("Invitations from villages"); }, Permission::see_requests},
    Entry{"work_editions", "/work/editions", [] { return message("Look after editions"); }, Permission::write_report},
    Entry{"import", "/work/import", [] { return message("Import"); }, Permission::import},
    Entry{"people", "/people", [] { return message("People"); }, Permission::invite},
    Entry{"joining", "/joining", [] { return message("Joining requests"); }, Permission::admit},
};

/// Where the script of the workspace shows what is not sent yet, with its texts and whose drafts on this device are its to send.
Html keeper(Say const& say, account::Person const& person) {
  return html(
      "<div id=\"keeper\" class=\"wide\" role=\"status\" data-person=\"{}\" data-restored=\"{}\" data-discard=\"{}\" data-sure=\"{}\" data-kept=\"{}\" "
      "data-waiting=\"{}\" data-refused=\"{}\" data-send=\"{}\" data-open=\"{}\" data-sent=\"{}\" data-look=\"{}\" data-sign-out=\"{}\" "
      "data-sum=\"{}\" data-erase=\"{}\" data-range=\"{}\" data-keyboard=\"{}\" data-next=\"{}\" data-smaller=\"{}\" data-megabytes=\"{}\">"
      "</div><script defer src=\"{}\"></script>",
      id_text(person.id.value), say("What you typed here before is back. It has not been sent yet."), say("Throw it away"),
      say("Throw away what was not sent? It cannot be brought back."), say("Kept on this device"),
      say("not sent yet, no connection. It is kept on this device and sends itself as soon as it can."),
      say("could not be stored. Open it, look at it and send it once more."), say("Send now"), say("Open"), say("Sent"), say("Look at it"),
      say("Forms on this device have not been sent yet. Signing out deletes them. Sign out?"), say("Sum"), say("Erase"), say("A range, from - to"),
      say("Use the keyboard"), say("Next field"), say("Made smaller before sending"), say.in_context("megabytes", "MB"),
      http::static_url("web/work.js"));
}

/// The keys that the script of the workspace knows, for the places that somebody may open. Without it a list of links, which says so.
Html shortcuts(Say const& say, account::Person const& person) {
  Html lines;
  auto const line = [&](std::string_view keys, std::string_view path, std::string_view label) {
    Html signs;
    for (auto const key : keys)
      if (key != ' ') signs.add("<kbd>{}</kbd> ", std::string(1, key));
    lines.add("<div><dt>{}</dt><dd><a data-keys=\"{}\" href=\"{}\">{}</a></dd></div>", signs, keys,
              own_path("/" + std::string(say.code()) + std::string(path)), label);
  };
  line("/", "/search", say("Search the whole site"));
  line("g h", "/work", say("My page"));
  if (account::may_somewhere(person, Permission::see_coalition)) {
    line("g c", "/work/calendar", say("Calendar"));
    line("g b", "/work/board", say("Board"));
    line("g t", "/work/table", say("Table"));
  }
  if (account::enters_activities(person.grants)) line("n", "/work/activities/new", say("New activity"));
  auto const title = say("Keyboard shortcuts");
  return html(
      "<details class=\"shortcuts\"><summary class=\"shortcuts-button\" title=\"{}\"><span aria-hidden=\"true\">?</span><span class=\"heard\">{}</span>"
      "</summary><div class=\"shortcuts-list\"><h2 id=\"shortcuts-title\">{}</h2><noscript><p>{}</p></noscript><dl>{}<div data-rows hidden><dt><kbd>j</kbd>"
      "</dt><dd>{}</dd></div><div data-rows hidden><dt><kbd>k</kbd></dt><dd>{}</dd></div><div><dt><kbd>?</kbd></dt><dd>{}</dd></div></dl>"
      "<label class=\"choice\" data-scripted hidden><input type=\"checkbox\" checked> {}</label>"
      "<button class=\"button second\" type=\"button\" data-scripted hidden>{}</button></div></details>",
      title, title, title, say("Scripts are switched off in this browser: the links work here, the keys do not."), lines, say("To the next row"),
      say("To the row before"), say("This list"), say("Use these keys on this device"), say("Close the list"));
}

/// How many are unread, as a number beside the word.
Html unread_mark(Request& request, account::PersonId person) {
  auto const count = notice::unread(request.read(), person);
  if (count == 0) return {};
  auto const& say = request.say;
  bool const many = count >= notice::counted_at_most;
  return html(" <span class=\"count\" aria-hidden=\"true\">{}{}</span><span class=\"heard\"> {}</span>",
              say.number(many ? notice::counted_at_most - 1 : count), many ? "+" : "", say.plural("{} unread", "{} unread", count));
}

}  // namespace

Html work_tabs(Request& request, std::string_view here, std::string_view query) {
  auto const* person = account::maybe_person(request);
  if (!person || !account::may_somewhere(*person, Permission::see_coalition)) return {};
  auto const& say = request.say;
  Html list;
  auto const tab = [&](std::string_view path, std::string_view icon_name, std::string_view label, bool with_query) {
    auto address = "/" + std::string(say.code()) + std::string(path);
    if (with_query && !query.empty()) address += "?" + std::string(query);
    list.add("<li><a href=\"{}\" {}>{} {}</a></li>", own_path(std::move(address)), BIRGE_WHEN(here == path, "aria-current=\"page\""), icon(icon_name),
             label);
  };
  tab("/work", "person", say("My page"), false);
  tab("/work/calendar", "calendar", say("Calendar"), true);
  tab("/work/board", "chart", say("Board"), true);
  tab("/work/table", "table", say("Table"), true);
  return html("<nav class=\"tabs screen\" aria-label=\"{}\"><ul>{}</ul></nav>", say("Views"), list);
}

Html workspace_bar(Request& request, std::string_view active) {
  auto const* person = account::maybe_person(request);
  if (!person) return {};
  auto const& say = request.say;
  Html list;
  for (auto const& entry : entries)
    if (account::may_somewhere(*person, entry.need))
      list.add("<li><a href=\"{}\" {}>{}{}</a></li>", own_path("/" + std::string(say.code()) + std::string(entry.path)),
               BIRGE_WHEN(entry.name == active, "aria-current=\"page\""), say(entry.label()),
               entry.name == "news" ? unread_mark(request, person->id) : Html());
  return html(
      "<nav class=\"workspace\" aria-label=\"{}\"><div class=\"wide\"><ul>{}</ul><div class=\"me\"><a href=\"{}\" {}>{} <span>{}</span></a>{}{}</div></div></nav>{}",
      say("Workspace"), list, say.path("/account"), BIRGE_WHEN(active == "account", "aria-current=\"page\""), icon("person"), person->name,
      form(request, say.path("/sign-out"), html("<button class=\"quiet\">{}</button>", say("Sign out"))), shortcuts(say, *person),
      keeper(say, *person));
}

Html space_switch(Request const& request) {
  if (!account::maybe_person(request)) return {};
  auto const& say = request.say;
  // Its icon is drawn here: in the sprite it would travel to everybody.
  return html(
      "<button class=\"space\" type=\"button\" hidden title=\"{}\" aria-label=\"{}\"><svg class=\"icon\" aria-hidden=\"true\" viewBox=\"0 0 24 24\">"
      "<path d=\"M11 5h10M11 12h10M11 19h10M5 4v16M2 7l3-3 3 3M2 17l3 3 3-3\"/></svg></button>",
      say("Comfortable spacing"), say("Comfortable spacing"));
}

}  // namespace birge::site
