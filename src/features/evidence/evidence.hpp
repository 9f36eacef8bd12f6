#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account.hpp"
#include "platform/base/id.hpp"
#include "platform/base/message.hpp"
#include "platform/db/db.hpp"

namespace birge::activity {
struct ActivityTag;
}

/// What shows that an activity took place: pictures, documents, the sign-in sheet, the scan of an order. What is kept is made anew from what came in
/// (platform/files); who may see which piece is decided here.
namespace birge::evidence {

using ActivityId = Id<activity::ActivityTag>;
struct EvidenceTag;
using EvidenceId = Id<EvidenceTag>;
using account::PersonId;

enum class Kind {
  picture,
  document,  ///< PDF; the coalition only, and there those who may see names
  sheet,     ///< sign-in sheet, with names and telephones: whoever may confirm the result, and the person who added it
  order,     ///< scan of an approval signed on paper; as a document
};
inline constexpr std::array kinds{Kind::picture, Kind::document, Kind::sheet, Kind::order};
std::string_view code(Kind kind);
std::optional<Kind> kind_of(std::string_view code);
Message name(Kind kind);

/// One piece of evidence as it is stored.
struct Item {
  EvidenceId id;
  ActivityId activity;
  std::string kind;
  std::string file;  ///< its name in the folder of files
  std::int64_t bytes = 0;
  int width = 0, height = 0;  ///< pixels; 0: a PDF
  std::string preview;        ///< empty: a PDF
  int preview_width = 0, preview_height = 0;
  std::string caption, language;
  bool looked = false;     ///< somebody said who can be recognised
  bool people = false;     ///< grown-ups can
  bool minors = false;     ///< children can
  bool consent = false;    ///< the people agreed
  bool guardians = false;  ///< those who answer for the children agreed
  bool wanted = false;     ///< publication was asked for
  std::optional<Instant> released_at;
  std::optional<PersonId> released_by;
  Instant added{};
  PersonId added_by;
  int version = 1;

  Kind what() const { return kind_of(kind).value(); }
  bool is_pdf() const { return width == 0; }
};

/// What else decides whether a picture is public.
struct Around {
  bool confirmed = false;  ///< the result of its activity is
  bool is_public = false;  ///< the activity is
};

/// Whether everybody may see a picture: publication was asked for, its consents are there, somebody let it through, and its activity is public with a
/// confirmed result. The store asks the same in SQL; a test compares.
bool is_public(Item const& item, Around const& around);
/// The first thing that is missing; empty for a public one.
Message why_not_public(Item const& item, Around const& around);
/// Whether it can be let through: everything is there but that.
bool can_be_released(Item const& item);

/// Who looks.
struct Viewer {
  PersonId person;
  bool sees_names = false;   ///< account::Permission::see_names for the activity
  bool may_confirm = false;  ///< would confirm its result, whatever state it is in now
};
/// Whether somebody who knows of the activity may open a piece of its evidence.
bool may_open(Item const& item, Viewer const& viewer);

/// How much evidence an activity has, for those who look at a figure. Sheets and documents are counted for everybody of the coalition; opening
/// them is another matter.
struct Counts {
  int pictures = 0, public_pictures = 0, documents = 0, sheets = 0, orders = 0;
  bool sheet_kept = false;  ///< the organisation keeps the sign-in sheet
  bool none() const { return pictures + documents + sheets + orders == 0 && !sheet_kept; }
};
/// Of several activities; those without any are not in it.
std::map<ActivityId, Counts> evidence_of(db::Reader& read, std::vector<ActivityId> const& activities);

/// Limits.
inline constexpr std::size_t most_picture_bytes = 15u << 20;
inline constexpr std::size_t most_document_bytes = 10u << 20;
inline constexpr int most_of_activity = 30;
inline constexpr std::size_t longest_caption = 300;
/// How long a sign-in sheet stays after the result was confirmed, and how long at most when it never is.
inline constexpr std::chrono::days sheet_kept_after_confirmation{90};
inline constexpr std::chrono::days sheet_kept_at_most{365};

}  // namespace birge::evidence
