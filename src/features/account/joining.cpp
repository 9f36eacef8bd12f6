#include "features/account/joining.hpp"

#include <algorithm>
#include <array>

#include "features/account/login.hpp"
#include "platform/base/text.hpp"
#include "platform/html/url.hpp"

namespace birge::account {

namespace {

constexpr std::size_t longest_name = 200, longest_about = 2000;
constexpr std::array kinds{"state_body", "local_authority", "civil_society", "youth", "international", "donor", "media", "other"};

}  // namespace

std::span<char const* const> organisation_kinds() { return kinds; }

std::vector<Fault> check(JoiningRequest const& request) {
  std::vector<Fault> faults;
  if (request.name.empty()) faults.push_back({"name", message("Enter the name of the organisation.")});
  if (length(request.name) > longest_name) faults.push_back({"name", message("The name of the organisation is too long.")});
  if (std::ranges::find(kinds, request.kind) == kinds.end()) faults.push_back({"kind", message("Choose what kind of organisation it is.")});
  if (request.about.empty()) faults.push_back({"about", message("Say in two or three sentences what the organisation does.")});
  if (length(request.about) > longest_about) faults.push_back({"about", message("This text is too long. Two or three sentences are enough.")});
  if (!request.website.empty() && (!request.website.starts_with("http") || !url(request.website)))
    faults.push_back({"website", message("Write the address as the browser shows it, beginning with https://")});
  if (request.contact_name.empty()) faults.push_back({"contact_name", message("Enter the name of the person we can speak to.")});
  if (length(request.contact_name) > longest_name) faults.push_back({"contact_name", message("The name of the person is too long.")});
  if (!login_of(request.contact)) faults.push_back({"contact", message("Enter a phone number such as 0700 123 456, or an e-mail address.")});
  return faults;
}

bool may_decide(Person const& person, JoiningRequest const& request) { return may(person, Permission::admit, {request.region, {}, {}}); }

Approval approval(Person const& person, JoiningRequest const& request, bool first_was_national) {
  if (request.state != "waiting" || !may_decide(person, request)) return Approval::refused;
  if (!request.first_by) return Approval::first;
  if (*request.first_by == person.id) return Approval::same_person;
  if (!first_was_national && !may_everywhere(person, Permission::admit)) return Approval::needs_national;
  return Approval::second;
}

}  // namespace birge::account
