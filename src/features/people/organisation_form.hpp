#pragma once

#include <string>
#include <vector>

#include "features/account/joining.hpp"
#include "features/audit/audit.hpp"
#include "features/site/site.hpp"
#include "features/work/work_view.hpp"

/// The form of what is known of an organisation: what it tells of itself, and who it is.
namespace birge::people {

/// What was typed over what is stored.
struct Typed {
  account::Profile profile;
  std::vector<place::PlaceId> regions;
  std::string website, about;
  coalition::Organisation identity;  ///< kind, home region, names; the rest of it as it is stored
  std::string about_language;        ///< code of the language that `about` is in, one in which the organisation has a name
  bool corrects = false;             ///< the form had the fields of the identity, and the person may change them
};

/// Whether somebody may change who an organisation is: its kind, names and home region. Its own people and its region keep what they have, since
/// both of them decide who looks after it.
bool may_correct(account::Person const& person);

/// What is stored, also what the facts of the public pages leave out.
Typed stored(Request& request, coalition::OrganisationId id);
/// What a form says; what its person may not change stays as it is stored.
Typed read(Request& request, coalition::OrganisationId id);
std::vector<Fault> check(Typed const& typed);

/// What of an organisation's data differs: of what somebody wrote only the field.
void tell_changes(audit::Entry& entry, Typed const& before, Typed const& now);
/// The same for people: what was typed, and what somebody else stored meanwhile.
std::vector<work::BothValues> differing(Request& request, Typed const& typed, Typed const& now);

/// The fields, without the buttons.
Html form_fields(Request& request, Typed const& typed, std::vector<Fault> const& faults);

}  // namespace birge::people
