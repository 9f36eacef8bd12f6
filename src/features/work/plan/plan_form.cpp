#include "features/work/plan/plan_form.hpp"

#include <algorithm>

#include "platform/base/number.hpp"
#include "platform/base/private_data.hpp"
#include "platform/base/text.hpp"
#include "platform/base/typed_day.hpp"

namespace birge::work {

using activity::Count;
using activity::Reach;

namespace {

constexpr int max_title = 160, max_summary = 2000, max_line = 200, max_days = 31, max_weeks = 12;
constexpr std::size_t max_namesakes = 8;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::string digits;
  for (char const c : text)
    if (c != ' ') digits += c;
  auto const number = whole_number<std::int64_t>(digits);
  return number && *number >= 0 ? number : std::nullopt;
}

std::optional<int> minutes_of(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || text.size() < 4 || text.size() > 5) return std::nullopt;
  auto const hours = number_of(text.substr(0, colon)), minutes = number_of(text.substr(colon + 1));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return static_cast<int>(*hours * 60 + *minutes);
}

/// Reads field after field over the activity that the form began with.
class FormReader {
public:
  FormReader(http::Parameters const& form, Activity const& base, campaign::Facts const& facts, Spelling const& spelling)
      : form_(form), base_(base), facts_(facts), spelling_(spelling) {
    read_.activity = base;
  }

  ReadForm read() {
    what();
    when();
    where();
    who();
    for_whom();
    details();
    return std::move(read_);
  }

private:
  std::string line(std::string_view name) const { return clean_line(form_.get(name)); }
  void fault(std::string_view field, Message message) { read_.faults.push_back({std::string(field), std::move(message)}); }
  bool short_enough(std::string_view field, std::string const& text, std::size_t most) {
    if (length(text) <= most) return true;
    fault(field, message("This is too long: at most {} characters.", most));
    return false;
  }
  bool no_number(std::string_view field, std::string const& text) {
    if (!holds_personal_number(text)) return true;
    fault(field, message("This seems to hold a personal number of 14 digits. Take it out."));
    return false;
  }
  bool harmless(std::string_view field, std::string const& text, std::string_view stored) {
    if (!no_number(field, text)) return false;
    if (!to_look_at(form_, text, stored)) return true;
    ask_to_look(read_.faults, std::string(field));
    return false;
  }

  void what() {
    auto& activity = read_.activity;
    auto const kind = line("kind");
    if (auto const* code = facts_.codes.find("kind", kind)) {
      activity.kind = kind;
      activity.sensitive = code->sensitive;
    } else fault("kind", message("Choose what kind of activity it is."));
    auto const language = language_of(form_.get("text_language"));
    if (language && activity.texts.empty()) activity.original = code(*language);
    auto text = activity.texts[activity.original];
    auto const title = line("title"), venue = line("venue");
    auto const summary = clean_text(form_.get("summary"));
    if (title.empty()) fault("title", message("Give it a title."));
    else if (short_enough("title", title, max_title) && harmless("title", title, text.title)) text.title = title;
    if (short_enough("summary", summary, max_summary) && harmless("summary", summary, text.summary)) text.summary = summary;
    if (short_enough("venue", venue, max_line) && harmless("venue", venue, text.venue)) text.venue = venue;
    activity.texts[activity.original] = std::move(text);
  }

  void when() {
    auto& activity = read_.activity;
    auto const day = typed_day(line("day"));
    if (!day) return fault("day", message("Give the day, for example 25.10.2026."));
    auto const last = line("end_day").empty() ? day : typed_day(line("end_day"));
    // A month or a year that nobody touched stays one, rather than become each of its days.
    if (activity.precision != activity::Precision::day && day == activity.day && last == activity.end_day) return hours_and_weeks();
    auto const* edition = facts_.edition(activity.edition);
    if (edition && (*day < edition->preparation_from || *day > edition->closing_until))
      return fault("day", message("This campaign lasts from {} to {}.", edition->preparation_from, edition->closing_until));
    if (!last) return fault("end_day", message("Give the last day, for example 26.10.2026, or leave it empty."));
    if (*last < *day) return fault("end_day", message("The last day is before the first one."));
    if (days_between(*day, *last) >= max_days) return fault("end_day", message("It may last at most {} days.", max_days));
    activity.day = *day;
    activity.end_day = *last;
    activity.precision = activity::Precision::day;
    hours_and_weeks();
  }

