#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/role_holders.hpp"
#include "features/work/work.hpp"
#include "features/work/work_import.hpp"

/// How the life of activities is kept. Only for this folder.
namespace birge::work {

/// One version of a result with whoever confirmed it.
struct ResultVersion {
  int version = 1;
  std::optional<activity::Count> attendance, audience;
  std::string method;
  Day reported_day;
  std::string reason;
  std::optional<Instant> confirmed_at;
  std::optional<PersonId> confirmed_by;
  std::optional<OrganisationId> confirmed_organisation;
  std::string confirmed_role;
  Instant recorded{};
  std::optional<OrganisationId> counted_by;
  std::vector<activity::Cell> cells;
};

/// What is kept beside an activity, and its latest step; none of it changes without a new version of the activity.
struct Beside {
  struct Latest {
    int version = 0;
    Instant at{};
    std::string action;
    PersonId person;
    std::optional<PersonId> acting_for;
  };
  Standing work;
  std::optional<Latest> latest;
};

/// A line of the timeline: a step somebody made here, or a change that came in another way.
struct Line {
  Instant at{};
  int version = 0;
  std::string what;  ///< code of an Action, or created, imported ...: as the history has it
  std::string state;
  std::optional<PersonId> person, acting_for;
  std::optional<OrganisationId> organisation;
  std::string role, reason;
  std::optional<std::int64_t> import = std::nullopt;   ///< that stored it
  std::optional<Instant> imported = std::nullopt;      ///< when that was uploaded
  std::optional<PersonId> imported_by = std::nullopt;  ///< nothing: the command line
};

/// The approval that stands: nothing where it was taken back, or where the activity had to be approved anew since. Pure.
Line const* approval_of(std::vector<Line> const& lines);

struct StandIn {
  std::int64_t id = 0;
  PersonId principal, substitute;
  std::string kind;  ///< deputy, assistant
  Day from;
  std::optional<Day> until;
};

struct Remark {
  std::int64_t id = 0;
  Instant at{};
  PersonId person;
  std::string text;  ///< people named in it stand as @[id]; empty once it was taken back
  std::optional<Instant> taken_back;
};

/// A row of a list of work.
struct Brief {
  ActivityId id;
  activity::EditionId edition;
  std::string state;
  int version = 1;
  std::string kind;
  Day day, end_day;
  std::optional<int> start_minutes, end_minutes;
  std::string reach;
  std::optional<activity::PlaceId> place, region;
  std::string village;
  OrganisationId lead;
  Day due_day;
  std::optional<std::int64_t> attendance_low, attendance_high;
  std::string title, language;  ///< the language is that of the title
  std::optional<PersonId> proposed_by, proposed_for;
  std::optional<Day> escalates;
  std::optional<PersonId> reported_by, reported_for;
};

/// A list of work as a page shows it.
struct Listed {
  std::vector<Brief> rows;
  std::size_t number = 0;  ///< how many there are, as far as they were counted
  bool more = false;       ///< counting ended before the list did
};

/// How much of a list is wanted.
struct Length {
  int counted = 0;
  int rows = 0;
};

/// Where a page of such a list begins.
struct Behind {
  Day due_day;
  ActivityId id;
};

/// Which part of the country or whose work a list is about.
struct Where {
  bool everywhere = false;
  std::vector<activity::PlaceId> regions;
  bool above_regions = false;  ///< national, online and in several places too
  std::vector<OrganisationId> organisations;
};

/// Adds the condition that an activity `a` of an edition is in this part.
void add_where(db::Sql& sql, activity::EditionId edition, Where const& where);

/// How punctually results come in: one region or organisation.
struct Timeliness {
  std::int64_t id = 0;
  std::int64_t due = 0, in_time = 0, late = 0, missing = 0;  ///< due is the sum of the others
};

class Store {
public:
  /// Lists have titles in `language` where there are such, otherwise in the one they were entered in.
  explicit Store(db::Reader& read, std::string_view language = {}) : read_(read), language_(language) {}

