#include "features/activity/feed/feed_calendar.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <memory>

#include "features/activity/activity_view.hpp"
#include "features/activity/feed/feed_words.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

namespace {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

icaltimetype date_of(Day day) {
  icaltimetype time{};
  time.year = day.year();
  time.month = day.month();
  time.day = day.day_of_month();
  time.is_date = 1;
  return time;
}

icaltimetype local_of(Day day, int minutes) {
  auto time = date_of(day);
  time.is_date = 0;
  time.hour = minutes / 60;
  time.minute = minutes % 60;
  return time;
}

icaltimetype utc_of(Instant instant) {
  return icaltime_from_timet_with_zone(std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count(), 0,
                                       icaltimezone_get_utc_timezone());
}

/// Texts go in without control characters, which no calendar may hold.
std::string clean(std::string_view text) {
  std::string out;
  for (char const c : plain_spaces(text))
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
  return out;
}

void add_x(icalcomponent* to, char const* name, std::string const& text) {
  auto line = clean(text);
  std::ranges::replace(line, '\n', ' ');
  auto* property = icalproperty_new_x(line.c_str());
  icalproperty_set_x_name(property, name);
  icalcomponent_add_property(to, property);
}

/// Minutes by which local time is ahead of UTC.
int offset_at(Instant instant, std::string const& zone) {
  auto const local = local_time(instant, zone);
  auto const utc = std::chrono::duration_cast<std::chrono::minutes>(instant.time_since_epoch()).count();
  return static_cast<int>(std::int64_t{local.day.number} * 1440 + local.minutes - utc);
}

void add_observance(icalcomponent* zone, icalcomponent_kind kind, icaltimetype start, int before, int after) {
  auto* part = icalcomponent_new(kind);
  icalcomponent_add_property(part, icalproperty_new_dtstart(start));
  icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(before * 60));
  icalcomponent_add_property(part, icalproperty_new_tzoffsetto(after * 60));
  icalcomponent_add_component(zone, part);
}

/// The time zone as it is between two days: its offset at the first, and every change until the last.
icalcomponent* zone_component(std::string const& zone, Day first, Day last) {
  using std::chrono::minutes;
  auto* component = icalcomponent_new_vtimezone();
  icalcomponent_add_property(component, icalproperty_new_tzid(zone.c_str()));
  auto at = instant_of(first, 0, zone);
  int offset = offset_at(at, zone);
  add_observance(component, ICAL_XSTANDARD_COMPONENT, local_of(first, 0), offset, offset);
  for (Day day = first; day < last; day = day.plus(1)) {
    auto const next = instant_of(day.plus(1), 0, zone);
    if (int const later = offset_at(next, zone); later != offset) {
      // The change lies within this day: halve the time between until the minute is found.
      auto low = at, high = next;
      while (high - low > minutes(1)) {
        auto const middle = low + std::chrono::duration_cast<minutes>((high - low) / 2);
        (offset_at(middle, zone) == offset ? low : high) = middle;
      }
      auto const change = utc_of(high + minutes(offset));  // in the local time before the change, as RFC 5545, section 3.6.5 wants
      auto start = change;
      start.zone = nullptr;
      add_observance(component, later > offset ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT, start, offset, later);
      offset = later;
    }
    at = next;
  }
  return component;
}

class Calendar {
public:
  Calendar(Say const& say, campaign::Facts const& facts, CalendarNaming const& naming) : say_(say), facts_(facts), naming_(naming) {}

  icalcomponent* event(Activity const& activity) const {
    auto const& words = activity.text(say_.language());
    auto* event = icalcomponent_new_vevent();
    auto const add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
    auto const address = address_of(activity);
    bool const cancelled = activity.state == State::cancelled;
    add(icalproperty_new_uid(activity.uid.c_str()));
    add(icalproperty_new_sequence(activity.sequence));
    add(icalproperty_new_dtstamp(utc_of(activity.changed)));
    add(icalproperty_new_created(utc_of(activity.created)));
    add(icalproperty_new_lastmodified(utc_of(activity.changed)));
    add_times(event, activity);
    add(icalproperty_new_status(cancelled ? ICAL_STATUS_CANCELLED : counted(activity.state) ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_TENTATIVE));
    // Many calendars do not show STATUS: the title says it too.
    auto const title = naming_.title ? naming_.title(activity) : cancelled ? say_("Cancelled: {}", words.title) : words.title;
    add(icalproperty_new_summary(clean(title).c_str()));
    add(icalproperty_new_description(clean(description(activity, words)).c_str()));
    if (auto const place = location(activity, words); !place.empty()) add(icalproperty_new_location(clean(place).c_str()));
    if (auto const* place = activity.place ? facts_.places->find(*activity.place) : nullptr; place && place->latitude && place->longitude)
      add(icalproperty_new_geo({*place->latitude, *place->longitude}));
    add(icalproperty_new_categories(clean(view::kind_name(say_, facts_, activity.kind)).c_str()));
    add(icalproperty_new_url(address.c_str()));
    return event;
  }

