#include <algorithm>
#include <tuple>

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"

/// Rows of a list grouped by day, like a good calendar.
namespace birge::activity {

namespace {

void add_when(Html& out, Say const& say, Card const& card) {
  if (card.precision != Precision::day) return;
  out.add("<p class=\"when\">");
  if (card.start_minutes) {
    auto const time = say.time(*card.start_minutes);
    out.add("<time datetime=\"{}\">{}</time>", time, time);
    if (card.end_minutes) out.add("<small>–{}</small>", say.time(*card.end_minutes));
  }
  if (card.end_day > card.day) out.add("<small class=\"days\">{}</small>", say("until {}", say.day_and_month(card.end_day)));
  out.add("</p>");
}

/// What all rows of a list share.
struct Rows {
  Request const& request;
  campaign::Facts const& facts;
  Day today;
  UrlPattern pages;  ///< of the activities
};

void row(Html& out, Rows const& rows, Card const& card) {
  auto const& [request, facts, today, pages] = rows;
  auto const& say = request.say;
  auto const* kind = facts.codes.find("kind", card.kind);
  auto const id = id_text(card.id);
  out.add("<li class=\"row{}\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\">", card.state == State::cancelled ? " off" : "",
          view::kind_icon(kind), pages.with(id));
  site::add_in_language(out, request, card.title, card.text_language);
  out.add("</a></p><p class=\"dots\"><span>{}</span>", kind ? kind->name(say.language()) : card.kind);
  if (card.place || card.reach != Reach::place || !card.village.empty()) {
    out.add("<span>");
    view::add_place(out, request, facts, card.reach, card.place, card.village);
    out.add("</span>");
  }
  out.add("<span>");
  view::add_organisation(out, request, facts, card.lead);
  out.add("</span>");
  bool const counts = card.state == State::reported || card.state == State::confirmed;
  if (counts && card.attendance) out.add("<span>{}</span>", view::attendances(say, *card.attendance));
  out.add("</p>");
  if (auto const tags = view::tags(request, facts, view::standing(card), today, true); !tags.empty()) out.add("<p>{}</p>", tags);
  out.add("</div>");
  add_when(out, say, card);
  out.add("</li>");
}

Html heading(Say const& say, Card const& card, Day today) {
  if (card.precision == Precision::month)
    return html("<time datetime=\"{}\">{}</time> <span class=\"soft\">{}</span>", card.day.iso().substr(0, 7),
                say.month(card.day.year(), card.day.month()), say("only the month is known"));
  if (card.precision == Precision::year)
    return html("<time datetime=\"{}\">{}</time> <span class=\"soft\">{}</span>", card.day.iso().substr(0, 4),
                say("the year {}", std::to_string(card.day.year())), say("only the year is known"));
  std::string beside = say.weekday(card.day);
  if (card.day == today) beside += ", " + std::string(say("today"));
  else if (card.day == today.plus(1)) beside += ", " + std::string(say("tomorrow"));
  return html("<time datetime=\"{}\">{}</time> <span class=\"soft\">{}</span>", card.day,
              view::day_heading(say, card.day, card.day.year() != today.year()), beside);
}

/// Rows of one heading: the same day known with the same precision.
std::string group_of(Card const& card) { return card.day.iso() + std::string(code(card.precision)); }

}  // namespace

void add_rows_by_day(Html& out, Request& request, campaign::Facts const& facts, std::vector<Card> const& cards, Days days) {
  auto const today = facts.today(request.now);
  Rows const rows{request, facts, today, UrlPattern(std::string(request.say.path("/activities").text()) + "/", "")};
  // What is known only by its year or month is stored under its first day: it comes before that day, under a heading of its own. Within a
  // day the hours decide, what has none comes first.
  std::vector<Card const*> sorted;
  for (auto const& card : cards) sorted.push_back(&card);
  auto const place_of = [](Card const* card) { return std::tuple(card->day, -static_cast<int>(card->precision), card->start_minutes); };
  std::ranges::stable_sort(sorted, [&](Card const* a, Card const* b) {
    if (days == Days::latest_first && a->day != b->day) return a->day > b->day;
    return place_of(a) < place_of(b);
  });
  std::string group;
  for (auto const* card : sorted) {
    if (auto const next = group_of(*card); next != group) {
      if (!group.empty()) out.add("</ol></section>");
      bool const is_today = card->precision == Precision::day && card->day == today;
      // Two lists on a page may have the same day.
      std::string_view const list = days == Days::latest_first ? "l" : "d";
      out.add("<section class=\"day{}\" aria-labelledby=\"{}{}\"><h2 id=\"{}{}\">{}</h2><ol class=\"rows\">", is_today ? " today" : "", list, next,
              list, next, heading(request.say, *card, today));
      group = next;
    }
    row(out, rows, *card);
  }
  if (!group.empty()) out.add("</ol></section>");
}

}  // namespace birge::activity
