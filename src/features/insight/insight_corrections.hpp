#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/insight/insight_behind.hpp"

/// What was put right after an edition was closed, as pages and the report list it.
namespace birge::insight {

struct Correction {
  activity::ActivityId id;
  bool is_public = true;
  bool listed = true;  ///< whoever looks may read its name
  std::string title;
  std::map<std::string, activity::Text> texts;
  std::string original;  ///< language of the title
  Instant at{};          ///< of the latest change
  activity::State state_before = activity::State::draft, state_after = activity::State::draft;
  Count before, after;                    ///< attendances that count
  Count audience_before, audience_after;  ///< of broadcasts
  std::vector<Message> others;            ///< what else differs, which the sums do not show
};

struct Corrections {
  std::vector<Correction> list;
  std::int64_t unlisted = 0;  ///< of them, those whose names are not for whoever looks
  Count before, after;        ///< attendances of all of them
};

/// Of a closed edition, or one region of it; nothing for one that is open.
Corrections corrections_of(db::Reader& read, campaign::Facts const& facts, campaign::EditionId edition, std::optional<place::PlaceId> region,
                           view::Viewer const& viewer = {});

/// Besides attendances and audience: "Changed: sex and age of those who came, method of counting"; empty where nothing else was.
std::string others_text(Say const& say, Correction const& correction);
/// Each with its values before and after; `links`: its name opens it.
Html corrections_table(Say const& say, campaign::Facts const& facts, Corrections const& corrections, std::string_view caption, bool links);

}  // namespace birge::insight
