#include "features/insight/insight_parts.hpp"
#include "features/insight/insight_stated.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

/// The number and those below it, each with its own link.
Html tile(Html const& number, std::string_view name, Html const& note) {
  return html("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", number, name, note);
}

Html parts(Say const& say, Opener const& opens, Count reported, Count confirmed) {
  return say.markup("{} reported + {} confirmed", opens.count(say, reported, Status::reported), opens.count(say, confirmed, Status::confirmed));
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
                    cancelled, moved, unreported, opens.number(say, *total.unreported_held, Status::overdue));
}

/// What was held, and how far it is reported: the three parts add up to it.
Html held_tile(Page const& page, Opener const& opens) {
  auto const& say = page.say;
  auto const& total = page.figures.total;
  auto const reported = total[Measure::reported], confirmed = total[Measure::confirmed], held = total[Measure::held];
  auto const note = only_documented(page) ? html("{}", say("on record in Birge"))
                                          : say.markup("{} reported, {} confirmed, {} without a report yet",
                                                       opens.number(say, reported, Status::reported), opens.number(say, confirmed, Status::confirmed),
                                                       opens.number(say, held - reported - confirmed, Status::awaiting));
  return tile(opens.number(say, held, Status::held), say.plural("activity held", "activities held", held), note);
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
  Count const audience_reported{total[Measure::audience_reported_low], total[Measure::audience_reported_high]};
  Count const audience_confirmed{total[Measure::audience_confirmed_low], total[Measure::audience_confirmed_high]};

  Html items = tile(opens.count(say, total.attendance(), Status::counted), say.plural("attendance", "attendances", total.attendance().high),
                    parts(say, opens, total.reported(), total.confirmed()));
  items += held_tile(page, opens);
  items += tile(opens.count(say, total.audience(), Status::counted), say("broadcast audience"),
                html("{}; {}", parts(say, opens, audience_reported, audience_confirmed), say("never added to attendances")));
  items += tile(html("—"), say("people, each counted once"), html("{}", say("not estimated: one person may come to several activities")));
  return html("<ul class=\"numbers\">{}</ul><p>{}</p>", items, plan(page, opens));
}

}  // namespace birge::insight::view
