#include "features/insight/insight_stated.hpp"
#include "features/report/report_chapters.hpp"
#include "features/site/site.hpp"

#include <algorithm>

namespace birge::report {

namespace {

using view::Pen;
using Status = Filter::Status;

/// The numbers of the sources under the table, in order of appearance.
class Notes {
public:
  std::size_t of(campaign::StatedFigure const& figure) {
    auto const found = std::ranges::find(list_, figure.source_title, [](auto const* note) { return note->source_title; });
    if (found != list_.end()) return static_cast<std::size_t>(found - list_.begin()) + 1;
    list_.push_back(&figure);
    return list_.size();
  }
  std::vector<campaign::StatedFigure const*> const& list() const { return list_; }

private:
  std::vector<campaign::StatedFigure const*> list_;
};

Filter scope_in(Pen const& pen, Comparison const& edition) {
  auto scope = pen.report.scope;
  if (edition.edition->id != scope.edition) {
    scope.edition = edition.edition->id;
    scope.from.reset();
    scope.until.reset();
  }
  return scope;
}

template <class Cell>
void add_row(Html& out, Pen const& pen, std::string_view name, Cell&& cell) {
  out.add("<tr><th scope=\"row\">{}</th>", name);
  for (auto const& edition : pen.report.editions) out.add("<td class=\"n\">{}</td>", cell(edition));
  out.add("</tr>");
}

Html counted_rows(Pen const& pen) {
  auto const& say = pen.say;
  Html out;
  // What results tell is not 0 where there is none.
  auto const told = [&](Comparison const& e, Count count, Status status) {
    return e.total.without_result() ? html("{}", say("no data")) : pen.count(count, scope_in(pen, e), status);
  };
  add_row(out, pen, say("First day of the campaign"), [&](auto const& e) { return html("{}", say.short_date(e.edition->campaign_from)); });
  add_row(out, pen, say("Last day of the campaign"), [&](auto const& e) { return html("{}", say.short_date(e.edition->campaign_until)); });
  add_row(out, pen, say("Days of the campaign"), [&](auto const& e) { return html("{}", pen.text(e.edition->days_in_campaign())); });
  add_row(out, pen, say("Activities planned, on record in Birge"),
          [&](auto const& e) { return pen.number(e.total[Measure::planned], scope_in(pen, e), Status::any); });
  add_row(out, pen, say("Activities held, on record in Birge"),
          [&](auto const& e) { return pen.number(e.total[Measure::held], scope_in(pen, e), Status::held); });
  add_row(out, pen, say("Activities cancelled"),
          [&](auto const& e) { return pen.number(e.total[Measure::cancelled], scope_in(pen, e), Status::cancelled); });
  add_row(out, pen, say("Attendances reported"), [&](auto const& e) { return told(e, e.total.reported(), Status::reported); });
  add_row(out, pen, say("Attendances confirmed"), [&](auto const& e) { return told(e, e.total.confirmed(), Status::confirmed); });
  add_row(out, pen, say("Broadcast audience"), [&](auto const& e) { return told(e, e.total.audience(), Status::counted); });
  auto const target = [&](std::string_view name, std::optional<std::int64_t> campaign::Target::*measure) {
    auto const of = [&](Comparison const& e) { return e.target ? (*e.target).*measure : std::nullopt; };
    if (std::ranges::none_of(pen.report.editions, [&](auto const& e) { return of(e).has_value(); })) return;
    add_row(out, pen, name, [&](auto const& e) { return of(e) ? html("{}", pen.text(*of(e))) : html("–"); });
  };
  target(say("Target: activities held"), &campaign::Target::activities);
  target(say("Target: attendances"), &campaign::Target::attendances);
  // Where and by whom something was held is known without any result; only that there was nothing is not.
  auto const opening = [&](Comparison const& e, std::int64_t number, std::string_view page) {
    if (number == 0) return e.total.without_result() ? html("{}", say("no data")) : html("{}", pen.text(number));
    return pen.opened(pen.text(number), page.empty() ? Url() : pen.figures_link(page, scope_in(pen, e)));
  };
  // The page of districts tells how many were reached in the whole country only.
  add_row(out, pen, say("Districts and cities reached"), [&](auto const& e) {
    return opening(e, e.districts, pen.report.scope.place ? std::string_view() : say.path("/figures/districts").text());
  });
  add_row(out, pen, say("Organisations that held activities"),
          [&](auto const& e) { return opening(e, e.organisations, say.path("/figures/organisations").text()); });
  return out;
}

Html stated_rows(Pen const& pen, Notes& notes) {
  auto const& say = pen.say;
  Html out;
  for (auto const measure : insight::stated_measures) {
    auto const states = [&](Comparison const& edition) { return std::ranges::find(edition.stated, measure, &campaign::StatedFigure::measure); };
    if (std::ranges::none_of(pen.report.editions, [&](auto const& edition) { return states(edition) != edition.stated.end(); })) continue;
    add_row(out, pen, say(stated_name(measure)), [&](Comparison const& edition) {
      auto const found = states(edition);
      if (found == edition.stated.end()) return html("–");
      return html("{} <small>[{}]</small>", insight::stated_text(say, *found), static_cast<std::int64_t>(notes.of(*found)));
    });
  }
  return out;
}

Html note_list(Pen const& pen, Notes const& notes) {
  Html items;
  for (auto const* note : notes.list()) {
    auto const address = url(note->source_address);
    auto const dated = site::dated(pen.say, note->source_dated);
    items.add("<li>{}, {}", pen.words(note->source_title, campaign::title_language(note->source_title)), dated);
    if (address) items.add("{}<a href=\"{}\">{}</a>", view::end_behind(dated), *address, note->source_address);
    items.add("</li>");
  }
  return html(
      "<p class=\"note\">{}</p><ol class=\"cited\">{}</ol>",
      pen.say("Stated figures were published without their parts. They stand here with their source and are never added to what was counted."),
      items);
}

}  // namespace

Message stated_name(std::string_view measure) {
  if (measure == "activities") return message("Activities, stated");
  if (measure == "attendances") return message("Participants, stated");
  if (measure == "organisations") return message("Organisations, stated");
  if (measure == "regions") return message("Regions, stated");
  return message("Participants of the closing conference, stated");
}

std::string stated_item(Say const& say, campaign::StatedFigure const& figure) {
  auto const text = insight::stated_text(say, figure);
  if (figure.measure == "activities") return say("activities: {}", text);
  if (figure.measure == "attendances") return say("participants: {}", text);
  if (figure.measure == "organisations") return say("organisations: {}", text);
  if (figure.measure == "regions") return say("regions: {}", text);
  return say("participants of the closing conference: {}", text);
}

Chapter comparison(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "comparison", .title = std::string(say("Compared with earlier editions")), .body = {}, .parts = {}};
  Notes notes;
  Html head;
  for (auto const& edition : pen.report.editions) head.add("<th scope=\"col\" class=\"n\">{}</th>", edition.edition->name(say.language()));
  auto const caption = pen.table(say("This edition and earlier ones"));
  auto const counted = counted_rows(pen);
  auto const stated = stated_rows(pen, notes);
  chapter.body.add(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-comparison\"><table class=\"even\"><caption id=\"t-comparison\">{}</caption>"
      "<thead><tr><th scope=\"col\">{}</th>{}</tr></thead><tbody>{}{}</tbody></table></div>",
      caption, say("Figure"), head, counted, stated);
  if (pen.report.scope.from || pen.report.scope.until)
    chapter.body.add("<p class=\"note\">{}</p>", say("This edition is counted in the chosen period only, earlier ones as a whole."));
  if (pen.report.scope.place && !stated.empty()) chapter.body.add("<p class=\"note\">{}</p>", say("Stated figures are those of the whole country."));
  if (!notes.list().empty()) chapter.body += note_list(pen, notes);
  return chapter;
}

}  // namespace birge::report
