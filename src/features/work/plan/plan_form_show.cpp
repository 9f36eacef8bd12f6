#include <algorithm>
#include <array>

#include "features/work/plan/plan_form.hpp"
#include "platform/base/text.hpp"

/// What the form shows, and what it begins with.
namespace birge::work {

using activity::Reach;

namespace {

std::string time_text(int minutes) {
  auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace

http::Parameters typed_of(Activity const& activity, campaign::Facts const& facts, Language language) {
  std::vector<std::pair<std::string, std::string>> list;
  auto const put = [&](char const* name, std::string value) { list.emplace_back(name, std::move(value)); };
  // Which one is meant goes with each name, as several may have the same.
  auto const put_names = [&](char const* field, std::vector<coalition::OrganisationId> const& organisations) {
    std::vector<std::string> texts;
    for (auto const id : organisations)
      if (auto const* organisation = facts.organisation(id)) {
        texts.push_back(organisation->name(language));
        list.emplace_back(choice_field(field), choice_of(facts, id, clean_line(texts.back())));
      }
    put(field, joined(texts, "; "));
  };
  auto const found = activity.texts.find(activity.original);
  auto const text = found == activity.texts.end() ? activity::Text{} : found->second;
  put("kind", activity.kind);
  put("text_language", activity.original);
  put("title", text.title);
  put("summary", text.summary);
  put("day", activity.day == Day{} ? "" : activity.day.iso());
  put("end_day", activity.end_day == activity.day ? "" : activity.end_day.iso());
  put("start", activity.start_minutes ? time_text(*activity.start_minutes) : "");
  put("end", activity.end_minutes ? time_text(*activity.end_minutes) : "");
  put("reach", std::string(activity::code(activity.reach)));
  std::string place;
  if (activity.place) place = facts.places->full_name(*activity.place, language);
  for (auto const id : activity.places) place += (place.empty() ? "" : "; ") + facts.places->full_name(id, language);
  put("place", place);
  if (activity.place) {
    put("place_for", place);
    put("place_choice", facts.places->find(*activity.place)->code);
  }
  put("village", activity.village);
  put("venue", text.venue);
  auto const* lead = facts.organisation(activity.lead);
  put("lead", lead ? lead->slug : "");
  put_names("co_hosts", activity.co_hosts);
  put_names("partners", activity.partners);
  for (auto const& code : activity.audiences) put("audience", code);
  for (auto const& code : activity.topics) put("topic", code);
  put("expected", activity.expected ? count_text(*activity.expected) : "");
  for (auto const code : split(activity.languages, ' '))
    if (!code.empty()) put("language", std::string(code));
  put("entry", activity.entry);
  put("cost", activity.cost);
  put("contact", activity.contact);
  put("visibility", activity.is_public ? "public" : "coalition");
  return http::Parameters::of(std::move(list));
}

Activity defaults_of(std::string_view kind, campaign::Facts const& facts, Language language) {
  Activity activity;
  activity.kind = kind;
  activity.original = code(language);
  activity.languages = code(language);
  auto const* entry = facts.codes.find("kind", kind);
  activity.sensitive = entry && entry->sensitive;
  activity.is_public = !activity.sensitive;
  static constexpr std::array by_invitation{"round_table",        "training",  "video_photo_training", "press_conference", "conference",
                                            "closing_conference", "youth_camp"};
  activity.entry = std::ranges::find(by_invitation, kind) != by_invitation.end() ? "invitation" : "open";
  activity.topics = {"trafficking"};
  std::erase_if(activity.topics, [&](std::string const& code) { return !facts.codes.find("topic", code); });
  if (entry && entry->broadcast) activity.reach = Reach::national;
  return activity;
}

http::Parameters with_care(http::Parameters form, campaign::Facts const& facts) {
  auto const sensitive = [&](std::string_view kind) {
    auto const* code = facts.codes.find("kind", kind);
    return code && code->sensitive;
  };
  auto const before = form.get(kind_before);
  bool const became = !before.empty() && sensitive(form.get("kind")) && !sensitive(before);
  if (became && form.get("visibility") == form.get(visibility_before)) form.set("visibility", "coalition");
  return form;
}

Activity copy_of(Activity const& activity) {
  Activity copy = activity;
  copy.id = {};
  copy.uid.clear();
  copy.version = 1;
  copy.sequence = 0;
  copy.state = activity::State::draft;
  copy.day = copy.end_day = copy.due_day = Day{};
  copy.moved_from_day.reset();
  copy.moved_from_place.reset();
  copy.reason.clear();
  copy.external_id.reset();
  copy.source.clear();
  copy.result.reset();
  copy.warnings.clear();
  copy.created = copy.changed = Instant{};
  // Only the texts of the language it was entered in: a translation would not follow what is changed now.
  std::erase_if(copy.texts, [&](auto const& text) { return text.first != activity.original; });
  return copy;
}

std::vector<Fault> missing_for_proposal(Activity const& activity) {
  std::vector<Fault> faults;
  if (activity.reach == Reach::place && !activity.place) faults.push_back({"place", message("Say in which region, district or community.")});
  if (!activity.start_minutes) faults.push_back({"start", message("Say when it begins.")});
  if (activity.audiences.empty()) faults.push_back({"audience", message("Say for whom it is.")});
  if (!activity.expected) faults.push_back({"expected", message("Say how many people you expect.")});
  return faults;
}

std::vector<FieldName> field_names() {
  return {{"kind", message("Kind")},
          {"title", message("Title")},
          {"summary", message("What happens there")},
          {"day", message("Day")},
          {"end_day", message("Last day")},
          {"start", message("Begins")},
          {"end", message("Ends")},
          {"reach", message("Where")},
          {"place", message("Region, district or community")},
          {"village", message("Village or part of town")},
          {"venue", message("Venue")},
          {"lead", message("Who holds it")},
          {"co_hosts", message("Together with")},
          {"partners", message("Supported by")},
          {"audience", message("For whom")},
          {"topic", message("About what")},
          {"expected", message("How many people you expect")},
          {"language", message("In which language")},
          {"entry", message("Who may come")},
          {"cost", message("Cost")},
          {"contact", message("Contact for the public")},
          {"visibility", message("Who may see it")},
          {"text_language", message("Language of title and text")},
          {"weeks", message("Repeat weekly")}};
}

}  // namespace birge::work
