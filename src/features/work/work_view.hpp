#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/site/site.hpp"
#include "features/work/plan/plan_fields.hpp"
#include "features/work/plan/plan_form.hpp"
#include "features/work/plan/plan_overtaken.hpp"
#include "features/work/work_store.hpp"

/// What the pages of this folder share.
namespace birge::work {

/// One activity on its way through a handler, with what the rules know of it and of the person who asks.
struct Opened {
  std::shared_ptr<campaign::Facts const> known;
  account::Person const& person;
  Activity activity;
  Beside beside;
  Facts facts;
  Actor actor;
  Day today;

  Decision may(Action action, Instant now) const { return decide(facts, actor, action, today, now); }
};

/// An activity as `read` has it, for a person with the roles `person` has. Throws Problem(not_found) where there is none or the person may not know of it.
Opened open(db::Reader& read, std::shared_ptr<campaign::Facts const> known, account::Person const& person, ActivityId id, Instant now);

/// What a handler opened, opened again in the writer: the activity as it is stored then, and the person with the roles held at that moment, which may
/// be fewer than when the request began. Throws Problem(not_found) as open does.
struct OpenedAgain {
  OpenedAgain(db::Tx& tx, Opened const& before, Instant now);
  OpenedAgain(OpenedAgain const&) = delete;
  OpenedAgain& operator=(OpenedAgain const&) = delete;

  account::Person person;
  Opened opened;  ///< names the person beside it
};

/// The activity a page's address names. Throws Problem(not_found) where there is none or the person may not know of it.
Opened open(Request& request);

/// A page about one activity.
Reply work_page(Request& request, Opened const& opened, std::string_view title, Html const& main, Status status = Status::ok);

Scene scene_of(Request const& request, campaign::Facts const& known, account::Person const& person);

/// How people are told: by name to those who may know names, by organisation and role to the others.
class People {
public:
  People(Request& request, campaign::Facts const& known, bool names);
  void know(std::vector<PersonId> const& people);  ///< reads their names
  std::string text(std::optional<PersonId> person, std::optional<OrganisationId> organisation, std::string_view role) const;
  std::string name(PersonId person) const;

private:
  Request& request_;
  campaign::Facts const& known_;
  bool names_;
  std::map<PersonId, std::string> known_names_;
};

/// A row of a list of work: title, when, where, who, and lines of its own. `look`: how the row is laid out, "row" or more.
Html work_row(Request& request, campaign::Facts const& known, Brief const& brief, Html const& more, std::string_view look = "row");

/// One field of a form that somebody else overtook, as it was typed and as it is stored by now, both as they are shown.
struct BothValues {
  std::string field, label, typed, stored;
};
/// The same of the form of an activity.
std::vector<BothValues> both_values(Say const& say, campaign::Facts const& known, std::vector<Difference> const& differences);
/// Where the two differ, above the form that keeps what was typed. `sentence` says what the form holds.
Html both_versions(Say const& say, std::string_view sentence, std::vector<BothValues> const& values);
/// A form that may no longer be sent: why, and what was typed into it.
Html what_was_typed(Say const& say, Message const& why_not, std::vector<BothValues> const& values);

/// The places that the text in a form may mean, to choose from; nothing where there are none.
Html place_choices(fields::Form const& form, campaign::Facts const& known, std::vector<place::PlaceId> const& places);

/// The form of an activity.
struct FormPage {
  std::string_view title;
  Url action;
  http::Parameters const& typed;
  std::vector<Fault> const& faults;
  std::vector<place::PlaceId> const& places;   ///< what the place may mean
  std::vector<Difference> const& differences;  ///< of a form that somebody else overtook
  std::string token;
  int version = 0;  ///< 0: a new activity
  State state = State::draft;
  campaign::EditionId edition;
  std::string keep;                           ///< names the form on the device that keeps what is typed
  std::string note = {};                      ///< what the person should know of what the form begins with
  std::string opened = {};                    ///< opened_with what is stored; nothing for a new activity
  std::vector<Namesakes> organisations = {};  ///< what the names of organisations may mean
  Html meanwhile = {};                        ///< of a form that somebody else overtook: who changed what
};
Html activity_form(Request& request, campaign::Facts const& known, account::Person const& person, FormPage const& page);

}  // namespace birge::work
