#include "features/coalition/coalition.hpp"

namespace birge::coalition {

namespace {

std::string const nothing;

std::string const& text_in(std::map<std::string, std::string> const& texts, std::string_view language) {
  // There are as many as languages: going through them costs less than a search.
  for (auto const& [text_language, text] : texts)
    if (text_language == language) return text;
  return nothing;
}

}  // namespace

std::string_view Organisation::name_language(Language language) const {
  auto const wanted = code(language);
  return text_in(names, wanted).empty() ? std::string_view(original) : wanted;
}

std::string const& Organisation::name(Language language) const {
  auto const& wanted = text_in(names, code(language));
  return wanted.empty() ? text_in(names, original) : wanted;
}

std::string const& Organisation::short_name(Language language) const {
  auto const& found = text_in(short_names, name_language(language));
  return found.empty() ? name(language) : found;
}

Message kind_name(std::string_view kind) {
  if (kind == "state_body") return message("State body");
  if (kind == "local_authority") return message("Local authority");
  if (kind == "civil_society") return message("Civil society organisation");
  if (kind == "youth") return message("Youth organisation");
  if (kind == "international") return message("International organisation");
  if (kind == "donor") return message("Donor");
  if (kind == "media") return message("Media");
  return message("Other organisation");
}

}  // namespace birge::coalition
