#include "features/activity/feed/feed.hpp"

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/feed/feed_calendar.hpp"
#include "features/activity/list/list_filters_view.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::activity {

namespace {

/// The parts of a feed's file name: agenda-ky.ics.
struct FileName {
  std::string stem, ending;
  Language language = Language::en;
};

[[noreturn]] void unknown_feed() { throw Problem(Failure::not_found, message("There is no feed at this address.")); }

FileName read_name(std::string_view file) {
  auto const dot = file.find('.');
  auto const dash = file.substr(0, dot).rfind('-');
  if (dot == std::string_view::npos || dash == std::string_view::npos) unknown_feed();
  auto const language = language_of(file.substr(dash + 1, dot - dash - 1));
  if (!language) unknown_feed();
  return {std::string(file.substr(0, dash)), std::string(file.substr(dot + 1)), *language};
}

Reply file(std::string body, std::string type, Request& request) {
  auto reply = http::text(std::move(body), std::move(type));
  reply.etag = site::etag(request);
  // Open data: pages of other sites may read it.
  reply.header("Access-Control-Allow-Origin", "*");
  return reply;
}

Reply saved(std::string body, std::string type, std::string const& name, Request& request) {
  auto reply = http::download(std::move(body), std::move(type), name);
  reply.etag = site::etag(request);
  reply.header("Access-Control-Allow-Origin", "*");
  return reply;
}

bool unchanged(Request& request) { return request.message.knows(site::etag(request)); }

std::string title_of(Say const& say, campaign::Edition const& edition, Filter const& filter, campaign::Facts const& facts) {
  auto title = edition.name(say.language());
  if (auto const chosen = view::words_of(say, filter, facts); !chosen.empty()) title += ": " + plain_spaces(chosen);
  return edition.sample ? say("{} (sample data)", title) : title;
}

/// A table in CSV, where a row that says it is cut would be read as an activity.
Reply table(std::string body, std::string const& name, feeds::List const& list, Request& request) {
  auto reply = saved(std::move(body), "text/csv; charset=utf-8", name, request);
  if (!list.cut) return reply;
  reply.header("Birge-Cut", std::to_string(list.activities.size()));
  reply.header("Access-Control-Expose-Headers", "Birge-Cut");
  return reply;
}

/// Where a page of the JSON feed goes on (its "after"); the other forms come whole.
Cursor read_after(Request const& request, std::string_view ending) {
  auto const text = request.query.get("after");
  if (text.empty() || ending != "json") return {};
  auto const cursor = Cursor::parse(text);
  if (!cursor) throw Problem(Failure::bad_input, message("“{}” is no place in the list.", shortened(clean_line(text), 60)));
  return *cursor;
}

struct Stretch {
  std::vector<Activity> activities;
  bool more = false;
};

/// The public activities of a filter after the cursor, as many as the form holds.
Stretch read_stretch(Store& store, Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& after, std::size_t most) {
  Stretch stretch{store.listed(filter, facts, today, after, static_cast<int>(most) + 1)};
  stretch.more = stretch.activities.size() > most;
  if (stretch.more) stretch.activities.pop_back();
  return stretch;
}

std::string next_address(std::string const& feed, Activity const& last) {
  return feed + (feed.find('?') == std::string::npos ? "?after=" : "&after=") + Cursor{last.day.iso(), last.id}.text();
}

}  // namespace

Reply feeds::reply(List const& list, std::string_view stem, std::string_view ending, Request& request) {
  if (stem == "3w") {
    if (ending != "csv") unknown_feed();
    return table(who_what_where(list), "birge-3w-" + list.edition.slug + ".csv", list, request);
  }
  if (ending == "ics")
    return file(calendar_of(list.activities, list.say, list.facts,
                            {.name = list.title, .public_address = list.public_address, .note = cut_text(list)}, list.now),
                "text/calendar; charset=utf-8", request);
  if (ending == "atom") return file(atom(list), "application/atom+xml; charset=utf-8", request);
  if (ending == "json") return file(json(list), "application/feed+json; charset=utf-8", request);
  if (ending == "geojson") return file(geojson(list), "application/geo+json; charset=utf-8", request);
  if (ending == "csv") return table(csv(list), "birge-" + list.edition.slug + ".csv", list, request);
  if (ending == "xlsx") return saved(workbook(list), sheet::workbook_type, "birge-" + list.edition.slug + ".xlsx", request);
  unknown_feed();
}

Reply agenda_feed(Request& request) {
  auto const name = read_name(request.capture("file"));
  if (name.stem != "agenda" && name.stem != "3w") unknown_feed();
  auto const& say = Say::in(name.language);
  auto const facts = site::facts(request);
  auto const edition = site::chosen_edition(request, *facts);
  auto const [filter, faults] = read_filter(request.query, *facts, edition.id);
  // A program that subscribed cannot read a notice: what it asked for must be what it gets.
  if (!faults.empty()) throw Problem(Failure::bad_input, faults.front().message);
  if (unchanged(request)) return file({}, "text/plain", request);

  bool const in_pages = name.stem == "agenda" && name.ending == "json";
  Store store(request.read());
  auto const stretch =
      read_stretch(store, filter, *facts, facts->today(request.now), read_after(request, name.ending), in_pages ? feed_page : feed_rows);
  auto const current = facts->current(request.now);
  auto const current_id = current ? current->id : EditionId{};
  feeds::List list{.say = say,
                   .facts = *facts,
                   .edition = edition,
                   .activities = stretch.activities,
                   .title = title_of(say, edition, filter, *facts),
                   .public_address = request.services.config.text("public_address"),
                   .page_address = request.absolute(agenda_link(say, filter, *facts, current_id)),
                   .feed_address = request.absolute(agenda_feed_address(say, filter, *facts, current_id, name.stem == "3w" ? "3w" : name.ending)),
                   .next_address = {},
                   .now = request.now};
  if (in_pages && stretch.more) list.next_address = next_address(list.feed_address, stretch.activities.back());
  list.cut = !in_pages && stretch.more;
  return feeds::reply(list, name.stem, name.ending, request);
}

Reply activity_feed(Request& request) {
  auto const name = read_name(request.capture("file"));
  if (name.ending != "ics") unknown_feed();
  auto const& say = Say::in(name.language);
  auto const facts = site::facts(request);
  auto const id = parse_id_as<ActivityTag>(name.stem);
  auto const found = id ? Store(request.read()).find(*id) : std::nullopt;
  if (!found || !view::listed(*found)) throw Problem(Failure::not_found, message("There is no activity at this address."));
  auto const* edition = facts->edition(found->edition);
  auto title = found->text(say.language()).title;
  if (edition && edition->sample) title = say("{} (sample data)", title);
  return file(calendar_of({*found}, say, *facts, {title, request.services.config.text("public_address")}, request.now),
              "text/calendar; charset=utf-8", request);
}

}  // namespace birge::activity