  /// Read once, as it was when this store was first asked of the activity.
  Beside const& beside(ActivityId id);
  void know(ActivityId id, Beside const& beside) { beside_.emplace(id, beside); }  ///< need not be read
  Standing work(ActivityId id);                                                    ///< of beside
  std::vector<Line> timeline(ActivityId id);
  std::optional<Paper> paper(ActivityId id);  ///< the order by which it is approved, where that was signed on paper
  ResultWords words(ActivityId id, int result_version);
  std::vector<ResultVersion> results(ActivityId id);
  std::map<std::string, Instant> ticks(ActivityId id);
  /// The latest of a discussion, in the order of writing; those before a remark where `before` is its id.
  std::vector<Remark> remarks(ActivityId id, std::int64_t before, int limit);
  std::vector<PersonId> mentioned(std::int64_t remark);
  std::vector<PersonId> remarkers(ActivityId id);  ///< those who wrote last, fifty at most
  /// The activity a form of this person was stored for; nothing when it was not stored yet.
  std::optional<ActivityId> posted(PersonId person, std::string_view token);

  /// What the rules need to know of an activity.
  Facts facts(Activity const& activity, campaign::Facts const& facts, Day today);
  /// The same of a row of a list; nothing of its latest step.
  Facts facts(Brief const& brief, Day today);
  /// The person as seen from an activity, with everybody he or she stands in for on a day.
  Actor actor(account::Person const& person, Activity const& activity, campaign::Facts const& facts, Day today);
  /// The same for one who looks at many: whom he or she stands in for is not asked again.
  Actor actor(Viewer const& viewer, Activity const& activity, campaign::Facts const& facts);

  /// Whose rights somebody has on a day: nobody's without a second step at signing in.
  std::vector<StandIn> standing_in(PersonId substitute, Day today);
  /// Whether somebody is named to stand in, now or later, and has no second step for it yet.
  bool lacks_second_step(PersonId substitute, Day today);
  std::vector<StandIn> stand_ins_of(PersonId principal);  ///< running and to come

  /// Lists of work, in an edition, in the order of the days results are due on; behind a row where one is given.
  Listed in_states(activity::EditionId edition, Where const& where, std::vector<State> const& states, Length length,
                   std::optional<Behind> const& behind = std::nullopt);
  Listed between(activity::EditionId edition, Where const& where, Day from, Day until, Length length);  ///< approved or held, by day and hour
  /// Where people may come in vain: what was cancelled on these days, and what was moved away from them, by the days on which they would come.
  std::vector<ActivityId> called_off_between(activity::EditionId edition, Where const& where, Day from, Day until, int limit);
  /// Approved or held, their result overdue; without what some organisations hold.
  Listed late(activity::EditionId edition, Where const& where, Day today, Length length, std::vector<OrganisationId> const& without = {});
  Listed to_report(activity::EditionId edition, std::vector<OrganisationId> const& organisations, Day today,
                   Length length);                                                                ///< over, their result missing
  Listed these(std::vector<ActivityId> const& ids, activity::EditionId edition, Length length);   ///< of an edition, without what was put away
  std::vector<Brief> ended_between(activity::EditionId edition, Day from, Day until, int limit);  ///< approved or held, results missing
  std::optional<Day> done_until(std::string_view work);                                           ///< until which day a daily work was done
  /// Proposals that went one level up behind one day and until another, of which nobody was told yet.
  std::vector<ActivityId> escalated(Day behind, Day until, int limit);
  /// What somebody or their organisations plan, latest first, drafts included and without what was put away.
  std::vector<Brief> of_planner(PersonId person, std::vector<OrganisationId> const& organisations, activity::EditionId edition, int limit);
  /// Drafts of organisations, and those that a person entered where one is given, by the day their results would be due.
  Listed drafts(PersonId person, std::vector<OrganisationId> const& organisations, activity::EditionId edition, Length length);
  /// How many results came in time, of those that were due before a day, by region (0: none) and by leading organisation.
  std::vector<Timeliness> timeliness_by_region(activity::EditionId edition, Day today);
  std::vector<Timeliness> timeliness_by_organisation(activity::EditionId edition, Where const& where, Day today);
  /// The same of a few regions and organisations alone, for a page that is opened all day: no lines where so much was held there that counting would
  /// keep the page waiting.
  struct OwnTimeliness {
    std::vector<Timeliness> regions, organisations;
  };
  OwnTimeliness own_timeliness(activity::EditionId edition, std::vector<activity::PlaceId> const& regions,
                               std::vector<OrganisationId> const& organisations, Day today);
  /// What any of some organisations lead or host too.
  std::set<ActivityId> held_by(activity::EditionId edition, std::vector<OrganisationId> const& organisations);
  /// Where those of the results that wait for confirmation stand, in the order of the days they were due on, for which unlikely() has a reason.
  std::vector<Behind> unlikely_results(activity::EditionId edition, Where const& where);
  /// Activities of the same organisation in the two weeks before one to which as many came.
  std::vector<ActivityId> before(Activity const& activity);
  /// The latest activity of a kind that an organisation entered, for the next one's defaults.
  std::optional<ActivityId> latest_of(OrganisationId lead, std::string_view kind);
  /// Other plans that could stand in the way of one, for each of the reasons that clashes() knows: those of its own days before others.
  std::vector<ActivityId> around(Activity const& activity, campaign::Facts const& facts);
  /// What is planned in the same district, or region where it names none, within a week of it, the nearest where there is more than `limit`, by day.
  std::vector<ActivityId> nearby(Activity const& activity, campaign::Facts const& facts, int limit);

