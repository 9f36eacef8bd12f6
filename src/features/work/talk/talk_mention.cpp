#include "features/work/talk/talk_mention.hpp"

#include <algorithm>
#include <optional>

#include "platform/base/text.hpp"

namespace birge::work {

namespace {

/// Whether a name ends here: no letter or digit goes on, so that @Айгүлдүн finds nobody called Айгүл... but "@Айгүл," does.
bool ends_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  auto const c = static_cast<unsigned char>(text[at]);
  return c < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

bool begins_at(std::string_view text, std::size_t at) { return at == 0 || ends_at(text, at - 1); }

std::string_view first_word(std::string_view name) { return name.substr(0, name.find(' ')); }

struct Found {
  PersonId id;
  std::size_t length = 0;
};

std::optional<Found> name_at(std::string_view text, std::span<Named const> people) {
  auto const fits = [&](std::string_view name) {
    if (name.empty() || text.size() < name.size() || !ends_at(text, name.size())) return false;
    auto const typed = text.substr(0, name.size());
    return typed == name || fold(typed) == fold(name);
  };
  std::optional<Found> whole, first;
  bool several = false;
  for (auto const& person : people) {
    if (fits(person.name) && (!whole || person.name.size() > whole->length)) whole = Found{person.id, person.name.size()};
    if (auto const word = first_word(person.name); fits(word)) {
      several = several || (first && first->id != person.id);
      first = Found{person.id, word.size()};
    }
  }
  if (whole) return whole;
  return several ? std::nullopt : first;
}

}  // namespace

Mentions find_mentions(std::string_view text, std::span<Named const> people) {
  Mentions out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const found = text[i] == '@' && begins_at(text, i) ? name_at(text.substr(i + 1), people) : std::nullopt;
    if (!found) {
      out.text += text[i];
      continue;
    }
    out.text += "@[" + id_text(found->id) + "]";
    if (std::ranges::find(out.people, found->id) == out.people.end()) out.people.push_back(found->id);
    i += found->length;
  }
  return out;
}

Html remark_text(std::string_view text, std::span<PersonId const> people, std::function<std::string(PersonId)> const& name_of) {
  Html out;
  while (!text.empty()) {
    auto const open = text.find("@[");
    auto const close = open == std::string_view::npos ? open : text.find(']', open);
    if (close == std::string_view::npos) break;
    auto const id = parse_id_as<account::PersonTag>(text.substr(open + 2, close - open - 2));
    if (id && std::ranges::find(people, *id) != people.end()) {
      out.add("{}<b class=\"mention\">@{}</b>", text.substr(0, open), name_of(*id));
      text.remove_prefix(close + 1);
    } else {
      out.add("{}", text.substr(0, open + 2));
      text.remove_prefix(open + 2);
    }
  }
  out.add("{}", text);
  return out;
}

std::string without_mentions(std::string_view text) {
  std::string out;
  for (auto open = text.find("@["); open != std::string_view::npos; open = text.find("@[")) {
    auto const close = text.find(']', open);
    if (close == std::string_view::npos) break;
    bool const somebody = parse_id_as<account::PersonTag>(text.substr(open + 2, close - open - 2)).has_value();
    out += text.substr(0, open);
    out += somebody ? "@…" : "@[";
    text.remove_prefix(somebody ? close + 1 : open + 2);
  }
  return out += text;
}

}  // namespace birge::work
