#pragma once

#include "features/work/work_store.hpp"

/// What results say beside their counts, collected: questions that people asked, what was difficult, what is recommended. Only for this folder.
namespace birge::work {

/// Which results are looked through.
struct Told {
  activity::EditionId edition;
  std::optional<activity::PlaceId> region;
  std::optional<std::string> topic;  ///< a code, or empty: another topic
};

struct TopicCount {
  std::string topic;
  std::int64_t questions = 0;
};
/// How often was asked about each topic, the most frequent first. Of each activity the version of the result that counts, once it is reported.
std::vector<TopicCount> topics_asked(db::Reader& read, Told const& told);

struct ToldBy {
  ActivityId id;
  Day day;
  int result_version = 0;
  std::optional<activity::PlaceId> region;
  OrganisationId lead;
  std::string title, language;
};
/// The latest activities whose results say something of it, before one where one is given. With a topic only those in which it was asked about.
std::vector<ToldBy> told_by(db::Reader& read, Told const& told, std::optional<std::pair<Day, ActivityId>> const& before, int limit);

}  // namespace birge::work