  void hours_and_weeks() {
    hours();
    auto const weeks = line("weeks").empty() ? std::optional<std::int64_t>(0) : number_of(line("weeks"));
    if (!weeks || *weeks > max_weeks) return fault("weeks", message("Repeat it at most {} times.", max_weeks));
    auto const* edition = facts_.edition(read_.activity.edition);
    if (auto const until = edition ? edition->closing_until : read_.activity.day;
        *weeks > 0 && read_.activity.day.plus(7 * static_cast<int>(*weeks)) > until)
      return fault("weeks", message("Until this campaign ends on {} it can be repeated {} times.", until,
                                    std::max(0, days_between(read_.activity.day, until) / 7)));
    read_.weeks = static_cast<int>(*weeks);
  }

  void hours() {
    auto& activity = read_.activity;
    auto const start = line("start"), end = line("end");
    auto const from = minutes_of(start), until = minutes_of(end);
    if (!start.empty() && !from) return fault("start", message("Give the time as 14:00."));
    if (!end.empty() && !until) return fault("end", message("Give the time as 16:00."));
    if (from && until && *until <= *from && activity.day == activity.end_day) return fault("end", message("It ends before it begins."));
    if (until && !from) return fault("start", message("Say when it begins too."));
    activity.start_minutes = from;
    activity.end_minutes = until;
  }

  void where() {
    auto& activity = read_.activity;
    auto const reach = activity::reach_of(form_.get("reach"));
    if (!reach) return fault("reach", message("Choose where it takes place."));
    activity.reach = *reach;
    auto const village = line("village");
    if (short_enough("village", village, max_line) && harmless("village", village, activity.village)) activity.village = village;
    auto const typed = line("place");
    if (*reach == Reach::national || *reach == Reach::online) {
      activity.place.reset();
      activity.places.clear();
    } else if (*reach == Reach::several) several(typed);
    else if (auto const place = one_place(typed)) {
      activity.place = *place;
      activity.places.clear();
    }
  }

  /// The place that was typed, or the one that was chosen among those the text may mean.
  std::optional<place::PlaceId> one_place(std::string const& typed) {
    if (typed.empty()) {
      fault("place", message("Say in which region, district or community."));
      return std::nullopt;
    }
    if (typed == line("place_for"))
      if (auto const* chosen = facts_.places->by_code(form_.get("place_choice"))) return in_its_time(chosen->id, typed);
    auto const match = meant(typed);
    if (match.kind == place::Match::Kind::one && facts_.places->region_of(match.place)) return in_its_time(match.place, typed);
    read_.places = match.candidates;
    std::erase_if(read_.places, [&](place::PlaceId id) { return !facts_.places->region_of(id); });
    if (match.kind == place::Match::Kind::several) fault("place", message("There are several places of this name. Choose one."));
    else if (!read_.places.empty()) fault("place", message("This place is not known. Did you mean one of these?"));
    else fault("place", message("This place is not known. Write the region, district or community, and the village below."));
    return std::nullopt;
  }

  bool is_place(place::PlaceId id) const { return facts_.places->find(id)->valid_within(read_.activity.day, read_.activity.end_day); }

  /// What a text means on the days of the activity. What is stored in a place outside its time stays there, whatever took over the name.
  place::Match meant(std::string const& typed) const {
    using Kind = place::Match::Kind;
    auto match = spelling_.places.match(typed);
    auto const& activity = read_.activity;
    if (activity.day == Day{}) return match;
    auto const only = [](place::PlaceId id) { return place::Match{Kind::one, id, {id}}; };
    auto const stored = std::ranges::find_if(match.candidates, [&](place::PlaceId id) {
      return !is_place(id) && (base_.place == id || std::ranges::find(base_.places, id) != base_.places.end());
    });
    if (match.kind != Kind::none && stored != match.candidates.end()) return only(*stored);
    match = place::valid_within(std::move(match), *facts_.places, activity.day, activity.end_day);
    return match.kind == Kind::several && !is_place(match.candidates.front()) ? only(match.candidates.front()) : match;
  }

