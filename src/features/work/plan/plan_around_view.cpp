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

/// That nothing was found, as far as the place of a plan lets it be looked for.
Html no_clash(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const of_place = [&] {
    if (spots(opened.activity, *opened.known).empty())
      return message(
          "No clash was found. It names no place: only whether its organisations take part in something else at the same time was checked.");
    if (of_a_region_only(opened.activity, *opened.known))
      return message("No clash was found. It names no district: its region on the same day, its venue and hour, and its organisations were checked.");
    return message("Nothing stands in the way of it: no clash within three days.");
  };
  return html("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("check"), say(of_place()));
}

/// What stands in the way of a plan, each with the plan it meets.
Html clash_list(Request& request, Opened const& opened, std::vector<Activity> const& others, std::vector<Clash> const& found) {
  auto const& say = request.say;
  if (found.empty()) return no_clash(request, opened);
  Html list;
  // Those of one activity stand together: it is looked at once.
  for (auto clash = found.begin(); clash != found.end();) {
    auto const until = std::find_if(clash, found.end(), [&](Clash const& each) { return !each.other || each.other != clash->other; });
    auto const other = std::ranges::find_if(others, [&](Activity const& each) { return clash->other && each.id == clash->other; });
    if (other == others.end()) {
      list.add("<li>{}</li>", say((clash++)->what));
      continue;
    }
    list.add("<li>{}", line(request, *opened.known, *other));
    for (; clash != until; ++clash) list.add("<br>{}", say(clash->what));
    list.add("</li>");
  }
  return html("<div class=\"notice attention\" role=\"note\">{}<div><h2>{}</h2><ul>{}</ul><p>{}</p></div></div>", site::icon("warning"),
              say("Look at this before you propose it"), list, say("None of it forbids the plan. You can change it, or propose it all the same."));
}

/// The nearest of what is planned in the same district or region, without what was told as a clash.
Html nearby_list(Request& request, Opened const& opened, std::vector<Clash> const& clashes) {
  auto const& say = request.say;
  Html list;
  for (auto const& other : found(request.read(), Store(request.read()).nearby(opened.activity, *opened.known, nearby_shown)))
    if (std::ranges::none_of(clashes, [&](Clash const& clash) { return clash.other == other.id; }))
      list.add("<li>{}</li>", line(request, *opened.known, other));
  if (list.empty()) return {};
  auto const heading = of_a_region_only(opened.activity, *opened.known) ? say("Also planned in the same region, within a week of it")
                                                                        : say("Also planned in the same district, within a week of it");
  return html("<section class=\"text\" id=\"nearby\"><h2>{}</h2><ul>{}</ul></section>", heading, list);
}

/// What a plan meets among others.
struct Around {
  std::vector<Activity> others;
  std::vector<Clash> met;
};
Around look_around(Request& request, Opened const& opened) {
  auto const& a = opened.activity;
  auto others = found(request.read(), Store(request.read()).around(a, *opened.known));
  std::vector<NationalDay> days;
  for (auto& day : campaign::Store(request.read()).national_days(a.day, a.end_day, std::string(request.say.code())))
    days.push_back({day.from, day.until, std::move(day.kind), std::move(day.name)});
  auto met = clashes(a, others, days, *opened.known);
  return {std::move(others), std::move(met)};
}

}  // namespace

Html around_part(Request& request, Opened const& opened) {
  auto const around = look_around(request, opened);
  return html("{}{}", clash_list(request, opened, around.others, around.met), nearby_list(request, opened, around.met));
}

Html clashes_part(Request& request, Opened const& opened) {
  auto const around = look_around(request, opened);
  return clash_list(request, opened, around.others, around.met);
}

}  // namespace birge::work
