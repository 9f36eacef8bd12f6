#include "features/activity/activity_pages.hpp"

#include <algorithm>

#include "features/activity/activity_map_view.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/list/list_filters_view.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

namespace {

constexpr int page_rows = 20;
constexpr std::size_t page_bytes = 40 * 1024;                     // of most
constexpr int most_going = 10;                                    // of what began before today, above them
constexpr std::int64_t most_counted = 1000, most_searched = 100;  // of what only a search or several filters together find

/// A stretch of the list, and where it goes on.
struct Page {
  std::vector<Card> cards;
  std::optional<Cursor> earlier, later;
  std::vector<Fault> faults;
};

Cursor cursor_of(Card const& card) { return {card.day.iso(), card.id}; }

std::optional<Cursor> read_cursor(http::Parameters const& query, char const* name, std::vector<Fault>& faults) {
  auto const text = query.get(name);
  if (text.empty()) return std::nullopt;
  auto cursor = Cursor::parse(text);
  if (!cursor) faults.push_back({name, message("“{}” is no place in the list.", shortened(clean_line(text), 60))});
  return cursor;
}

/// Where a list begins that was asked for without a place in it: at today while the campaign runs, so that what comes stands first.
Cursor beginning(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const* edition = facts.edition(filter.edition);
  if (!edition || !filter.only_edition() || edition->stage(today) != campaign::Stage::campaign) return {};
  return {today.iso(), {}};
}

class List {
public:
  List(Request& request, Filter const& filter, campaign::Facts const& facts, Day today)
      : store_(request.read()), request_(request), filter_(filter), facts_(facts), today_(today) {}

  Page read() {
    Page page;
    auto const before = read_cursor(request_.query, "before", page.faults);
    auto const after = read_cursor(request_.query, "after", page.faults);
    if (before && !after) read_before(page, *before);
    else if (after) read_after(page, *after);
    else read_beginning(page);
    return page;
  }

private:
  std::vector<Card> after(Cursor const& cursor, int rows) { return store_.list(filter_, facts_, request_.say.language(), today_, cursor, rows); }
  std::vector<Card> before(Cursor const& cursor, int rows) {
    return store_.list_before(filter_, facts_, request_.say.language(), today_, cursor, rows);
  }

  /// Where it begins at today, what began before and lasts stands first.
  void read_beginning(Page& page) {
    auto const cursor = beginning(filter_, facts_, today_);
    read_after(page, cursor);
    if (cursor.day.empty()) return;
    auto going = store_.going_on(filter_, facts_, request_.say.language(), today_, most_going);
    // Where nothing comes any more the page holds what was last, and they may be among it.
    std::erase_if(going, [&](Card const& card) { return std::ranges::find(page.cards, card.id, &Card::id) != page.cards.end(); });
    page.cards.insert(page.cards.begin(), going.begin(), going.end());
  }

  void read_before(Page& page, Cursor const& cursor) {
    page.cards = before(cursor, page_rows + 1);
    if (page.cards.size() > page_rows) {
      page.cards.erase(page.cards.begin());
      page.earlier = cursor_of(page.cards.front());
    }
    // Nothing lies before: the beginning of the list is what was meant.
    if (page.cards.empty()) return read_after(page, {});
    if (auto const last = cursor_of(page.cards.back()); store_.any_after(filter_, facts_, today_, last)) page.later = last;
  }

  void read_after(Page& page, Cursor const& cursor) {
    page.cards = after(cursor, page_rows + 1);
    if (page.cards.size() > page_rows) {
      page.cards.pop_back();
      page.later = cursor_of(page.cards.back());
    }
    if (cursor.day.empty()) return;
    // Nothing is left after today: the last rows are more useful than an empty page.
    if (page.cards.empty()) return read_before(page, cursor);
    // Between the beginning of a day and the first row behind it is nothing, so no row of that day need be looked at.
    auto const first = cursor_of(page.cards.front());
    if (store_.any_before(filter_, facts_, today_, cursor.whole_day() ? cursor : first)) page.earlier = first;
  }