  /// Who coordinates a region, asked once for each.
  std::vector<account::Coordinator> const& coordinators(activity::PlaceId region);
  /// Those of them who can act on a day: who do not sign in need somebody who does it in their place.
  std::vector<PersonId> acting_coordinators(activity::PlaceId region, Day today);
  /// Who stands in for any of some people on a day, with a second step.
  std::vector<StandIn> standing_in_for(std::vector<PersonId> const& principals, Day today);
  std::vector<StandIn> running_stand_ins(Day today);  ///< with a second step or without

private:
  void place_facts(Facts& facts, std::optional<activity::PlaceId> region, OrganisationId lead, Day today);

  db::Reader& read_;
  std::string language_;
  std::map<activity::PlaceId, std::vector<account::Coordinator>> coordinators_;
  std::map<ActivityId, Beside> beside_;
};

/// With whose right somebody may enter an activity.
struct RightToPlan {
  bool allowed = false;
  PersonId acting_for;  ///< the principal of an assistant; nobody: the own right
  std::vector<account::Grant> grants;
};
RightToPlan right_to_plan(db::Reader& read, account::Person const& person, Activity const& draft, campaign::Facts const& facts, Day today);
/// Why the right is missing.
Message no_right_to_plan();
/// What is wrong with a changed plan that the person could not enter like that: where another organisation leads it or it is in another region, the
/// right is asked for like that of a new one.
std::optional<Fault> beyond_the_right(db::Reader& read, account::Person const& person, Activity const& next, Activity const& stored,
                                      campaign::Facts const& facts, Day today);
/// Whether a change leads to where another coordinator decides.
bool in_another_region(Activity const& next, Activity const& stored, campaign::Facts const& facts);
/// Whether there is any activity that somebody may enter: who helps with one, or works for no organisation and coordinates nothing, has none.
bool plans_anything(db::Reader& read, account::Person const& person, Day today);

/// Whether somebody may see an activity in the workspace: a draft is known to those who plan it only.
bool may_see(account::Person const& person, Activity const& activity, Actor const& actor);

/// A daily work was done until a day.
void note_done_until(db::Tx& tx, std::string_view work, Day day);

/// Whoever may answer it instead was told.
void note_escalation_told(db::Tx& tx, ActivityId id);

/// An item of a checklist that somebody ticked, or whose tick they took out.
struct TickChange {
  std::string item;
  bool done = false;
};
/// Stores what somebody changed of a checklist; what others ticked meanwhile stays. One entry of the audit log tells of all that is different then.
void change_ticks(db::Tx& tx, Scene const& scene, Activity const& activity, std::vector<TickChange> const& changes);
/// Whether somebody who sees an activity takes part in its discussion.
bool may_discuss(account::Person const& person, Activity const& activity, campaign::Facts const& facts);
/// Sent a second time with the same token, it is written once. Of those mentioned who may not see the activity nobody is. Throws Problem where the
/// person may not see the activity, or not take part, with the roles held at that moment.
void remark(db::Tx& tx, Scene const& scene, Activity const& seen, std::string_view text, std::vector<PersonId> const& mentioned,
            std::string_view token);
/// Takes the text of an own remark away for good; its line stays. Throws Problem where it is another's, or older than remark_time.
void take_back_remark(db::Tx& tx, Scene const& scene, ActivityId id, std::int64_t remark);
inline constexpr std::chrono::minutes remark_time{10};
/// Throws Problem where the period is upside down or the person may not name a deputy. Named twice for the same days - a form that was sent twice -
/// they are one.
void add_stand_in(db::Tx& tx, Scene const& scene, StandIn stand_in);
/// Throws Problem where there is none of the principal, or it ended by that day: when somebody acted in another's place is never rewritten.
void end_stand_in(db::Tx& tx, Scene const& scene, PersonId principal, std::int64_t id, Day last_day);

}  // namespace birge::work
