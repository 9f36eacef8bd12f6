#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/activity/list/list_filters_view.hpp"
#include "features/activity/tally/tally.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_view.hpp"
#include "features/evidence/evidence_view.hpp"
#include "features/insight/insight_behind.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_stated.hpp"
#include "features/insight/insight_view.hpp"
#include "features/work/work_versions.hpp"
#include "features/work/work_view.hpp"
#include "platform/base/text.hpp"

/// Behind a number: who counted, how, who confirmed, and what was corrected.
namespace birge::edition {

namespace {

namespace view = activity::view;
using activity::Activity;
using activity::Count;
using activity::Filter;
using Status = Filter::Status;
using insight::view::Viewer;

constexpr std::size_t page_length = 50;

struct Behind {
  insight::Numbers numbers;  ///< of everything the filter finds
  std::vector<Activity> rows;
  std::int64_t unlisted = 0;
  Count unlisted_attendance;
  bool more = false;
  activity::Repeated repeated;  ///< by the filter's several hosts, topics or audience groups
};

bool counts(Activity const& activity) {
  return activity.result && (activity.state == activity::State::reported || activity.state == activity::State::confirmed);
}

Count counted_attendance(Activity const& activity) { return counts(activity) ? activity.result->attendance.value_or(Count{}) : Count{}; }
Count counted_audience(Activity const& activity) { return counts(activity) ? activity.result->audience.value_or(Count{}) : Count{}; }

Behind behind(Request& request, campaign::Facts const& facts, Filter const& filter, Viewer const& viewer, activity::Cursor const& after) {
  Behind found;
  activity::Tallies tallies;
  for (auto& activity : activity::as_counted(request.read(), facts, filter, facts.today(request.now))) {
    tallies.add(activity, facts);
    auto const beyond_one = activity::lines_beyond_one(activity, filter.several);
    found.repeated.activities += beyond_one;
    found.repeated.attendance += counted_attendance(activity) * beyond_one;
    found.repeated.audience += counted_audience(activity) * beyond_one;
    if (!viewer.sees(activity, facts)) {
      ++found.unlisted;
      found.unlisted_attendance += counted_attendance(activity);
      continue;
    }
    if (!after.day.empty() && std::pair(activity.day.iso(), activity.id) <= std::pair(after.day, after.id)) continue;
    if (found.rows.size() <= page_length) found.rows.push_back(std::move(activity));
  }
  found.more = found.rows.size() > page_length;
  if (found.more) found.rows.resize(page_length);
  if (auto const total = tallies.rows().find({filter.edition.value, 0, "total", ""}); total != tallies.rows().end()) found.numbers = total->second;
  return found;
}

/// What the number that was clicked says, again: it is the sum of the lines below.
Html head_numbers(Say const& say, Behind const& behind) {
  auto const& n = behind.numbers;
  using insight::Measure;
  auto const range = [&](std::int64_t low, std::int64_t high) { return insight::view::count_text(say, {low, high}); };
  auto const tile = [](std::string const& value, std::string_view name, std::string_view note) {
    return html("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", value, name, note);
  };
  auto out =
      tile(say.number(n[Measure::planned]), say.plural("activity counted", "activities counted", n[Measure::planned]),
           n[Measure::cancelled] == 0 ? say("{} held", n[Measure::held]) : say("{} held, {} cancelled", n[Measure::held], n[Measure::cancelled]));
  auto const attended = n[Measure::reported_high] + n[Measure::confirmed_high];
  if (n[Measure::reported] + n[Measure::confirmed] == 0) return html("<ul class=\"numbers\">{}{}</ul>", out, insight::unknown_attendances_tile(say));
  auto const audience = range(n[Measure::audience_reported_low] + n[Measure::audience_confirmed_low],
                              n[Measure::audience_reported_high] + n[Measure::audience_confirmed_high]);
  // Broadcasts alone have an audience and no attendances.
  if (attended > 0 || audience == "0")
    out += tile(range(n[Measure::reported_low] + n[Measure::confirmed_low], attended), say.plural("attendance", "attendances", attended),
                say("{} reported + {} confirmed", range(n[Measure::reported_low], n[Measure::reported_high]),
                    range(n[Measure::confirmed_low], n[Measure::confirmed_high])));
  if (audience != "0") out += tile(audience, say("broadcast audience"), say("never added to attendances"));
  return html("<ul class=\"numbers\">{}</ul>", out);
}

/// The step that led to a state, latest first: who reported, who confirmed.
work::Line const* step_of(std::vector<work::Line> const& lines, std::string_view what) {
  auto const found = std::find_if(lines.rbegin(), lines.rend(), [&](work::Line const& line) { return line.what == what; });
  return found == lines.rend() ? nullptr : &*found;
}

/// One line of the list opened: how its result came about.
class Origin {
public:
  Origin(Request& request, campaign::Facts const& facts, Viewer const& viewer, std::vector<Activity> const& rows)
      : request_(request), say_(request.say), facts_(facts), viewer_(viewer), people_(request, facts, viewer.names) {
    std::vector<activity::ActivityId> ids;
    for (auto const& row : rows) ids.push_back(row.id);
    evidence_ = evidence::evidence_of(request.read(), ids);
  }