  /// A place that was abolished, or is none yet, on the days of the activity or of its repetitions is refused; what has its name then is offered.
  std::optional<place::PlaceId> in_its_time(place::PlaceId id, std::string const& typed) {
    if (read_.activity.day == Day{}) return id;
    for (int const week : {0, read_.weeks}) {
      Activity there;
      there.day = read_.activity.day.plus(7 * week);
      there.end_day = read_.activity.end_day.plus(7 * week);
      there.place = id;
      auto const* place = activity::place_out_of_time(there, &base_, *facts_.places);
      if (!place) continue;
      fault("place", place::out_of_time(*place, typed, there.day));
      if (read_.activity.reach == Reach::place) read_.places = spelling_.places.namesakes(*place, there.day, there.end_day);
      return std::nullopt;
    }
    return id;
  }

  void several(std::string const& typed) {
    std::vector<place::PlaceId> places;
    for (auto const part : split(typed, ';')) {
      auto const name = clean_line(part);
      if (name.empty()) continue;
      auto const match = meant(name);
      if (match.kind != place::Match::Kind::one)
        return fault("place", message("“{}” is not known or means several places. Write its district or region with it.", name));
      if (!in_its_time(match.place, name)) return;
      places.push_back(match.place);
    }
    if (places.size() < 2) return fault("place", message("Write at least two places, with ; between them."));
    read_.activity.places = std::move(places);
    read_.activity.place.reset();
  }

  std::optional<coalition::OrganisationId> organisation(std::string_view field, std::string const& typed) {
    if (auto const found = facts_.organisation_slugs.find(typed); found != facts_.organisation_slugs.end()) return found->second;
    for (auto const value : form_.all(choice_field(field)))
      if (auto const chosen = chosen_for(typed, clean_line(value))) return chosen;
    auto const match = spelling_.organisations.match(typed);
    using Kind = coalition::Matcher::Match::Kind;
    if (match.kind == Kind::one) return match.organisation;
    Namesakes namesakes{field, typed, match.candidates};
    if (match.kind == Kind::none) add_begun(namesakes);
    if (namesakes.candidates.empty()) fault(field, message("The organisation “{}” is not known here.", typed));
    else {
      fault(field, message("Choose which organisation you mean by “{}”, or write more of its name.", typed));
      read_.organisations.push_back(std::move(namesakes));
    }
    return std::nullopt;
  }

  /// The organisation of a choice that was made for this very text.
  std::optional<coalition::OrganisationId> chosen_for(std::string_view typed, std::string_view choice) const {
    auto const space = choice.find(' ');
    if (space == std::string_view::npos || choice.substr(space + 1) != typed) return std::nullopt;
    auto const found = facts_.organisation_slugs.find(std::string(choice.substr(0, space)));
    return found == facts_.organisation_slugs.end() ? std::nullopt : std::optional(found->second);
  }

  /// Those whose name begins like that stand before those that are spelt alike.
  void add_begun(Namesakes& namesakes) const {
    auto const* edition = facts_.edition(read_.activity.edition);
    auto all = coalition::begun_by(namesakes.typed, facts_.organisations, edition && edition->sample, max_namesakes);
    for (auto const id : namesakes.candidates)
      if (all.size() < max_namesakes && std::ranges::find(all, id) == all.end()) all.push_back(id);
    namesakes.candidates = std::move(all);
  }

  void organisations(std::string_view field, std::vector<coalition::OrganisationId>& list) {
    std::vector<coalition::OrganisationId> found;
    for (auto const& name : coalition::split_names(line(field), spelling_.organisations)) {
      auto const id = organisation(field, name);
      if (!id) return;
      found.push_back(*id);
    }
    list = std::move(found);
  }

  void who() {
    auto const lead = line("lead");
    if (lead.empty()) fault("lead", message("Say which organisation holds it."));
    else if (auto const id = organisation("lead", lead)) read_.activity.lead = *id;
    organisations("co_hosts", read_.activity.co_hosts);
    organisations("partners", read_.activity.partners);
  }

