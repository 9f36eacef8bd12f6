#include "features/activity/activity_view.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "platform/base/text.hpp"

namespace birge::activity::view {

Standing standing(Card const& card) {
  return {card.state, card.day, card.end_day, card.due_day, card.precision, card.moved_from_day, card.moved_from_place};
}

Standing standing(Activity const& activity) {
  return {activity.state, activity.day, activity.end_day, activity.due_day, activity.precision, activity.moved_from_day, activity.moved_from_place};
}

std::string day_text(Say const& say, Day day, Day end_day, Precision precision) {
  switch (precision) {
    case Precision::month: return say.month(day.year(), day.month());
    case Precision::year: return say("the year {}", std::to_string(day.year()));
    case Precision::day: break;
  }
  return end_day > day ? say.date_range(day, end_day) : say.date(day);
}

Html day_heading(Say const& say, Day day, bool with_year) {
  auto const text = with_year ? say.date(day) + "," : say.day_and_month(day);
  auto const end = std::ranges::find_if_not(text, [](unsigned char c) { return std::isdigit(c) != 0; });
  std::string_view const number(text.data(), static_cast<std::size_t>(end - text.begin()));
  return html("<b>{}</b>{}", number, std::string_view(text).substr(number.size()));
}

std::string hours(Say const& say, std::optional<int> start, std::optional<int> end) {
  if (!start) return {};
  return end ? say.time(*start) + "–" + say.time(*end) : say.time(*start);
}

std::string range(Say const& say, Count count) { return say.range(count.low, count.high); }

std::string other_kinds(Say const& say, campaign::Facts const& facts, std::vector<std::string> const& kinds) {
  std::vector<std::string> names;
  for (auto const& kind : kinds) names.push_back(kind_name(say, facts, kind));
  return say("Kinds other than: {}", joined(names, ", "));
}

std::string taken_off(Say const& say, Count count) { return count.exact() ? say.number(-count.low) : "−(" + range(say, count) + ")"; }

std::string attendances(Say const& say, Count count) {
  if (count.exact()) return say.plural("{} attendance", "{} attendances", count.low);
  return say("{} attendances", range(say, count));
}

namespace {

struct Part {
  std::string_view text, language;
};

/// The names from the region down to the smallest place.
class Parts {
public:
  Parts(Say const& say, campaign::Facts const& facts, std::optional<PlaceId> place) {
    if (!place) return;
    auto const* node = facts.places->find(*place);
    for (; node && node->level != place::Level::country && first_ > 0; node = facts.places->find(node->parent)) {
      auto const& name = facts.places->name(node->id, say.language());
      // A region by itself is named in full: "Баткен" alone may be the city as well.
      bool const alone = node->id == *place && node->level == place::Level::region;
      names_[--first_] = Part{name.line_text.empty() || alone ? name.text : name.line_text, name.language};
    }
  }
  std::span<Part const> names() const { return std::span(names_).subspan(first_); }

private:
  std::array<Part, 3> names_;  ///< region, district, community: filled from the end
  std::size_t first_ = names_.size();
};

}  // namespace

std::string place_text(Say const& say, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village) {
  std::string text;
  if (reach != Reach::place) text = say(name(reach));
  auto const add = [&](std::string_view part) {
    if (part.empty()) return;
    if (!text.empty()) text += ", ";
    text += part;
  };
  Parts const parts(say, facts, place);
  for (auto const& part : parts.names()) add(part.text);
  add(village);
  return text;
}

std::string plain_line(Say const& say, campaign::Facts const& facts, Activity const& activity) {
  auto text = kind_name(say, facts, activity.kind) + ", " + day_text(say, activity.day, activity.end_day, activity.precision);
  if (auto const where = place_text(say, facts, activity.reach, activity.place, {}); !where.empty()) text += ", " + where;
  return text;
}

void add_place(Html& out, Request const& request, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village) {
  bool any = reach != Reach::place;
  if (any) out.add("{}", request.say(name(reach)));
  auto const add = [&](std::string_view text, std::string_view language) {
    if (text.empty()) return;
    if (any) out.add(", ");
    site::add_in_language(out, request, text, language);
    any = true;
  };
  Parts const parts(request.say, facts, place);
  for (auto const& part : parts.names()) add(part.text, part.language);
  add(village, {});
}

Html place_html(Request const& request, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village) {
  Html out;
  add_place(out, request, facts, reach, place, village);
  return out;
}

std::string kind_name(Say const& say, campaign::Facts const& facts, std::string_view kind) { return facts.codes.name("kind", kind, say.language()); }

Html const& kind_icon(campaign::Code const* kind) {
  return site::icon(kind && !kind->icon.empty() ? std::string_view(kind->icon) : std::string_view("other"));
}

Html const& kind_icon(campaign::Facts const& facts, std::string_view kind) { return kind_icon(facts.codes.find("kind", kind)); }

std::string organisation_name(Say const& say, campaign::Facts const& facts, OrganisationId id) {
  auto const* organisation = facts.organisation(id);
  return organisation ? organisation->name(say.language()) : std::string();
}

void add_organisation(Html& out, Request const& request, campaign::Facts const& facts, OrganisationId id) {
  auto const* organisation = facts.organisation(id);
  if (!organisation) return;
  auto const language = request.say.language();
  site::add_in_language(out, request, organisation->name(language), organisation->name_language(language));
}

Html organisation_html(Request const& request, campaign::Facts const& facts, OrganisationId id) {
  Html out;
  add_organisation(out, request, facts, id);
  return out;
}

std::string moved_text(Say const& say, campaign::Facts const& facts, Standing const& standing) {
  if (standing.moved_from_day) return say("Moved from {}", say.day_and_month(*standing.moved_from_day));
  if (standing.moved_from_place) return say("Moved from {}", facts.places->name(*standing.moved_from_place, say.language()).line_text);
  return {};
}

std::string state_text(Say const& say, Standing const& standing, Day today) {
  if (unreported(standing.state, standing.due_day, today)) return std::string(say("Not reported"));
  return say(name(standing.state));
}

Html tags(Request const& request, campaign::Facts const& facts, Standing const& standing, Day today, bool brief) {
  auto const& say = request.say;
  Html out;
  if (standing.moved_from_day || standing.moved_from_place)
    out.add("<span class=\"tag attention\">{} {}</span> ", site::icon("moved"), moved_text(say, facts, standing));
  if (standing.state == State::cancelled) {
    out.add("<span class=\"tag danger\">{} {}</span>", site::icon("cross"), say(name(standing.state)));
  } else if (unreported(standing.state, standing.due_day, today)) {
    out.add("<span class=\"tag attention\">{} {}</span>", site::icon("clock"), say("Not reported"));
  } else if (happened(standing.state)) {
    out.add("<span class=\"tag done\">{} {}</span>", site::icon("check"), say(name(standing.state)));
  } else if (standing.end_day < today && standing.precision == Precision::day) {
    out.add("<span class=\"tag info\">{} {}</span>", site::icon("info"), say("Result due by {}", say.day_and_month(standing.due_day)));
  } else if (!brief) {
    out.add("<span class=\"tag\">{} {}</span>", site::icon("calendar"), say(name(standing.state)));
  }
  return out;
}

Message method_name(std::string_view method) {
  if (method == "sign_in_sheet") return message("Sign-in sheet");
  if (method == "head_count") return message("Head count");
  if (method == "estimate") return message("Estimate");
  if (method == "ticket") return message("Tickets");
  return message("Method not said");
}

Message method_text(std::string_view method) {
  if (method == "sign_in_sheet") return message("sign-in sheet");
  if (method == "head_count") return message("head count");
  if (method == "estimate") return message("estimate");
  if (method == "ticket") return message("tickets");
  return message("method not said");
}

Message entry_name(std::string_view entry) {
  if (entry == "open") return message("Open to all");
  if (entry == "invitation") return message("By invitation");
  return {};
}

Message sex_name(Sex sex) {
  switch (sex) {
    case Sex::female: return message("Female");
    case Sex::male: return message("Male");
    case Sex::unknown: return message("Sex not known");
  }
  return {};
}

std::string band_name(Say const& say, campaign::Facts const& facts, std::string_view band) {
  if (facts.codes.find("age_band", band)) return facts.codes.name("age_band", band, say.language());
  if (band == "under_18") return std::string(say("Under 18"));
  if (band == "adult") return std::string(say("18 and older"));
  return std::string(say("Age not known"));
}

bool listed(Activity const& activity) { return activity.is_public && counted(activity.state); }

bool cells_public(Activity const& activity) { return !activity.sensitive; }

Result const* public_result(Activity const& activity) {
  bool const counts = activity.state == State::reported || activity.state == State::confirmed;
  return counts && activity.result ? &*activity.result : nullptr;
}

Url page_of(Say const& say, ActivityId id) { return say.path("/activities/{}", id); }

}  // namespace birge::activity::view