  Html of(Activity const& a) {
    work::Store store(request_.read());
    auto const lines = store.timeline(a.id);
    auto const versions = store.results(a.id);
    know(lines, versions);
    Html out;
    if (auto const* approved = work::approval_of(lines))
      out.add("<li>{}</li>", approved->what == work::code(work::Action::approve) ? say_("Approved by {}", person(*approved))
                                                                                 : say_("Approved on paper; entered by {}", person(*approved)));
    if (a.state == activity::State::cancelled) return html("<ul class=\"plain origin\">{}<li>{}</li></ul>", out, say_("Not held: cancelled."));
    if (a.result) out += counted(a, lines);
    else out.add("<li>{}</li>", a.source.empty() ? say_("No result yet.") : say_("Known from a published source; its attendances were not counted."));
    out += confirmed(a, versions);
    out += corrected(a, versions, lines);
    out += shown_by(a);
    if (auto const life = insight::view::life_link(say_, facts_, viewer_, a); !life.empty()) out.add("<li>{}</li>", life);
    return html("<ul class=\"plain origin\">{}</ul>", out);
  }

private:
  void know(std::vector<work::Line> const& lines, std::vector<work::ResultVersion> const& versions) {
    std::vector<work::PersonId> people;
    for (auto const& line : lines)
      if (line.person) people.push_back(*line.person);
    for (auto const& version : versions)
      if (version.confirmed_by) people.push_back(*version.confirmed_by);
    people_.know(people);
  }
  std::string person(work::Line const& line) const { return people_.text(line.person, line.organisation, line.role); }

  Html counted(Activity const& a, std::vector<work::Line> const& lines) const {
    auto const& result = *a.result;
    auto const who = result.counted_by ? view::organisation_name(say_, facts_, *result.counted_by) : view::organisation_name(say_, facts_, a.lead);
    auto out = html("<li>{}</li>", result.method.empty() ? say_("Counted by {}; method not said.", who)
                                                         : say_("Counted by {}: {}.", who, say_(view::method_name(result.method))));
    auto const* reported = step_of(lines, "report");
    auto const* corrected = step_of(lines, "correct");
    if (corrected && (!reported || corrected->at > reported->at)) reported = corrected;
    out.add("<li>{}</li>",
            reported ? say_("Reported on {} by {}.", result.reported_day, person(*reported)) : say_("Reported on {}.", result.reported_day));
    if (activity::sums(result).differs)
      out.add("<li><span class=\"tag attention\">{} {}</span></li>", site::icon("warning"), say_("Does not add up"));
    return out;
  }

  Html confirmed(Activity const& a, std::vector<work::ResultVersion> const& versions) const {
    if (!a.result) return {};
    for (auto const& version : versions)
      if (version.version == a.result->version && version.confirmed_at)
        return html("<li>{}</li>", say_("Confirmed on {} by {}.", say_.moment(*version.confirmed_at, facts_.time_zone),
                                        people_.text(version.confirmed_by, version.confirmed_organisation, version.confirmed_role)));
    return html("<li>{}</li>", a.state == activity::State::confirmed ? say_("Confirmed before it came into Birge.") : say_("Not confirmed yet."));
  }

  /// Each value that was put in the place of another, by sex and age as far as whoever looks may see that.
  Html corrected(Activity const& a, std::vector<work::ResultVersion> const& versions, std::vector<work::Line> const& lines) const {
    bool const inside = viewer_.sees_what_is_inside(a, facts_);
    auto const steps = work::steps_of(versions, lines);
    Html out;
    for (std::size_t i = 1; i < versions.size(); ++i) {
      auto const text = [&](work::ResultVersion const& version) {
        return version.attendance ? insight::view::count_text(say_, *version.attendance) : std::string("–");
      };
      out.add("<li>{}", say_("Changed on {}: attendances {} before, {} after.", say_.moment(versions[i].recorded, facts_.time_zone),
                             text(versions[i - 1]), text(versions[i])));
      if (inside || view::cells_public(a))
        for (auto const& counts : work::corrected_counts(say_, facts_, versions[i - 1], versions[i])) out.add("<br>{}", counts);
      if (steps[i]) out.add("<br>{}", say_("Reported by {}.", person(*steps[i])));
      if (inside && !versions[i].reason.empty()) out.add("<br>{}", say_("Reason: {}", versions[i].reason));
      out.add("</li>");
    }
    return out;
  }

  /// What shows that it took place, as far as whoever looks may see it: the public its pictures alone.
  Html shown_by(Activity const& a) const {
    auto const found = evidence_.find(a.id);
    if (found == evidence_.end()) return {};
    auto const& all = found->second;
    bool const inside = viewer_.sees_what_is_inside(a, facts_);
    auto const seen = inside ? all : evidence::Counts{.pictures = all.public_pictures};
    if (seen.none()) return {};
    auto const where = inside ? std::string(work::activity_page(say_, a.id).text()) + "#evidence"
                              : std::string(say_.path("/activities/{}", a.id).text()) + "#pictures";
    return html("<li><a href=\"{}\">{}</a></li>", own_path(where), say_("Evidence: {}", evidence::counts_text(say_, seen)));
  }

