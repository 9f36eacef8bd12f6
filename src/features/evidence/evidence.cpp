#include "features/evidence/evidence.hpp"

namespace birge::evidence {

std::string_view code(Kind kind) {
  switch (kind) {
    case Kind::picture: return "picture";
    case Kind::document: return "document";
    case Kind::sheet: return "sheet";
    case Kind::order: return "order";
  }
  return "";
}

std::optional<Kind> kind_of(std::string_view text) {
  for (auto const kind : kinds)
    if (code(kind) == text) return kind;
  return std::nullopt;
}

Message name(Kind kind) {
  switch (kind) {
    case Kind::picture: return message("Picture");
    case Kind::document: return message("Document");
    case Kind::sheet: return message("Sign-in sheet");
    case Kind::order: return message("Scan of the order");
  }
  return {};
}

namespace {

/// What the person who added it can put right.
Message missing(Item const& item) {
  if (item.what() != Kind::picture) return message("Only the coalition sees it.");
  if (!item.wanted) return message("Publication was not asked for.");
  if (item.caption.empty()) return message("It lacks words that say what it shows, for those who cannot see it.");
  if (!item.looked) return message("Nobody said yet whether somebody can be recognised on it.");
  if (item.people && !item.consent) return message("The consent of the people on it is missing.");
  if (item.minors && !item.guardians) return message("The consent of the children's guardians is missing.");
  return {};
}

}  // namespace

bool can_be_released(Item const& item) { return missing(item).empty() && !item.released_at; }

Message why_not_public(Item const& item, Around const& around) {
  if (auto why = missing(item); !why.empty()) return why;
  if (!item.released_at) return message("Somebody who may publish has to let it through.");
  if (!around.is_public) return message("The activity is known to the coalition only.");
  if (!around.confirmed) return message("It becomes public when the result is confirmed.");
  return {};
}

bool is_public(Item const& item, Around const& around) { return why_not_public(item, around).empty(); }

bool may_open(Item const& item, Viewer const& viewer) {
  switch (item.what()) {
    case Kind::picture: return true;
    case Kind::document:
    case Kind::order: return viewer.sees_names;
    case Kind::sheet: return viewer.may_confirm || viewer.person == item.added_by;
  }
  return false;
}

}  // namespace birge::evidence
