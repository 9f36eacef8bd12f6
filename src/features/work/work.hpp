#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/activity/activity_store.hpp"
#include "features/work/result/result_form.hpp"
#include "features/work/work_life.hpp"
#include "platform/http/request.hpp"

/// What other features use of the workspace: the words of a state, the steps, what somebody may see and do, and the pages these lead to.
namespace birge::work {

using coalition::OrganisationId;

Message state_name(State state);            ///< as those who work with it call it: Approved, not Planned
std::string_view state_class(State state);  ///< of its tag
std::string_view state_icon(State state);

/// Who may see an activity in a state, in words.
Message seen_by(State state, bool is_public);

/// Whether a role plans for the whole organisation it names; a helper has one activity only.
bool plans_for_organisation(account::Grant const& grant);

/// An activity as access to it depends on it.
account::Object object_of(Activity const& activity, campaign::Facts const& facts);

/// An activity as a list knows it: all that the rules ask for, but its latest step.
struct Seen {
  ActivityId id;
  activity::EditionId edition;
  State state = State::draft;
  Day day, end_day;
  std::optional<activity::PlaceId> region;  ///< nothing: national, online, in several places or without a region
  OrganisationId lead;
  std::vector<OrganisationId> co_hosts;
  std::optional<PersonId> created_by, proposed_by, proposed_for;
  std::optional<Day> escalates;
  std::optional<PersonId> reported_by, reported_for;
};

/// Somebody who looks at many activities at once. What the rules need to know of the person is read once, not for each of them.
class Viewer {
public:
  /// `person` and `read` must outlive it.
  Viewer(db::Reader& read, account::Person const& person, Day today);
  ~Viewer();
  Viewer(Viewer&&) noexcept;

  account::Person const& person() const;
  Day today() const;
  /// The person as seen from one activity.
  Actor actor(Seen const& seen) const;
  /// Whether a step may be made. Undo depends on the latest step, which a list does not know: it is never allowed here.
  Decision may(Seen const& seen, Action action, Instant now) const;

  /// What a list may hold: whatever is no draft where `sees_coalition`, otherwise nothing but what is one's own; drafts only where they are one's own.
  /// Own is what one of `organisations` leads or hosts too, what one helps with, and what one entered oneself as a coordinator.
  struct Sight {
    bool sees_coalition = false;
    std::vector<OrganisationId> organisations;
    std::vector<ActivityId> helps;
    bool coordinates_country = false;
    std::vector<activity::PlaceId> coordinates;  ///< regions
  };
  Sight const& sight() const;

private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// Who changes something, with what a change needs.
struct Scene {
  IdMaker& ids;
  campaign::Facts const& facts;
  account::Person const& person;
  Instant now;
};

/// An approval that was signed on paper.
struct Paper {
  std::string order_number;
  Day order_day;
  std::string signed_by;
};

/// What a step brings with it.
struct Step {
  Action action = Action::propose;
  int version = 0;    ///< the version the person saw
  std::string token;  ///< of the form
  std::string reason;
  std::optional<Paper> paper;
  std::optional<ResultWords> words;
  std::function<void(Activity&)> change;  ///< what an edit, a move or a report changes in the activity
};

enum class Outcome {
  done,
  repeated,  ///< the same form came a second time; nothing changed
  stale,     ///< somebody changed the activity since the person saw it; nothing changed
};
struct Done {
  ActivityId id;
  Outcome outcome = Outcome::done;
};

/// Adds a draft. Throws Problem(forbidden) where the person may not plan for that organisation there.
Done create(db::Tx& tx, Scene const& scene, Activity draft, std::string_view token);

/// Makes one step, checked again by the rules in the transaction that stores it. Throws Problem(forbidden) with the reason why it may not be made,
/// before anything is stored.
Done make_step(db::Tx& tx, Scene const& scene, ActivityId id, Step const& step);

Url activity_page(Say const& say, ActivityId id);
Url step_page(Say const& say, ActivityId id, Action action);

/// Steps that ask for something first have a page of their own; the others are done at once.
bool has_page(Action action);

/// A page of the workspace; `active` is its entry in the bar, `edition` the one whose activities it shows.
Reply work_page(Request& request, std::string_view title, Html const& main, Status status = Status::ok, std::string_view active = "work",
                campaign::Edition const* edition = nullptr);

/// A new token for a form, so that sending it twice stores it once.
std::string new_token(Request& request);
/// The token and version a form came back with.
std::string token_of(http::Parameters const& form);
int version_of(http::Parameters const& form);

/// A row that was ticked in a list, as it was when the list was drawn.
struct Ticked {
  ActivityId id;
  int version = 0;
};
/// The rows that were ticked in a form, each once, from the values "id.version" of a field; what is no such value is passed over.
std::vector<Ticked> ticked(http::Parameters const& form, std::string_view field);
/// The token of one step of a form that makes many, so that each is made once; empty where the form has none.
std::string token_of_row(std::string const& token, ActivityId id);

/// As many drafts are proposed together at most.
inline constexpr std::size_t proposed_at_once = 30;
/// The page that proposes these together, with what stands in the way of each; it leads back to `back`, an address of the workspace without its
/// language. Throws Problem(too_large) where they are more.
Url proposals_page(Say const& say, std::vector<Ticked> const& rows, std::string const& back = {});

/// Where a step leads back to instead of the activity's page: the field `back` of a form or address, a path of the workspace without its language.
/// Empty for anything else.
std::string back_of(http::Parameters const& parameters);

/// A step as a button or, where it asks for something first, as a link; it leads back to `back`.
Html step_button(Request& request, ActivityId id, int version, Action action, Message const& words, std::string_view look, std::string_view back);

/// On the page a step led back to: what was done, with the way to take it back while that may be done. Nothing where no step led here.
Html done_notice(Request& request, std::string_view back);

/// Whether somebody can enter an activity at this moment: plans something, and the edition of now is there and not closed.
bool can_begin(db::Reader& read, account::Person const& person, campaign::Facts const& known, Instant now);

}  // namespace birge::work
