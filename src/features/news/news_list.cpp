#include <map>

#include "features/account/directory.hpp"
#include "features/activity/activity_view.hpp"
#include "features/news/news_items.hpp"
#include "features/news/news_pages.hpp"
#include "features/site/site.hpp"

/// The list of what somebody was told.
namespace birge::news {

namespace view = activity::view;
using notice::Event;

namespace {

constexpr int read_at_once = 40;
constexpr std::size_t shown_at_once = 30;
constexpr int rounds = 8;  // where much of it is no longer to be seen, the page ends early and goes on with the next

struct Page {
  std::vector<Item> items;
  std::int64_t next = 0;  ///< where the older ones begin; 0: there are none
};

/// The next that may still be seen.
Page visible(Request& request, account::Person const& person, campaign::Facts const& known) {
  Page page;
  Sight sight(request.read(), person, known, known.today(request.now));
  auto before = parse_id(request.query.get("before")).value_or(0);
  for (int round = 0; round < rounds; ++round) {
    auto list = notice::list(request.read(), person.id, before, read_at_once);
    for (auto& notice : list) {
      before = notice.id;
      if (auto item = sight.see(request.say, std::move(notice))) page.items.push_back(std::move(*item));
      if (page.items.size() == shown_at_once) break;
    }
    if (page.items.size() == shown_at_once || list.size() < static_cast<std::size_t>(read_at_once)) break;
  }
  if (!notice::list(request.read(), person.id, before, 1).empty() && before > 0) page.next = before;
  return page;
}

std::string_view icon_of(Event event) {
  switch (event) {
    case Event::approved:
    case Event::confirmed: return "check";
    case Event::returned:
    case Event::result_returned: return "warning";
    case Event::changed: return "document";
    case Event::moved: return "moved";
    case Event::cancelled: return "cross";
    case Event::joining: return "organisation";
    case Event::remarked:
    case Event::mentioned: return "person";
    case Event::role_ended:
    case Event::factor_removed: return "lock";
    default: return "clock";
  }
}

/// Whether what was asked for has been answered since, by whomever: the line no longer asks for it.
bool settled(Item const& item) {
  if (!item.activity) return false;
  if (item.event == Event::proposed || item.event == Event::escalated) return item.activity->state != activity::State::proposed;
  return item.event == Event::reported && item.activity->state != activity::State::reported;
}

using People = std::map<std::int64_t, account::Who>;

/// Whoever did what a page tells, asked for together.
People actors_of(Request& request, Page const& page) {
  std::vector<account::PersonId> actors;
  for (auto const& item : page.items)
    if (item.notice.actor) actors.push_back(item.notice.actor);
  return account::who(request.read(), actors);
}

std::string who_did(Request& request, campaign::Facts const& known, account::Person const& viewer, People const& people, account::PersonId actor) {
  auto const found = people.find(actor.value);
  if (found == people.end()) return {};
  auto const& who = found->second;
  auto const organisation = who.organisation ? view::organisation_name(request.say, known, *who.organisation) : std::string();
  return account::shown(request.say, who, organisation, &viewer);
}

Html row(Request& request, campaign::Facts const& known, account::Person const& viewer, People const& people, Item const& item) {
  auto const& say = request.say;
  bool const unread = !item.notice.seen;
  Html about;
  if (item.activity)
    about.add("<span>{}</span><span>{}</span>",
              site::in_language(request, item.activity->text(say.language()).title, item.activity->text_language(say.language())),
              say.date(item.activity->day));
  if (auto const role = account::role_of(item.notice.detail)) about.add("<span>{}</span>", say(account::role_name(*role)));
  if (auto const who = who_did(request, known, viewer, people, item.notice.actor); !who.empty()) about.add("<span>{}</span>", who);
  if (settled(item)) about.add("<span>{}</span>", say("already decided"));
  Html read;
  if (unread)
    read = site::form(
        request, say.path("/work/news"),
        html("<input type=\"hidden\" name=\"id\" value=\"{}\"><button class=\"quiet\">{}</button>", id_text(item.notice.id), say("Mark as read")));
  auto const local = local_time(item.notice.at, known.time_zone);
  return html(
      "<li class=\"{}\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\">{}</a>{}</p><p class=\"dots\">{}</p>{}</div>"
      "<p class=\"when\"><time datetime=\"{}\">{}</time><small>{}</small></p></li>",
      unread ? "row told unread" : "row told", site::icon(icon_of(item.event)), say.path("/work/news/{}", id_text(item.notice.id)),
      sentence(say, item), unread ? html(" <span class=\"tag info\">{}</span>", say("new")) : Html(), about, read, iso(item.notice.at),
      say.date(local.day), say.time(local.minutes));
}

}  // namespace

Reply news_list(Request& request) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  auto const known = site::facts(request);
  auto const page = visible(request, person, *known);
  Html main =
      html("<h1>{}</h1><div class=\"actions\"><a class=\"button second\" href=\"{}\">{}</a><a class=\"button second\" href=\"{}\">{}</a>",
           say("News"), say.path("/work/news/week"), say("This week as a text"), say.path("/account/notifications"), say("Letters and calendar"));
  if (!page.items.empty() && notice::unread(request.read(), person.id) > 0)
    main += site::form(request, say.path("/work/news"),
                       html("<input type=\"hidden\" name=\"until\" value=\"{}\"><button class=\"button second\">{}</button>",
                            id_text(page.items.front().notice.id), say("Mark all as read")));
  main.add("</div>");
  if (page.items.empty() && page.next == 0)
    main.add("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("Nothing new"),
             say("Here you read when somebody answers you, confirms or returns a result, or writes to you."));
  Html rows;
  auto const people = actors_of(request, page);
  for (auto const& item : page.items) rows += row(request, *known, person, people, item);
  if (!rows.empty()) main.add("<ol class=\"rows\">{}</ol>", rows);
  if (page.next > 0)
    main.add("<p><a class=\"button second\" href=\"{}\">{}</a></p>", say.path("/work/news?before={}", id_text(page.next)), say("Older ones"));
  site::Head head;
  head.title = say("News");
  head.active = "news";
  head.edition = known->current(request.now);
  head.index = false;
  auto reply = site::page(request, head, main);
  reply.cache_control = "no-store";
  return reply;
}

Reply mark_read(Request& request) {
  auto const& person = account::person(request);
  auto const until = parse_id(request.form.get("until")), one = parse_id(request.form.get("id"));
  request.write([&](db::Tx& tx) {
    if (until) notice::mark_all_seen(tx, person.id, *until, request.now);
    if (one) notice::mark_seen(tx, person.id, *one, request.now);
  });
  return http::see_other(request.say.path("/work/news"));
}

Reply open_news(Request& request) {
  auto const& person = account::person(request);
  auto const known = site::facts(request);
  auto const id = parse_id(request.capture("id"));
  auto found = id ? notice::find(request.read(), person.id, *id) : std::nullopt;
  auto const item = found ? Sight(request.read(), person, *known, known->today(request.now)).see(request.say, std::move(*found)) : std::nullopt;
  if (!item) throw Problem(Failure::not_found, message("There is no such news for you, or you may not see any more what it is about."));
  if (!item->notice.seen) request.write([&](db::Tx& tx) { notice::mark_seen(tx, person.id, *id, request.now); });
  return http::see_other(item->leads_to);
}

}  // namespace birge::news
