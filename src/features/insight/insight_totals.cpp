#include "features/insight/insight_parts.hpp"

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
  return say.markup("Planned in all: {}. Cancelled: {}. Moved to another day or place: {}. Not reported in time: {}.",
                    opens.number(say, total[Measure::planned], Status::any), opens.number(say, total[Measure::cancelled], Status::cancelled),
                    opens.number(say, total[Measure::moved], Status::moved), opens.number(say, total.unreported, Status::unreported));
}

}  // namespace

Html totals(Page const& page) {
  auto const& say = page.say;
  auto const& total = page.figures.total;
  Opener const opens(page, page.figures.filter);
  auto const text = [&](Count count) { return html("{}", count_text(say, count)); };
  Count const audience_reported{total[Measure::audience_reported_low], total[Measure::audience_reported_high]};
  Count const audience_confirmed{total[Measure::audience_confirmed_low], total[Measure::audience_confirmed_high]};

  Html items = number(text(total.attendance()), opens.url(Status::counted), say.plural("attendance", "attendances", total.attendance().high),
                      parts(say, total.reported(), total.confirmed()));
  items += number(html("{}", say.number(total[Measure::held])), opens.url(Status::held), say("activities held"),
                  say("{} with a reported and {} with a confirmed result", total[Measure::reported], total[Measure::confirmed]));
  items += number(text(total.audience()), opens.url(Status::counted), say("broadcast audience"),
                  parts(say, audience_reported, audience_confirmed) + "; " + std::string(say("never added to attendances")));
  items += number_without_list("—", say("people, each counted once"), say("not estimated: one person may come to several activities"));
  return html("<ul class=\"numbers\">{}</ul><p>{}</p>", items, plan(page, opens));
}

}  // namespace birge::insight::view