  /// What is due for an activity; null where nothing is. It moves with the activity.
  icalcomponent* due(Activity const& activity) const {
    auto const due = naming_.due ? naming_.due(activity) : std::nullopt;
    if (!due) return nullptr;
    auto* event = icalcomponent_new_vevent();
    auto const add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
    add(icalproperty_new_uid(("due-" + activity.uid).c_str()));
    add(icalproperty_new_sequence(activity.sequence));
    add(icalproperty_new_dtstamp(utc_of(activity.changed)));
    add(icalproperty_new_dtstart(date_of(due->day)));
    add(icalproperty_new_dtend(date_of(due->day.plus(1))));
    add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));  // a day with something due is not a busy day
    add(icalproperty_new_summary(clean(due->title).c_str()));
    add(icalproperty_new_url(address_of(activity).c_str()));
    return event;
  }

private:
  std::string address_of(Activity const& activity) const {
    return naming_.public_address + std::string((naming_.page ? naming_.page(activity) : view::page_of(say_, activity.id)).text());
  }
  void add_local(icalcomponent* event, icalproperty* property) const {
    icalproperty_add_parameter(property, icalparameter_new_tzid(facts_.time_zone.c_str()));
    icalcomponent_add_property(event, property);
  }

  void add_times(icalcomponent* event, Activity const& activity) const {
    if (!activity.start_minutes) {
      icalcomponent_add_property(event, icalproperty_new_dtstart(date_of(activity.day)));
      icalcomponent_add_property(event, icalproperty_new_dtend(date_of(activity.end_day.plus(1))));  // the day behind the last
      return;
    }
    add_local(event, icalproperty_new_dtstart(local_of(activity.day, *activity.start_minutes)));
    if (activity.end_minutes && (activity.end_day > activity.day || *activity.end_minutes > *activity.start_minutes))
      add_local(event, icalproperty_new_dtend(local_of(activity.end_day, *activity.end_minutes)));
    else if (activity.end_day > activity.day) add_local(event, icalproperty_new_dtend(local_of(activity.end_day, 24 * 60 - 1)));
  }

  std::string description(Activity const& activity, Text const& words) const {
    auto text = view::kind_name(say_, facts_, activity.kind) + ". " + view::organisation_name(say_, facts_, activity.lead) + ".";
    if (auto const moved = view::moved_text(say_, facts_, view::standing(activity)); !moved.empty()) text += "\n" + moved + ".";
    if (!words.summary.empty()) text += "\n" + words.summary;
    if (auto const* edition = facts_.edition(activity.edition); edition && edition->sample)
      text += "\n" + std::string(say_("Sample data: this activity is invented."));
    return text;
  }

  std::string location(Activity const& activity, Text const& words) const {
    auto place = feeds::where(say_, facts_, activity);
    if (words.venue.empty()) return place;
    return place.empty() ? words.venue : words.venue + ", " + place;
  }

  Say const& say_;
  campaign::Facts const& facts_;
  CalendarNaming const& naming_;
};

}  // namespace

std::string calendar_of(std::vector<Activity> const& activities, Say const& say, campaign::Facts const& facts, CalendarNaming const& naming,
                        Instant now) {
  auto const today = facts.today(now);
  Day first = today, last = today;
  std::int64_t left_out = 0;
  for (auto const& activity : activities) {
    if (activity.precision != Precision::day) ++left_out;
    first = std::min(first, activity.day);
    last = std::max(last, activity.end_day);
  }
  auto description = std::string(say("What is on against trafficking in persons."));
  if (left_out > 0)
    description += " " + say.plural("{} activity is left out because only its month or year is known.",
                                    "{} activities are left out because only their month or year is known.", left_out);
  if (!naming.note.empty()) description += " " + naming.note;
  Component const calendar(icalcomponent_new_vcalendar(), &icalcomponent_free);
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Birge//Agenda//EN"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
  add_x(calendar.get(), "X-WR-CALNAME", naming.name);
  add_x(calendar.get(), "X-WR-CALDESC", description);
  add_x(calendar.get(), "X-WR-TIMEZONE", facts.time_zone);
  add_x(calendar.get(), "X-PUBLISHED-TTL", "PT6H");
  icalcomponent_add_component(calendar.get(), zone_component(facts.time_zone, first, last.plus(1)));
  Calendar const events(say, facts, naming);
  for (auto const& activity : activities) {
    if (activity.precision == Precision::day) icalcomponent_add_component(calendar.get(), events.event(activity));
    if (auto* due = events.due(activity)) icalcomponent_add_component(calendar.get(), due);
  }
  std::unique_ptr<char, decltype(&icalmemory_free_buffer)> const text(icalcomponent_as_ical_string_r(calendar.get()), &icalmemory_free_buffer);
  return text.get();
}

}  // namespace birge::activity
