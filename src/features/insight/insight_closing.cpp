#include "features/insight/insight_closing.hpp"
#include "features/campaign/campaign_editing.hpp"

namespace birge::insight {

activity::Totals totals_of(Figures const& figures) {
  auto const& total = figures.total;
  activity::Totals totals;
  totals.planned = total[Measure::planned];
  totals.held = total[Measure::held];
  totals.cancelled = total[Measure::cancelled];
  totals.moved = total[Measure::moved];
  totals.reported = total[Measure::reported];
  totals.confirmed = total[Measure::confirmed];
  totals.hidden = total[Measure::hidden];
  totals.reported_attendance = total.reported();
  totals.confirmed_attendance = total.confirmed();
  totals.reported_audience = {total[Measure::audience_reported_low], total[Measure::audience_reported_high]};
  totals.confirmed_audience = {total[Measure::audience_confirmed_low], total[Measure::audience_confirmed_high]};
  return totals;
}

activity::Totals totals(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today) {
  return campaign::closed(read, filter.edition) ? totals_of(figures(read, facts, filter, today)) : activity::Store(read).totals(filter, facts, today);
}

Url behind_link(Say const& say, Filter const& filter, campaign::Facts const& facts, campaign::EditionId current) {
  auto const query = activity::query_of(filter, facts, current).encoded();
  return own_path(std::string(say.path("/figures/behind").text()) + (query.empty() ? "" : "?" + query));
}

Url list_link(Say const& say, Filter const& filter, campaign::Facts const& facts, campaign::EditionId current, bool closed) {
  return closed ? behind_link(say, filter, facts, current) : activity::agenda_link(say, filter, facts, current);
}

}  // namespace birge::insight
