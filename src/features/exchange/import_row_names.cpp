#include <algorithm>

#include "features/exchange/import_rows.hpp"
#include "platform/base/private_data.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::size_t name_limit = 300, warning_characters = 60;

std::vector<std::string> items_of(std::string_view text) {
  std::vector<std::string> items(1);
  int depth = 0;
  for (char const c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth <= 0 && (c == ';' || c == ',' || c == '\n' || c == '|')) items.emplace_back();
    else items.back() += c;
  }
  for (auto& item : items) item = clean_line(item);
  std::erase_if(items, [](std::string const& item) { return item.empty() || item == "-"; });
  return items;
}

/// What a warning may repeat in public: nothing that could be a number or address of a person.
std::string repeatable_text(std::string_view text) { return private_data_in(text).empty() ? shortened(text, warning_characters) : std::string("…"); }

}  // namespace

void RowReader::add_organisation(std::string const& name, Column column, std::vector<OrganisationId>& list) {
  auto const& match = organisation_memory_.get(
      name, [&] { return context_.organisations.knows(name) || may_suggest() ? context_.organisations.match(name) : coalition::Matcher::Match{}; });
  auto const index = index_of(column);
  using Kind = coalition::Matcher::Match::Kind;
  auto const add = [&](OrganisationId id) {
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
  };
  if (match.kind == Kind::one) return add(match.organisation);
  auto const decided = context_.options.decisions.organisations.find(name);
  bool const answered = decided != context_.options.decisions.organisations.end();
  if (answered && decided->second) return add(*decided->second);
  std::vector<std::string> choices;
  for (auto const id : match.candidates) choices.push_back(context_.organisations.name(id));
  auto const names = joined(choices, "; ");
  auto const suggestion = names.empty() ? message("Correct the name, or import with new organisations allowed.")
                                        : message("Perhaps: {}. Otherwise import with new organisations allowed.", names);
  if (match.kind == Kind::several)
    return error("ambiguous_organisation", index, message("Several organisations have this name."), suggestion, choices, name);
  // Two organisations that the sheet joins by a word become none that is called like both.
  if (auto const parts = answered ? std::vector<std::string>{} : coalition::names_in(name, context_.organisations); !parts.empty())
    return error(
        "unknown_organisation", index, message("An organisation of the coalition; “{}” is not known.", shortened(name, 80)),
        message("Write ; between several organisations: {}. If it is one organisation, put its name in quotation marks.", joined(parts, "; ")),
        choices, name);
  if (!context_.options.create_organisations && !answered)
    return error("unknown_organisation", index, message("An organisation of the coalition; “{}” is not known.", shortened(name, 80)), suggestion,
                 choices, name);
  if (length(name) > name_limit) return error("text_too_long", index, message("At most {} characters.", name_limit));
  auto const folded = fold(name);
  if (folded.empty())
    return error("unknown_organisation", index, message("An organisation of the coalition; “{}” is not known.", shortened(name, 80)), suggestion);
  auto const [found, is_new] = new_by_name_.emplace(folded, OrganisationId{-1 - static_cast<std::int64_t>(new_organisations_.size())});
  if (is_new) new_organisations_.push_back({name, std::string(code(language_of_text(name, context_.options.language)))});
  add(found->second);
}

void RowReader::read_organisations() {
  auto& activity = row_.activity;
  auto const read = [&](Column column) {
    std::vector<OrganisationId> list;
    auto const cell = text(column);
    auto const& names = split_memory_.get(cell, [&] { return coalition::split_names(cell, context_.organisations); });
    for (auto const& name : names)
      if (name != "-" && name != "—") add_organisation(name, column, list);
    return list;
  };
  auto hosts = read(Column::lead);
  auto const lead_index = index_of(Column::lead);
  if (hosts.empty()) {
    if (!lead_index || cell_text(cell(*lead_index)).empty())
      error("organisation_missing", lead_index, message("The organisation that leads the activity is missing."));
  } else {
    activity.lead = hosts.front();
    activity.co_hosts.assign(hosts.begin() + 1, hosts.end());
  }
  auto const append = [&](std::vector<OrganisationId>& list, Column column) {
    for (auto const id : read(column)) {
      bool const known = id == activity.lead || std::ranges::find(activity.co_hosts, id) != activity.co_hosts.end();
      if (!known && std::ranges::find(list, id) == list.end()) list.push_back(id);
    }
  };
  append(activity.co_hosts, Column::co_hosts);
  append(activity.partners, Column::partners);
}

