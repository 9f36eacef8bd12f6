#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign.hpp"
#include "features/work/plan/plan_clash.hpp"
#include "features/work/work_parts.hpp"

/// What a plan meets, and what else is planned around it: for whoever is about to propose it.
namespace birge::work {

namespace view = activity::view;

namespace {

constexpr int nearby_shown = 8;

Html line(Request& request, campaign::Facts const& known, Activity const& other) {
  auto const& say = request.say;
  return html("<a href=\"{}\">{}</a>, {}, {}", activity_page(say, other.id),
              site::in_language(request, other.text(say.language()).title, other.text_language(say.language())),
              view::day_text(say, other.day, other.end_day, other.precision), view::organisation_name(say, known, other.lead));
}

std::vector<Activity> found(db::Reader& read, std::vector<ActivityId> const& ids) {
  activity::Store activities(read);
  std::vector<Activity> list;
  for (auto const id : ids)
    if (auto activity = activities.find(id)) list.push_back(std::move(*activity));
  return list;
}

/// What stands in the way of a plan, each with the plan it meets.
Html clash_list(Request& request, campaign::Facts const& known, std::vector<Activity> const& others, std::vector<Clash> const& found) {
  auto const& say = request.say;
  if (found.empty())
    return html("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("check"),
                say("Nothing stands in the way of it: no clash within three days."));
  Html list;
  // Those of one activity stand together: it is looked at once.
  for (auto clash = found.begin(); clash != found.end();) {
    auto const until = std::find_if(clash, found.end(), [&](Clash const& each) { return !each.other || each.other != clash->other; });
    auto const other = std::ranges::find_if(others, [&](Activity const& each) { return clash->other && each.id == clash->other; });
    if (other == others.end()) {
      list.add("<li>{}</li>", say((clash++)->what));
      continue;
    }
    list.add("<li>{}", line(request, known, *other));
    for (; clash != until; ++clash) list.add("<br>{}", say(clash->what));
    list.add("</li>");
  }
  return html("<div class=\"notice attention\" role=\"note\">{}<div><h2>{}</h2><ul>{}</ul><p>{}</p></div></div>", site::icon("warning"),
              say("Look at this before you propose it"), list, say("None of it forbids the plan. You can change it, or propose it all the same."));
}

/// The nearest of what is planned in the same district, without what was told as a clash.
Html nearby_list(Request& request, Opened const& opened, std::vector<Clash> const& clashes) {
  auto const& say = request.say;
  Html list;
  for (auto const& other : found(request.read(), Store(request.read()).nearby(opened.activity, *opened.known, nearby_shown)))
    if (std::ranges::none_of(clashes, [&](Clash const& clash) { return clash.other == other.id; }))
      list.add("<li>{}</li>", line(request, *opened.known, other));
  if (list.empty()) return {};
  return html("<section class=\"text\" id=\"nearby\"><h2>{}</h2><ul>{}</ul></section>", say("Also planned in the same district, within a week of it"),
              list);
}

}  // namespace

Html around_part(Request& request, Opened const& opened) {
  auto const& a = opened.activity;
  auto const others = found(request.read(), Store(request.read()).around(a, *opened.known));
  std::vector<NationalDay> days;
  for (auto& day : campaign::Store(request.read()).national_days(a.day, a.end_day, std::string(request.say.code())))
    days.push_back({day.from, day.until, std::move(day.kind), std::move(day.name)});
  auto const met = clashes(a, others, days, *opened.known);
  return html("{}{}", clash_list(request, *opened.known, others, met), nearby_list(request, opened, met));
}

}  // namespace birge::work
