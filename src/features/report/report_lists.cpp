#include "features/report/report_chapters.hpp"

namespace birge::report {

namespace {

using view::Pen;
using Status = Filter::Status;

Html where(Pen const& pen, Card const& card) {
  if (card.reach != activity::Reach::place) return html("{}", pen.say(activity::name(card.reach)));
  if (!card.place) return html("{}", pen.say("Place not known"));
  auto place = pen.full_place(*card.place);
  return card.village.empty() ? place : html("{}, {}", card.village, place);
}

/// The day of a row. Of several days the line may end between the first and the last, so that the column stays narrow.
Html days(Say const& say, Card const& card) {
  if (card.precision != activity::Precision::day || card.end_day == card.day) return html("<td class=\"day\">{}</td>", day_text(say, card));
  return html("<td><span class=\"keep\">{} –</span> <span class=\"keep\">{}</span></td>", say.short_date(card.day), say.short_date(card.end_day));
}

/// The last column differs from list to list.
struct Last {
  std::string heading;
  std::string (*text)(Say const& say, Card const& card);
};

Html list(Pen& pen, std::string const& id, std::string_view title, Listing const& listing, std::optional<Last> const& last, Status status) {
  auto const& say = pen.say;
  if (listing.total == 0) return html("<p>{}</p>", say("None."));
  Html rows;
  for (auto const& card : listing.rows) {
    auto const address = pen.path(say.path("/activities/{}", card.id));
    auto const name = pen.words(card.title, card.text_language);
    rows.add("<tr>{}<td>{}", days(say, card), address.text().empty() ? name : html("<a href=\"{}\">{}</a>", address, name));
    // Many titles begin with the kind; then it is not said twice.
    if (auto const kind = pen.facts.codes.name("kind", card.kind, say.language()); !card.title.starts_with(kind))
      rows.add("<br><small>{}</small>", kind);
    rows.add("</td><td>{}</td><td>{}</td>", where(pen, card), pen.organisation(card.lead));
    if (last) rows.add("<td class=\"day\">{}</td>", last->text(say, card));
    rows.add("</tr>");
  }
  Html out;
  if (!rows.empty())
    out.add(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table class=\"list\"><caption id=\"{}\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>",
        id, id, pen.table(title), say("Date"), say("Activity"), say("Place"), say("Lead organisation"),
        last ? html("<th scope=\"col\">{}</th>", last->heading) : Html(), rows);
  out.add("<p>{} ", say.markup("In all: {}.", pen.number(listing.total, pen.report.scope, status)));
  auto const more = listing.total - listing.hidden - static_cast<std::int64_t>(listing.rows.size());
  if (more > 0) out.add("{} ", say("Not listed here but in the workbook: {}.", more));
  if (listing.hidden > 0) out.add("{}", say("Seen only by the coalition: {}.", listing.hidden));
  out.add("</p>");
  return out;
}

}  // namespace

std::string day_text(Say const& say, Card const& card) {
  if (card.precision == activity::Precision::year) return std::to_string(card.day.year());
  if (card.precision == activity::Precision::month) return say.month(card.day.year(), card.day.month());
  auto const first = say.short_date(card.day);
  return card.end_day == card.day ? first : first + " – " + say.short_date(card.end_day);
}

Chapter unreported(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "unreported", .title = std::string(say("What was not reported")), .body = {}, .parts = {}};
  chapter.body.add("<p>{}</p>",
                   say("A result is due within {} working days. These activities are past that day without a result; nothing is assumed about them.",
                       pen.report.edition.due_days));
  Last const last{.heading = std::string(say("Was due on")),
                  .text = [](Say const& speak, Card const& card) { return speak.short_date(card.due_day); }};
  chapter.body += list(pen, "t-unreported", say("Activities not reported in time"), pen.report.unreported, last, Status::unreported);
  chapter.body += timeliness(pen);
  return chapter;
}

Chapter changes(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "changes", .title = std::string(say("Cancelled and moved")), .body = {}, .parts = {}};
  chapter.body.add("<h3>{}</h3>", say.in_context("activities", "Cancelled"));
  chapter.body += list(pen, "t-cancelled", say("Cancelled activities"), pen.report.cancelled, std::nullopt, Status::cancelled);
  Last const before{.heading = std::string(say("Was planned for")), .text = [](Say const& speak, Card const& card) {
                      return card.moved_from_day ? speak.short_date(*card.moved_from_day) : std::string(speak("another place"));
                    }};
  chapter.body.add("<h3>{}</h3>", say.in_context("activities", "Moved"));
  chapter.body += list(pen, "t-moved", say("Moved activities"), pen.report.moved, before, Status::moved);
  chapter.body.add("<p class=\"note\">{}</p>", say("A moved activity is the same activity: it counts once, on its new day."));
  return chapter;
}

}  // namespace birge::report