std::vector<std::string> RowReader::nearest_names(std::string_view list, std::string const& text) {
  std::vector<std::string> names;
  if (!may_suggest()) return names;
  for (auto const& code : context_.facts.codes.nearest(list, text))
    names.emplace_back(context_.facts.codes.name(list, code, context_.options.language));
  return names;
}

void RowReader::read_kind() {
  auto& activity = row_.activity;
  auto const index = index_of(Column::kind);
  auto const text = index ? cell_text(cell(*index)) : std::string();
  if (text.empty()) return error("kind_missing", index, message("The kind of activity is missing: forum theatre, lecture, training ..."));
  auto const& found = code_memory_.get("kind\n" + text, [&] { return context_.facts.codes.match("kind", text); });
  if (!found) {
    auto const near = nearest_names("kind", text);
    return error("unknown_kind", index, message("A kind of activity from the list."),
                 near.empty() ? message("The template has the list.") : message("Perhaps: {}.", joined(near, "; ")), near);
  }
  activity.kind = *found;
  auto const* kind = context_.facts.codes.find("kind", *found);
  activity.sensitive = kind && kind->sensitive;
  activity.is_public = !activity.sensitive;
}

/// Topics and audience groups: what the list does not know is left out, and said so on the activity.
void RowReader::read_codes(Column column, std::string_view list, std::vector<std::string>& codes) {
  auto const index = index_of(column);
  auto const cell = text(column);
  if (cell.empty()) return;
  auto const one = [&](std::string const& text) {
    return code_memory_.get(std::string(list) + '\n' + text, [&] { return context_.facts.codes.match(list, text); });
  };
  auto items = items_of(cell);
  if (auto const whole = one(cell)) items = {cell};  // a name with commas in it
  for (auto const& item : items) {
    if (auto const found = one(item)) {
      if (std::ranges::find(codes, *found) == codes.end()) codes.push_back(*found);
      continue;
    }
    auto const near = nearest_names(list, item);
    warn("not_understood", list, index, repeatable_text(item), near.empty() ? Message{} : message("Perhaps: {}.", joined(near, "; ")));
  }
  std::ranges::sort(codes);
}

void RowReader::read_words() {
  auto& activity = row_.activity;
  auto const not_understood = [&](std::size_t index, std::string_view field, std::string const& text, Message suggestion) {
    warn("not_understood", field, index, repeatable_text(text), std::move(suggestion));
  };
  if (auto const index = index_of(Column::languages); index && !text(Column::languages).empty()) {
    if (auto const codes = languages_of(text(Column::languages))) {
      for (auto const& code : *codes) activity.languages += (activity.languages.empty() ? "" : " ") + code;
    } else not_understood(*index, "languages", text(Column::languages), message("For instance: Kyrgyz, Russian."));
  }
  if (auto const index = index_of(Column::entry); index && !text(Column::entry).empty()) {
    if (auto const entry = entry_of(text(Column::entry))) activity.entry = *entry;
    else not_understood(*index, "entry", text(Column::entry), message("Open or by invitation."));
  }
  if (auto const index = index_of(Column::visibility); index && !text(Column::visibility).empty()) {
    if (auto const visible = public_of(text(Column::visibility))) activity.is_public = *visible, row_.visibility_said = true;
    else error("unknown_visibility", index, message("Public or coalition only."));
  }
  activity.cost = limited(Column::cost, 200, "cost");
  activity.contact = limited(Column::contact, 300, "contact");
  activity.reason = limited(Column::reason, 500, "reason");
}

}  // namespace birge::exchange