  Store store_;
  Request& request_;
  Filter const& filter_;
  campaign::Facts const& facts_;
  Day today_;
};

Url at(Say const& say, Filter const& filter, campaign::Facts const& facts, EditionId current, char const* name, Cursor const& cursor) {
  auto query = query_of(filter, facts, current);
  query.set(name, cursor.text());
  return own_path(std::string(say.path("/activities").text()) + "?" + query.encoded());
}

/// How many the filter finds, in what state, and how many came: the numbers that figures link to.
Html summary(Request const& request, view::FilterView const& view, Totals const& totals) {
  auto const& say = request.say;
  Html out;
  if (totals.more) return html("<p class=\"lead\">{}</p>", say("More than {} activities", totals.planned));
  out.add("<p class=\"lead\">{}</p>", say.plural("{} activity", "{} activities", totals.planned));
  if (totals.planned == 0) return out;
  view::Addresses const by_status(say, view, "status");
  out.add("<p class=\"dots\">");
  auto const part = [&](std::int64_t number, Filter::Status status, std::string const& text) {
    if (number == 0 || view.filter.status == status) return;
    if (view.filter.status == Filter::Status::any) out.add("<span><a href=\"{}\">{}</a></span>", by_status.with(code(status)), text);
    else out.add("<span>{}</span>", text);
  };
  part(totals.held, Filter::Status::held, say("{} held", totals.held));
  part(totals.moved, Filter::Status::moved, say("{} moved", totals.moved));
  part(totals.cancelled, Filter::Status::cancelled, say("{} cancelled", totals.cancelled));
  out.add("</p>");
  auto const as_of = say.moment(request.now, view.facts.time_zone);
  auto const sum = [](Count reported, Count confirmed) { return reported += confirmed; };
  if (totals.reported + totals.confirmed > 0)
    out.add("<p class=\"soft\">{}</p>", say("Attendances: {}, of them {} reported and {} confirmed, as of {}.",
                                            view::range(say, sum(totals.reported_attendance, totals.confirmed_attendance)),
                                            view::range(say, totals.reported_attendance), view::range(say, totals.confirmed_attendance), as_of));
  if (!totals.reported_audience.zero() || !totals.confirmed_audience.zero())
    out.add("<p class=\"soft\">{}</p>", say("Audience of broadcasts and posts, counted apart: {}, of them {} reported and {} confirmed.",
                                            view::range(say, sum(totals.reported_audience, totals.confirmed_audience)),
                                            view::range(say, totals.reported_audience), view::range(say, totals.confirmed_audience)));
  return out;
}

Html paging(Say const& say, view::FilterView const& view, Page const& page) {
  if (!page.earlier && !page.later) return {};
  Html out;
  out.add("<nav class=\"pages screen\" aria-label=\"{}\">", say("Pages of the list"));
  if (page.earlier)
    out.add("<a class=\"button second\" rel=\"prev\" href=\"{}\">{} {}</a>", at(say, view.filter, view.facts, view.current, "before", *page.earlier),
            site::icon("back"), say("Earlier"));
  if (page.later) out += site::later_link(at(say, view.filter, view.facts, view.current, "after", *page.later), say("Later"));
  out.add("</nav>");
  return out;
}

/// On paper the list ends without a word of the rest, since the links to it do not print.
Html printed(Say const& say, Page const& page, Totals const& totals) {
  if (!page.earlier && !page.later) return {};
  auto const rows = static_cast<std::int64_t>(page.cards.size());
  return html("<p class=\"on-paper\">{}</p>",
              totals.more ? say("Printed: {} of more than {}.", rows, totals.planned) : say("Printed: {} of {}.", rows, totals.planned));
}

Html nothing(Request const& request, view::FilterView const& view) {
  auto const& say = request.say;
  Filter all;
  all.edition = view.filter.edition;
  bool const filtered = !view.filter.only_edition();
  Html out;
  out.add(
      "<section class=\"empty\"><svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><rect width=\"100%\" height=\"12\" fill=\"url(#horns)\"/></svg>"
      "<h2>{}</h2><p>{}</p>",
      filtered ? say("Nothing fits this choice") : say("No activities yet"),
      filtered ? say("This list shows the activities of the campaign. None of those that are public fits all that you chose.")
               : say("This list will show what is on in each region, as soon as the coalition publishes its plans."));
  if (filtered) out.add("<p><a class=\"button\" href=\"{}\">{}</a></p>", agenda_link(say, all, view.facts, view.current), say("Show all activities"));
  out.add("</section>");
  return out;
}

/// Legal consultations and outreach are counted but not listed: the number at the top must still be accounted for.
Html hidden(Say const& say, Totals const& totals) {
  if (totals.hidden == 0) return {};
  return html("<p class=\"soft\">{}</p>",
              say.plural("And {} activity that only the coalition sees listed (legal consultations, outreach).",
                         "And {} activities that only the coalition sees listed (legal consultations, outreach).", totals.hidden));
}

/// From the sum to how it came about: who counted, how, who confirmed. A search has no figure that opens to it.
Html behind(Say const& say, view::FilterView const& view, Totals const& totals) {
  if (totals.reported + totals.confirmed == 0 || !view.filter.text.empty()) return {};
  auto const query = query_of(view.filter, view.facts, view.current).encoded();
  return html("<p class=\"screen\"><a href=\"{}\">{}</a></p>",
              own_path(std::string(say.path("/figures/behind").text()) + (query.empty() ? "" : "?" + query)),
              say("Who counted, how, and who confirmed it"));
}

Html elsewhere(Say const& say, view::FilterView const& view) {
  auto const feed = [&](std::string_view ending) { return agenda_feed_address(say, view.filter, view.facts, view.current, ending); };
  auto const query = query_of(view.filter, view.facts, view.current).encoded();
  auto const sheet = own_path(std::string(say.path("/activities/sheet").text()) + (query.empty() ? "" : "?" + query));
  Html out;
  out.add(
      "<h2 class=\"screen\">{}</h2><ul class=\"links\"><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li></ul>",
      say("Take this list along"), feed("ics"), site::icon("calendar"), say("Add all to calendar"), sheet, site::icon("print"),
      say("Calendar to print"), feed("atom"), site::icon("feed"), say("Follow changes (Atom)"));
  out.add(
      "<ul class=\"links\"><li><a href=\"{}\">{} XLSX</a></li><li><a href=\"{}\">{} CSV</a></li><li><a href=\"{}\">{} JSON</a></li><li><a href=\"{}\">{} GeoJSON</a></li>"
      "<li><a href=\"{}\">{} 3W (HXL)</a></li></ul>",
      feed("xlsx"), site::icon("download"), feed("csv"), site::icon("download"), feed("json"), site::icon("download"), feed("geojson"),
      site::icon("download"), feed("3w"), site::icon("download"));
  return out;
}

site::Head head_of(Request const& request, view::FilterView const& view, Totals const& totals) {
  auto const& say = request.say;
  site::Head head;
  auto const chosen = view::words_of(say, view.filter, view.facts);
  auto const* edition = view.facts.edition(view.filter.edition);
  head.title = chosen.empty() ? std::string(say("Activities")) : say("Activities: {}", chosen);
  head.description = totals.more ? say("More than {} activities", totals.planned)
                                 : say.plural("{} activity against trafficking in persons: what is on, where and when.",
                                              "{} activities against trafficking in persons: what is on, where and when.", totals.planned);
  head.active = "agenda";
  head.canonical = agenda_link(say, view.filter, view.facts, view.current);
  head.edition = edition;
  head.feeds = {{"application/atom+xml", head.title + " (Atom)", agenda_feed_address(say, view.filter, view.facts, view.current, "atom")},
                {"text/calendar", head.title + " (iCalendar)", agenda_feed_address(say, view.filter, view.facts, view.current, "ics")},
                {"application/feed+json", head.title + " (JSON)", agenda_feed_address(say, view.filter, view.facts, view.current, "json")}};
  // A search or a page in the middle is no page of its own for search engines.
  head.index = view.filter.text.empty() && !request.query.has("after") && !request.query.has("before");
  return head;
}

}  // namespace

