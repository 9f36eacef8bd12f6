#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"

/// The form of an activity: what was typed, what it means, and what is wrong with it. No clock, language or store.
namespace birge::work {

using activity::Activity;

/// How the form reads names that people spell in their own way.
struct Spelling {
  place::Matcher const& places;
  coalition::Matcher const& organisations;
};

/// The organisations that a name in a field may mean, where it means several or is not known.
struct Namesakes {
  std::string_view field;
  std::string typed;
  std::vector<coalition::OrganisationId> candidates;
};

/// What came of a form.
struct ReadForm {
  Activity activity;
  std::vector<Fault> faults;
  std::vector<Namesakes> organisations;
  std::vector<place::PlaceId> places;  ///< what the place that was typed may mean, where it means several or is unknown
  int weeks = 0;                       ///< how many more times it is repeated, week after week
};

/// Reads a form over an activity: a new one with its edition, or the stored one. A fault is told beside its field; a field with a fault keeps the
/// value of `base`.
ReadForm read_form(http::Parameters const& form, Activity const& base, campaign::Facts const& facts, Spelling const& spelling);

/// The name beside `lead`, `co_hosts` or `partners` under which a form says what a name in that field means, and how it says it.
std::string choice_field(std::string_view field);
std::string choice_of(campaign::Facts const& facts, coalition::OrganisationId organisation, std::string_view typed);

/// The fields that tell what a form began with, beside the kind and who may see it.
inline constexpr std::string_view kind_before = "kind_before", visibility_before = "visibility_before";
/// A form whose kind was changed to a sensitive one is for the coalition only, unless somebody chose who may see it since the form was drawn.
http::Parameters with_care(http::Parameters form, campaign::Facts const& facts);

/// What the form shows of an activity. `language` is the one place names are written in.
http::Parameters typed_of(Activity const& activity, campaign::Facts const& facts, Language language);

/// Defaults of a kind, laid under what is typed: who may come, whether it is public, topics, hours, language, cost.
Activity defaults_of(std::string_view kind, campaign::Facts const& facts, Language language);

/// The latest activity as the beginning of a new one: all but its day, its state and what came of it.
Activity copy_of(Activity const& activity);

/// What a proposal still lacks; a draft may lack it.
std::vector<Fault> missing_for_proposal(Activity const& activity);

/// The names of the fields in their order, and how each is called.
struct FieldName {
  std::string_view field;
  Message label;
};
std::vector<FieldName> field_names();

/// "150" or "150-200"; nothing for anything else.
std::optional<activity::Count> count_of(std::string_view text);
/// The largest count that is believed: the limit of an edition where it has one, and always one that sums and the log can hold.
std::int64_t largest_count(std::int64_t limit);
/// "150" or "150–200", as count_of reads it.
std::string count_text(activity::Count count);

/// A personal number of 14 digits, which has no place in any text.
bool holds_personal_number(std::string_view text);

/// A telephone number or an e-mail address in a text that others read is a fault until whoever wrote it says that it may stay. Nothing where that was
/// said, where there is none, or where the text is what is stored already.
bool to_look_at(http::Parameters const& form, std::string_view text, std::string_view stored = {});
/// The same as faults: one beside the field, and one that leads to the box in which it is said, which stands in a list once.
void ask_to_look(std::vector<Fault>& faults, std::string field);
inline constexpr std::string_view looked_at = "seen_private";  ///< the name of that box

}  // namespace birge::work