  Request& request_;
  Say const& say_;
  campaign::Facts const& facts_;
  Viewer const& viewer_;
  work::People people_;
  std::map<activity::ActivityId, evidence::Counts> evidence_;
};

/// What an activity adds to the number: its attendances, its audience, or nothing where no result counts.
Html added(Say const& say, Activity const& activity) {
  if (!counts(activity)) return html("–");
  auto const& result = *activity.result;
  Html out;
  if (result.attendance || !result.audience) out = html("{}", result.attendance ? insight::view::count_text(say, *result.attendance) : "–");
  if (result.audience) out.add("{}<small>{}</small>", out.empty() ? "" : " ", say("audience: {}", insight::view::count_text(say, *result.audience)));
  return out;
}

Html rows(Request& request, campaign::Facts const& facts, Behind const& behind, Viewer const& viewer) {
  auto const& say = request.say;
  Origin origin(request, facts, viewer, behind.rows);
  activity::Store store(request.read());
  Html out;
  for (auto const& row : behind.rows) {
    auto const whole = store.find(row.id).value();
    auto as_counted = whole;  // of a closed edition: as of its closing
    as_counted.state = row.state;
    as_counted.result = row.result;
    out.add(
        "<tr><th scope=\"row\"><a href=\"{}\">{}</a><br><small class=\"soft\">{}</small></th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td>"
        "<td class=\"n\" data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr>",
        insight::view::activity_page(say, row), site::in_language(request, whole.text(say.language()).title, whole.text_language(say.language())),
        view::organisation_name(say, facts, whole.lead), say("Date"), view::day_text(say, whole.day, whole.end_day, whole.precision), say("State"),
        say(activity::name(row.state)), say("Attendances"), added(say, row), say("How it came about"), origin.of(as_counted));
  }
  if (behind.unlisted > 0)
    out.add("<tr class=\"rest\"><th scope=\"row\">{}</th><td></td><td></td><td class=\"n\" data-label=\"{}\">{}</td><td></td></tr>",
            say.plural("{} activity that only the coalition sees listed", "{} activities that only the coalition sees listed", behind.unlisted),
            say("Attendances"), insight::view::count_text(say, behind.unlisted_attendance));
  return out;
}

Url figures_address(Say const& say, Edition const& edition, campaign::EditionId current) {
  auto const path = std::string(say.path("/figures").text());
  return own_path(edition.id == current ? path : path + "?edition=" + percent_encoded(edition.slug));
}

}  // namespace

Reply behind_page(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const& chosen = site::chosen_edition(request, *facts);
  auto const read = activity::read_filter(request.query, *facts, chosen.id);
  if (!read.faults.empty()) throw Problem(Failure::bad_input, read.faults.front().message);
  if (!read.filter.text.empty()) throw Problem(Failure::bad_input, message("No figure opens to what a search finds."));
  auto const* current = facts->current(request.now);
  auto const current_id = current ? current->id : campaign::EditionId{};
  auto const after = activity::Cursor::parse(request.query.get("after")).value_or(activity::Cursor{});
  auto const viewer = insight::view::viewer_of(request);
  auto const found = behind(request, *facts, read.filter, viewer, after);

  site::Head head;
  head.title = say("Behind the number");
  head.active = "figures";
  head.canonical = insight::behind_link(say, read.filter, *facts, current_id);
  head.edition = &chosen;
  head.index = false;
  auto const words = view::words_of(say, read.filter, *facts);
  Html main = html(
      "<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li><li aria-current=\"page\">{}</li></ol></nav>"
      "<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p>",
      say("Where you are"), figures_address(say, chosen, current_id), say("Figures"), say("Behind the number"),
      chosen.name(say.language()) + (words.empty() ? "" : " · " + words), say("Behind the number"),
      say("Every activity that is counted in this number: who counted, how, and who confirmed it."));
  if (auto const closed = campaign::closed(request.read(), chosen.id))
    main += site::notice(
        site::Notice::information,
        html("<p>{}</p>", say("The edition is closed: each activity stands as it counted on {}; what was changed later is told beside it.",
                              say.moment(*closed, facts->time_zone))));
  main += head_numbers(say, found);
  if (activity::behind_last_line(read.filter, *facts)) main += view::counted_again(say, read.filter.several, found.repeated);
  main.add("<p><a href=\"{}\">{}</a></p>", activity::agenda_link(say, read.filter, *facts, current_id), say("The same as a list of activities"));
  main.add(
      "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
      say("Behind the number"), say("Activity"), say("Date"), say("State"), say("Attendances"), say("How it came about"),
      rows(request, *facts, found, viewer));
  if (found.more) {
    auto const& last = found.rows.back();
    auto const address = std::string(head.canonical.text());
    auto const next = address + (address.find('?') == std::string::npos ? "?" : "&") + "after=" + activity::Cursor{last.day.iso(), last.id}.text();
    main += site::next_page(say, own_path(next));
  }
  auto reply = site::page(request, head, main);
  if (viewer.person) reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::edition