  void coded(std::string_view field, std::string_view list, std::vector<std::string>& codes) {
    codes.clear();
    for (auto const value : form_.all(field))
      if (facts_.codes.find(list, value)) codes.emplace_back(value);
  }

  void for_whom() {
    auto& activity = read_.activity;
    coded("audience", "audience", activity.audiences);
    coded("topic", "topic", activity.topics);
    auto const expected = line("expected");
    if (expected.empty()) return activity.expected.reset();
    auto const count = count_of(expected);
    auto const* edition = facts_.edition(activity.edition);
    auto const most = largest_count(edition ? edition->count_limit : 0);
    if (!count) fault("expected", message("Give a number, or a range like 150-200."));
    else if (count->high > most) fault("expected", message("More than {} is taken for a typing error.", most));
    else activity.expected = *count;
  }

  void details() {
    auto& activity = read_.activity;
    std::vector<std::string> spoken;
    for (auto const value : form_.all("language"))
      if (language_of(value)) spoken.emplace_back(value);
    activity.languages = joined(spoken, " ");
    auto const entry = form_.get("entry");
    activity.entry = entry == "open" || entry == "invitation" ? std::string(entry) : std::string();
    auto const cost = line("cost"), contact = line("contact");
    if (short_enough("cost", cost, max_line)) activity.cost = cost;
    if (short_enough("contact", contact, max_line) && no_number("contact", contact)) activity.contact = contact;
    activity.is_public = form_.get("visibility") != "coalition";
  }

  http::Parameters const& form_;
  Activity const& base_;
  campaign::Facts const& facts_;
  Spelling const& spelling_;
  ReadForm read_;
};

}  // namespace

ReadForm read_form(http::Parameters const& form, Activity const& base, campaign::Facts const& facts, Spelling const& spelling) {
  return FormReader(form, base, facts, spelling).read();
}

std::string choice_field(std::string_view field) { return std::string(field) + "_choice"; }

std::string choice_of(campaign::Facts const& facts, coalition::OrganisationId organisation, std::string_view typed) {
  auto const* known = facts.organisation(organisation);
  return known ? known->slug + " " + std::string(typed) : std::string();
}

std::optional<Count> count_of(std::string_view text) {
  auto dash = text.find('-');
  std::size_t width = 1;
  if (dash == std::string_view::npos) {
    dash = text.find("–");
    width = std::string_view("–").size();
  }
  if (dash == std::string_view::npos) {
    auto const number = number_of(text);
    return number ? std::optional(Count{*number, *number}) : std::nullopt;
  }
  auto const low = number_of(text.substr(0, dash)), high = number_of(text.substr(dash + width));
  if (!low || !high || *low > *high) return std::nullopt;
  return Count{*low, *high};
}

std::int64_t largest_count(std::int64_t limit) {
  constexpr std::int64_t most = 999'999'999;
  return limit > 0 ? std::min(limit, most) : most;
}

std::string count_text(Count count) {
  return count.exact() ? std::to_string(count.low) : std::to_string(count.low) + "–" + std::to_string(count.high);
}

bool to_look_at(http::Parameters const& form, std::string_view text, std::string_view stored) {
  return text != stored && form.get(looked_at) != "1" && !private_data_in(text).empty();
}

void ask_to_look(std::vector<Fault>& faults, std::string field) {
  faults.push_back({std::move(field), message("This seems to hold a telephone number or an e-mail address.")});
  if (std::ranges::none_of(faults, [](Fault const& fault) { return fault.field == looked_at; }))
    faults.push_back({std::string(looked_at), message("Take telephone numbers and e-mail addresses out, or tick that they may stay.")});
}

bool holds_personal_number(std::string_view text) {
  int digits = 0;
  for (char const c : text) {
    if (c >= '0' && c <= '9') ++digits;
    else if (digits == 14) return true;
    else if (c != ' ' || digits > 14) digits = 0;
  }
  return digits == 14;
}

}  // namespace birge::work
