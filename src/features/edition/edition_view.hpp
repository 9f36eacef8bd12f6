#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/audit/audit.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"

/// What the pages of this folder share.
namespace birge::edition {

using account::Permission;
using campaign::Edition;
using campaign::EditionWork;

/// One edition on its way through a handler, drafts included.
struct Opened {
  std::shared_ptr<campaign::Facts const> facts;
  account::Person const& person;
  Edition edition;
  EditionWork work;
  std::optional<Instant> closed;  ///< as of when its figures stand still
  Day today;

  bool may_manage() const { return account::may_everywhere(person, Permission::manage_editions); }
};

/// The edition that the address names. Throws Problem(not_found) where there is none.
Opened open(Request& request);
/// The same for a change: throws Problem(conflict) where the edition is closed.
Opened open_to_change(Request& request);

/// Whether an edition is closed, not announced, or where it stands by its days.
Message state_name(Edition const& edition, bool draft, bool closed, Day today);

/// A page of one edition: the way back, its heading, the sample's banner.
Reply edition_page(Request& request, Edition const& edition, std::string_view title, Html const& main, Status status = Status::ok);
Url page_of(Say const& say, Edition const& edition);
Url page_of(Say const& say, Edition const& edition, std::string_view what);

/// The version of the edition that a form saw, as a hidden field, and read back; -1 when it is none.
Html version_field(int version);
int version_of(http::Parameters const& form);

/// What stands above a form that somebody overtook: both are there, what was typed in the fields and what is stored in `stored`.
Html overtaken(Say const& say, Html const& stored);

/// A field of a form of an edition: its name, and its label in the language of the page.
struct FormField {
  std::string name, label;
};
/// How a value of a field is shown: the name of what stands in the form as a code. Unset: as it is typed.
using Shown = std::function<std::string(std::string const& value)>;

/// The version that a form saw and what it was opened with, as hidden fields.
Html opened_fields(int version, http::Parameters const& stored, std::vector<FormField> const& fields);

/// What became of a form that somebody overtook.
struct Meeting {
  bool overtaken = false;
  bool nothing_left = false;  ///< what is stored by now is what the form says
  Html above;                 ///< who changed what, and both versions of what differs
};
/// Of a form that somebody overtook, request.form becomes what was typed, with what is stored by now where nothing was touched.
Meeting meet(Request& request, Opened const& opened, http::Parameters const& stored, std::vector<FormField> const& fields, Shown const& shown = {});

/// Whoever makes a change, with the roles held at this moment: what each write asks first. Throws Problem(forbidden) where they allow it no more.
account::Person who_still_may(db::Tx& tx, account::Person const& person, Permission permission);

/// An entry of the audit log about an edition by whoever is signed in.
audit::Entry entry(Request const& request, account::Person const& person, audit::Word action, campaign::EditionId edition);

/// A whole number as typed, with spaces between; nothing for an empty field. Anything else, or more than `most`, adds a fault.
std::optional<std::int64_t> number_of(http::Parameters const& form, std::string const& field, std::int64_t most, std::vector<Fault>& faults);
/// A day as typed; a fault where it is none. Empty: nothing.
std::optional<Day> day_of(http::Parameters const& form, std::string const& field, std::vector<Fault>& faults);

}  // namespace birge::edition
