#include "features/village/village_form.hpp"

#include <algorithm>

#include "features/account/login.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

namespace birge::village {

namespace {

constexpr std::size_t longest_place = 120, longest_wish = 600, longest_name = 100;

std::string month_text(Day day) { return day.iso().substr(0, 7); }

class FormReader {
public:
  FormReader(http::Parameters const& form, campaign::Facts const& facts, place::Matcher const& places, campaign::Edition const& edition, Day today)
      : form_(form), facts_(facts), places_(places), edition_(edition), today_(today) {}

  ReadForm read() {
    read_.invitation.edition = edition_.id;
    where();
    what();
    who();
    // A field that nobody sees is filled in by programs alone.
    if (!form_.get("more").empty()) fault("", message("Please leave the last field empty and send the form again."));
    return std::move(read_);
  }

private:
  std::string line(std::string_view name) const { return clean_line(form_.get(name)); }
  void fault(std::string_view field, Message message) { read_.faults.push_back({std::string(field), std::move(message)}); }

  void where() {
    auto& invitation = read_.invitation;
    invitation.village = line("place");
    if (invitation.village.empty()) return fault("place", message("Write the name of your village or community."));
    if (length(invitation.village) > longest_place)
      return fault("place", message("The name of the village is too long: at most {} characters.", longest_place));
    if (auto const place = meant()) {
      invitation.place = *place;
      invitation.region = facts_.places->region_of(*place)->id;
      if (auto const* district = facts_.places->district_of(*place)) invitation.district = district->id;
    }
  }

  std::optional<place::PlaceId> meant() {
    auto const& tree = *facts_.places;
    auto const usable = [&](place::PlaceId id) { return tree.region_of(id) && small_enough(tree, id) && tree.find(id)->valid_on(today_); };
    if (read_.invitation.village == line("place_for"))
      if (auto const* chosen = tree.by_code(form_.get("place_choice")); chosen && usable(chosen->id)) return chosen->id;
    if (auto const* district = tree.by_code(form_.get("district")); district && usable(district->id)) return district->id;
    auto const match = place::valid_within(places_.match(read_.invitation.village), tree, today_, today_);
    if (match.kind == place::Match::Kind::one && usable(match.place)) return match.place;
    read_.candidates = match.candidates;
    std::erase_if(read_.candidates, [&](place::PlaceId id) { return !usable(id); });
    read_.ask_district = true;
    auto const* named = match.kind == place::Match::Kind::none ? nullptr : tree.find(match.candidates.front());
    if (named && !named->valid_on(today_)) fault("place", place::out_of_time(*named, read_.invitation.village, today_));
    else if (match.kind == place::Match::Kind::one) fault("place", message("Which district is it in? Choose it below."));
    else if (match.kind == place::Match::Kind::several) fault("place", message("There are several places of this name. Choose one below."));
    else fault("place", message("We do not know this place yet. Choose the district it lies in below."));
    return std::nullopt;
  }

  void what() {
    auto& invitation = read_.invitation;
    if (auto const kind = form_.get("kind"); facts_.codes.find("kind", kind)) invitation.kind = kind;
    if (auto const audience = form_.get("audience"); facts_.codes.find("audience", audience)) invitation.audience = audience;
    invitation.wish = clean_text(form_.get("wish"));
    if (length(invitation.wish) > longest_wish) fault("wish", message("Your text is too long: at most {} characters.", longest_wish));
    auto const offered = months(edition_, today_);
    if (auto const found = std::ranges::find(offered, form_.get("month")); found != offered.end()) invitation.month = *found;
    auto const people = line("people");
    if (people.empty()) return;
    auto const number = whole_number<std::int64_t>(people);
    if (!number || *number < 1 || *number > most_people) return fault("people", message("Give a number such as 80, or leave it empty."));
    invitation.people = *number;
  }

  void who() {
    auto& invitation = read_.invitation;
    invitation.contact_name = line("contact_name");
    if (length(invitation.contact_name) > longest_name) fault("contact_name", message("Your name is too long: at most {} characters.", longest_name));
    auto const login = account::login_of(line("contact"));
    if (login) invitation.contact = account::shown(*login);
    else fault("contact", message("Enter a phone number such as 0700 123 456, or an e-mail address."));
  }

  http::Parameters const& form_;
  campaign::Facts const& facts_;
  place::Matcher const& places_;
  campaign::Edition const& edition_;
  Day today_;
  ReadForm read_;
};

}  // namespace

ReadForm read_form(http::Parameters const& form, campaign::Facts const& facts, place::Matcher const& places, campaign::Edition const& edition,
                   Day today) {
  return FormReader(form, facts, places, edition, today).read();
}

std::vector<std::string> months(campaign::Edition const& edition, Day today) {
  std::vector<std::string> list;
  auto const last = edition.campaign_until;
  for (auto day = std::max(today, edition.campaign_from); day <= last; day = day.plus(1)) {
    auto text = month_text(day);
    if (list.empty() || list.back() != text) list.push_back(std::move(text));
  }
  return list;
}

std::optional<Day> wished_day(Invitation const& invitation, Day today) {
  auto const first = Day::parse(invitation.month + "-01");
  return first && *first > today ? first : std::nullopt;
}

bool takes_invitations(campaign::Edition const& edition, Day today) { return today <= edition.campaign_until; }

bool small_enough(place::Tree const& tree, place::PlaceId place) {
  if (tree.district_of(place)) return true;
  auto const& below = tree.children(place);
  return below.empty() || below.front()->level != place::Level::district;
}

}  // namespace birge::village
