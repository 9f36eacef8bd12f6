#include <algorithm>
#include <array>
#include <set>

#include "features/account/account_secrets.hpp"
#include "features/account/directory.hpp"
#include "features/account/throttle.hpp"
#include "features/activity/feed/feed_calendar.hpp"
#include "features/news/news_pages.hpp"
#include "features/notice/notice_letter.hpp"
#include "features/site/site.hpp"
#include "features/work/home/home_desk.hpp"
#include "features/work/work_parts.hpp"

/// The private calendar: what somebody plans, helps with or coordinates, with its state, and when results are due.
namespace birge::news {

using activity::State;

namespace {

constexpr int days_back = 60, days_ahead = 366;
constexpr int activities_at_most = 400;
/// Wrong addresses by network, and how often one calendar is fetched: programs ask every few minutes at most.
constexpr account::Pace pace_of_guesses{20, std::chrono::seconds(15), std::chrono::hours(1), std::chrono::hours(2)};
constexpr account::Pace pace_of_fetches{30, std::chrono::seconds(30), std::chrono::minutes(10), std::chrono::minutes(10)};

std::optional<account::Person> owner(Request& request) {
  auto const file = request.capture("file");
  constexpr std::string_view ending = ".ics";
  if (!file.ends_with(ending) || file.size() > 100) return {};
  auto const id = notice::calendar_of(request.read(), account::secret_hash(file.substr(0, file.size() - ending.size())));
  if (!id) return {};
  account::Person person;
  person.id = *id;
  person.grants = account::grants_of(request.read(), *id);
  auto const who = account::who(request.read(), std::array{*id});
  if (auto const found = who.find(id->value); found != who.end()) person.language = found->second.language;
  return person;
}

/// Activities of the window that are the person's own affair, each once, in the order of their days.
std::vector<activity::Activity> activities_of(Request& request, account::Person const& person, campaign::Facts const& known) {
  auto const today = known.today(request.now);
  auto const from = today.plus(-days_back), until = today.plus(days_ahead);
  std::set<activity::ActivityId> ids;
  work::Store store(request.read());
  auto const take = [&](std::vector<work::Brief> const& list) {
    for (auto const& brief : list)
      if (brief.day <= until && brief.end_day >= from && ids.size() < static_cast<std::size_t>(activities_at_most)) ids.insert(brief.id);
  };
  work::Where coordinated;
  for (auto const& grant : person.grants) {
    if (grant.role == account::Role::helper && grant.activity) ids.insert({*grant.activity});
    if (grant.role == account::Role::regional_coordinator && grant.region) coordinated.regions.push_back(*grant.region);
    if (grant.role == account::Role::national_coordinator) coordinated.above_regions = true;
  }
  constexpr work::Length all{activities_at_most, activities_at_most};
  if (auto const* edition = known.current(request.now)) {
    take(store.of_planner(person.id, work::own_organisations(person), edition->id, activities_at_most));
    if (coordinated.above_regions || !coordinated.regions.empty()) {
      take(store.in_states(edition->id, coordinated, {State::proposed}, all).rows);
      take(store.between(edition->id, coordinated, from, until, all).rows);
    }
  }
  std::vector<activity::Activity> list;
  activity::Store activities(request.read());
  work::Viewer const viewer(request.read(), person, today);
  for (auto const id : ids) {
    auto found = activities.find(id);
    if (found && work::may_see(person, *found, store.actor(viewer, *found, known))) list.push_back(std::move(*found));
  }
  std::ranges::sort(list, {}, [](activity::Activity const& a) { return std::pair(a.day, a.id); });
  return list;
}

/// Whether a result of it is still to come.
std::optional<activity::CalendarNaming::Due> due(Say const& say, activity::Activity const& a) {
  auto const day = activity::due(a.due_day);
  if (!day || (a.state != State::approved && a.state != State::held)) return {};
  return activity::CalendarNaming::Due{*day, say("Result due: {}", a.text(say.language()).title)};
}

}  // namespace

Reply my_calendar(Request& request) {
  auto const person = owner(request);
  if (!person) {
    account::count_form(request, "private calendar", pace_of_guesses);
    throw Problem(Failure::not_found, message("There is no calendar at this address."));
  }
  account::attempt(request, {{"private calendar " + id_text(person->id), pace_of_fetches}});
  auto const& say = Say::in(person->language);
  auto const known = site::facts(request);
  activity::CalendarNaming naming{std::string(say("Birge: my activities")), request.services.config.text("public_address")};
  naming.title = [&](activity::Activity const& a) { return a.text(say.language()).title + " (" + say(work::state_name(a.state)) + ")"; };
  naming.page = [&](activity::Activity const& a) { return say.path("/work/activities/{}", a.id); };
  naming.due = [&](activity::Activity const& a) { return due(say, a); };
  auto reply = http::text(calendar_of(activities_of(request, *person, *known), say, *known, naming, request.now), "text/calendar; charset=utf-8");
  reply.cache_control = "private, no-cache";
  return reply;
}

}  // namespace birge::news
