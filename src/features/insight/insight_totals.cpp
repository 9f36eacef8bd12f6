#include "features/insight/insight_parts.hpp"
#include "features/insight/insight_stated.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

Html number(Html const& value, Url const& link, std::string_view name, std::string_view note) {
  if (value.text() == "0")
    return html("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", value, name, note);  // nothing is behind it
  return html("<li><a href=\"{}\"><b>{}</b><span>{}</span><small>{}</small></a></li>", link, value, name, note);
}

Html number_without_list(std::string_view value, std::string_view name, std::string_view note) {
  return html("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", value, name, note);
}

std::string parts(Say const& say, Count reported, Count confirmed) {
  return say("{} reported + {} confirmed", count_text(say, reported), count_text(say, confirmed));
}

/// The plan in one sentence, each number of it a link.
Html plan(Page const& page, Opener const& opens) {
  auto const& say = page.say;
  auto const& total = page.figures.total;
  auto const planned = opens.number(say, total[Measure::planned], Status::any);
  if (only_documented(page))
    return say.markup("Activities of this edition on record in Birge: {}. There are no data about their attendances.", planned);
  auto const cancelled = opens.number(say, total[Measure::cancelled], Status::cancelled);
  auto const moved = opens.number(say, total[Measure::moved], Status::moved);
  auto const unreported = opens.number(say, total.unreported, Status::unreported);
  if (total.unreported_held.value_or(0) == 0)
    return say.markup("Planned in all: {}. Cancelled: {}. Moved to another day or place: {}. Not reported in time: {}.", planned, cancelled, moved,
                      unreported);
  return say.markup("Planned in all: {}. Cancelled: {}. Moved to another day or place: {}. Not reported in time: {} (known to be held: {}).", planned,
                    cancelled, moved, unreported, html("{}", say.number(*total.unreported_held)));
}

/// What was held, and how far it is reported: the three parts add up to it.
Html held_tile(Page const& page, Opener const& opens) {
  auto const& say = page.say;
  auto const& total = page.figures.total;
  auto const reported = total[Measure::reported], confirmed = total[Measure::confirmed], held = total[Measure::held];
  auto const note = only_documented(page)
                        ? std::string(say("on record in Birge"))
                        : say("{} reported, {} confirmed, {} without a report yet", reported, confirmed, held - reported - confirmed);
  return number(html("{}", say.number(held)), opens.url(Status::held), say("activities held"), note);
}

/// The totals of an edition without a result: what was published about it, and how many activities are on record.
Html totals_without_result(Page const& page, Opener const& opens) {
  Html out;
  // What was published is of the whole country.
  if (!page.figures.filter.place) out = stated_tiles(page.say, campaign::Store(page.request.read()).stated_figures(page.edition.id));
  out.add("<ul class=\"numbers\">{}{}</ul><p>{}</p>", held_tile(page, opens), unknown_attendances_tile(page.say), plan(page, opens));
  return out;
}

}  // namespace

Html totals(Page const& page) {
  auto const& say = page.say;
  auto const& total = page.figures.total;
  Opener const opens(page, page.figures.filter);
  if (total.without_result()) return totals_without_result(page, opens);
  auto const text = [&](Count count) { return html("{}", count_text(say, count)); };
  Count const audience_reported{total[Measure::audience_reported_low], total[Measure::audience_reported_high]};
  Count const audience_confirmed{total[Measure::audience_confirmed_low], total[Measure::audience_confirmed_high]};

  Html items = number(text(total.attendance()), opens.url(Status::counted), say.plural("attendance", "attendances", total.attendance().high),
                      parts(say, total.reported(), total.confirmed()));
  items += held_tile(page, opens);
  items += number(text(total.audience()), opens.url(Status::counted), say("broadcast audience"),
                  parts(say, audience_reported, audience_confirmed) + "; " + std::string(say("never added to attendances")));
  items += number_without_list("—", say("people, each counted once"), say("not estimated: one person may come to several activities"));
  return html("<ul class=\"numbers\">{}</ul><p>{}</p>", items, plan(page, opens));
}

}  // namespace birge::insight::view
