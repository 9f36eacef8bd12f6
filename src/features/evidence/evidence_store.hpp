#pragma once

#include <functional>
#include <set>

#include "features/coalition/coalition.hpp"
#include "features/evidence/evidence.hpp"
#include "features/place/place.hpp"

/// How evidence is kept. For this folder, and for the pages of the workspace that add to it and show it.
namespace birge::evidence {

/// A picture as everybody may see it.
struct PublicPicture {
  EvidenceId id;
  std::string file, preview;
  int width = 0, height = 0, preview_width = 0, preview_height = 0;
  std::string caption, language;
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  std::vector<Item> of_activity(ActivityId activity);  ///< in the order they were added
  /// Of that activity, so that an id guessed beside another activity's finds nothing.
  std::optional<Item> find(ActivityId activity, EvidenceId id);
  std::vector<PublicPicture> public_pictures(ActivityId activity);
  /// Whether everybody may see the file, as a picture or its preview.
  bool is_public_file(std::string_view file);
  std::string sheet_answer(ActivityId activity);  ///< kept, uploaded; empty: nobody said
  /// Whether this form was stored already.
  bool posted(PersonId person, std::string_view token);

  std::set<std::string, std::less<>> files();                        ///< every file that something names
  std::vector<EvidenceId> sheets_to_delete(Instant now, int limit);  ///< whose time is over

private:
  db::Reader& read_;
};

/// Who changes something, and where it belongs.
struct Scene {
  PersonId person;
  coalition::OrganisationId organisation;  ///< the person acts for; 0: none
  place::PlaceId region;                   ///< of the activity; 0: none
  coalition::OrganisationId lead;          ///< of the activity
  Instant now{};
};

enum class Outcome {
  done,
  repeated,  ///< the same form came a second time; nothing changed
  stale,     ///< somebody changed it since; nothing changed
};

/// Adds a piece; `item` brings everything but added, added_by and version. Throws Problem(unprocessable) when the activity has as much as it may
/// have, or has this very file.
Outcome add(db::Tx& tx, Scene const& scene, Item const& item, std::string_view token);

/// Stores words and consents, of an item as the person saw it. What is no longer complete is no longer released; neither is one with other words, or
/// other people on it, than those it was let through with, unless the person `releases`: may let it through too.
Outcome describe(db::Tx& tx, Scene const& scene, Item const& item, bool releases);
/// Lets a picture through. Throws Problem(unprocessable) when something is missing.
Outcome release(db::Tx& tx, Scene const& scene, Item const& item);
/// The consent is taken back: it is coalition-only from this moment on, whatever else happened meanwhile.
void withdraw(db::Tx& tx, Scene const& scene, Item const& item);
void remove(db::Tx& tx, Scene const& scene, Item const& item);
void note_opened_sheet(db::Tx& tx, Scene const& scene, Item const& item);
void answer_sheet(db::Tx& tx, Scene const& scene, ActivityId activity, std::string_view answer);

/// Deletes sheets whose time is over; how many. The audit log says that the program did it by itself.
int delete_sheets(db::Tx& tx, std::vector<EvidenceId> const& sheets, Instant now);

}  // namespace birge::evidence
