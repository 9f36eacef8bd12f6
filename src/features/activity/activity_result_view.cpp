#include "features/activity/activity_result_view.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "features/activity/activity_view.hpp"

namespace birge::activity::view {

namespace {

constexpr std::array sexes{Sex::female, Sex::male, Sex::unknown};

/// Heads by band and sex, in the order of the pack's bands, the coarser groups of sheets behind them.
struct Table {
  std::vector<std::string> bands;
  std::map<std::pair<std::string, Sex>, Count> cells;
  std::array<bool, 3> has_sex{};

  Count of(std::string const& band, Sex sex) const {
    auto const found = cells.find({band, sex});
    return found == cells.end() ? Count{} : found->second;
  }
  Count of_band(std::string const& band) const {
    Count sum;
    for (auto const sex : sexes) sum += of(band, sex);
    return sum;
  }
  Count of_sex(Sex sex) const {
    Count sum;
    for (auto const& band : bands) sum += of(band, sex);
    return sum;
  }
};

Table table_of(Result const& result, campaign::Facts const& facts) {
  Table table;
  std::vector<std::string> order;
  for (auto const& band : facts.codes.list("age_band")) order.push_back(band.code);
  for (auto const* coarse : {"under_18", "adult", "unknown"}) order.emplace_back(coarse);
  for (auto const& cell : result.cells) {
    table.cells[{cell.band, cell.sex}] += cell.count;
    table.has_sex[static_cast<std::size_t>(cell.sex)] = true;
    if (std::ranges::find(order, cell.band) == order.end()) order.push_back(cell.band);
  }
  for (auto const& band : order)
    if (std::ranges::any_of(result.cells, [&](Cell const& cell) { return cell.band == band; })) table.bands.push_back(band);
  return table;
}

Html row(Say const& say, Table const& table, std::string_view title, auto const& count_of) {
  Html out;
  out.add("<tr><th scope=\"row\">{}</th>", title);
  Count sum;
  for (auto const sex : sexes) {
    if (!table.has_sex[static_cast<std::size_t>(sex)]) continue;
    Count const count = count_of(sex);
    sum += count;
    out.add("<td class=\"n\">{}</td>", range(say, count));
  }
  out.add("<td class=\"n\">{}</td></tr>", range(say, sum));
  return out;
}

Html by_sex_and_age(Say const& say, Result const& result, campaign::Facts const& facts) {
  auto const table = table_of(result, facts);
  Html out;
  out.add(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"heads\"><table><caption id=\"heads\">{}</caption><thead><tr><th scope=\"col\">{}</th>",
      say("Attendances by sex and age"), say("Age"));
  for (auto const sex : sexes)
    if (table.has_sex[static_cast<std::size_t>(sex)]) out.add("<th scope=\"col\" class=\"n\">{}</th>", say(sex_name(sex)));
  out.add("<th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>", say("Together"));
  for (auto const& band : table.bands) out += row(say, table, band_name(say, facts, band), [&](Sex sex) { return table.of(band, sex); });
  out.add("</tbody><tfoot>{}</tfoot></table></div>", row(say, table, say("Total"), [&](Sex sex) { return table.of_sex(sex); }));
  if (auto const sum = sums(result); sum.differs && result.attendance)
    out.add("<p class=\"soft\">{}</p>", say("The parts add up to {}; the total that was reported is {}. The total counts.", range(say, sum.cells),
                                            range(say, *result.attendance)));
  return out;
}

Html numbers(Say const& say, Result const& result) {
  Html out;
  out.add("<ul class=\"numbers\">");
  if (result.attendance)
    out.add("<li><div class=\"number\"><b>{}</b><span>{}</span></div></li>", range(say, *result.attendance),
            say.plural("attendance", "attendances", result.attendance->high));
  if (result.audience)
    out.add("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", range(say, *result.audience),
            say("audience of the broadcast or post"), say("counted apart from attendances"));
  out.add("</ul>");
  return out;
}

Html who_counted(Request const& request, Activity const& activity, Result const& result, Day came_in, campaign::Facts const& facts) {
  auto const& say = request.say;
  Html out;
  out.add("<dl class=\"facts\">");
  if (auto const* organisation = result.counted_by ? facts.organisation(*result.counted_by) : nullptr)
    out.add("<div>{}<dt>{}</dt><dd><a href=\"{}\">{}</a></dd></div>", site::icon("organisation"), say("Counted by"),
            say.path("/organisations/{}", organisation->slug), organisation_html(request, facts, *result.counted_by));
  out.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon("people"), say("How it was counted"), say(method_name(result.method)));
  out.add("<div>{}<dt>{}</dt><dd>{}{}</dd></div>", site::icon("check"), say("Reported on"), say.date(came_in),
          came_in > activity.due_day ? html(" <span class=\"tag attention\">{} {}</span>", site::icon("clock"), say("late")) : Html());
  if (result.reported_day != came_in)
    out.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon("document"), say("Corrected on"), say.date(result.reported_day));
  out.add("</dl>");
  return out;
}

}  // namespace

Html what_happened(Request const& request, Activity const& activity, std::optional<Day> came_in, campaign::Facts const& facts, Day today) {
  auto const& say = request.say;
  Html out;
  auto const* result = public_result(activity);
  if (!result) {
    if (activity.state == State::cancelled || (!happened(activity.state) && activity.end_day >= today)) return out;
    out.add("<h2>{}</h2>", say("What happened"));
    if (unreported(activity.state, activity.due_day, today))
      out.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("clock"),
              say("Nothing was reported about this activity. The report was due by {}. It counts as planned, and nobody is counted for it.",
                  activity.due_day));
    else if (activity.source.empty()) out.add("<p>{}</p>", say("The result is not known yet. It is due by {}.", activity.due_day));
    else out.add("<p>{}</p>", say("It is documented that this took place. How many people came is not."));
    return out;
  }
  out.add("<h2>{}</h2>", say("What happened"));
  if (result->attendance || result->audience) out += numbers(say, *result);
  else out.add("<p>{}</p>", say("It took place. Nobody was counted."));
  if (!cells_public(activity))
    out.add("<p class=\"soft\">{}</p>",
            say("For consultations and outreach only the total is public: a number by sex and age could point at a person."));
  else if (!result->cells.empty()) out += by_sex_and_age(say, *result, facts);
  else if (result->attendance) out.add("<p class=\"soft\">{}</p>", say("Only the total is known, not how many were women or men, nor of what age."));
  out += who_counted(request, activity, *result, came_in.value_or(result->reported_day), facts);
  if (activity.state == State::reported)
    out.add("<p class=\"soft\">{}</p>", say("Reported by those who held it; the coordinator has not confirmed it yet."));
  else out.add("<p class=\"soft\">{}</p>", say("Confirmed by the coordinator."));
  return out;
}

}  // namespace birge::activity::view