Url agenda_feed_address(Say const& say, Filter const& filter, campaign::Facts const& facts, EditionId current, std::string_view ending) {
  auto const query = query_of(filter, facts, current).encoded();
  auto const name = ending == "3w" ? std::string("/feeds/3w-") + std::string(say.code()) + ".csv"
                                   : std::string("/feeds/agenda-") + std::string(say.code()) + "." + std::string(ending);
  return own_path(name + (query.empty() ? "" : "?" + query));
}

Reply agenda(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const& edition = site::chosen_edition(request, *facts);
  auto const current = facts->current(request.now);
  auto const today = facts->today(request.now);
  auto const [filter, faults] = read_filter(request.query, *facts, edition.id);
  view::FilterView const view{filter, *facts, current ? current->id : EditionId{}, today};
  Store store(request.read());
  auto const totals = store.totals_up_to(filter.text.empty() ? most_counted : most_searched, filter, *facts, today);
  auto const again = view::counted_again(say, filter.several, store.repeated(filter, *facts, today));
  auto page = List(request, filter, *facts, today).read();
  page.faults.insert(page.faults.begin(), faults.begin(), faults.end());

  auto const head = head_of(request, view, totals);
  view::Numbers numbers(request, view);
  return site::page(request, head, page_bytes, [&](Html& out) {
    out.add("<p class=\"above\">{}</p><h1>{}</h1>{}<div class=\"beside\"><div>", edition.name(say.language()), say("Activities"),
            view::filter_faults(request, page.faults));
    view::add_filters(out, request, view, numbers);
    out.add("{}{}{}", summary(request, view, totals), again, behind(say, view, totals));
    if (page.cards.empty()) out += nothing(request, view);
    else add_rows_by_day(out, request, *facts, page.cards);
    out.add("{}{}{}</div><aside>{}{}</aside></div>", hidden(say, totals), printed(say, page, totals), paging(say, view, page),
            view::regions_map(request, view, numbers), elsewhere(say, view));
  });
}

}  // namespace birge::activity
