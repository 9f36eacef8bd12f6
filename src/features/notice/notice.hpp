#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account.hpp"
#include "platform/db/db.hpp"

/// What people are told of what others did. A notice is written in the transaction of the act, holds ids and codes only, and goes with the account.
/// Which notices somebody may still see is decided where they are shown, because access may have ended since.
namespace birge::notice {

using account::PersonId;

/// Groups for which everybody chooses whether and when letters come.
enum class Part {
  waits,  ///< it waits for me
  mine,   ///< my activities, my account
  talk,   ///< discussions and mentions
};
inline constexpr std::array parts{Part::waits, Part::mine, Part::talk};
std::string_view code(Part part);
Message name(Part part);

/// When letters come.
enum class Rhythm { now, daily, weekly, none };
inline constexpr std::array rhythms{Rhythm::now, Rhythm::daily, Rhythm::weekly, Rhythm::none};
std::string_view code(Rhythm rhythm);
std::optional<Rhythm> rhythm_of(std::string_view code);
Message name(Rhythm rhythm);

enum class Event {
  proposed,   ///< a proposal waits for an answer
  escalated,  ///< a proposal waited too long for somebody else's answer
  reported,   ///< a result waits for a confirmation
  joining,    ///< an organisation asks to join
  missing,    ///< a result is missing
  approved,
  returned,  ///< a proposal came back with a reason
  confirmed,
  result_returned,
  changed,  ///< what an approved plan says
  moved,
  cancelled,
  corrected,
  undone,  ///< somebody took a step back
  factor_removed,
  role_ended,
  remarked,
  mentioned,
};
inline constexpr std::array events{Event::proposed,  Event::escalated, Event::reported,        Event::joining,    Event::missing,  Event::approved,
                                   Event::returned,  Event::confirmed, Event::result_returned, Event::changed,    Event::moved,    Event::cancelled,
                                   Event::corrected, Event::undone,    Event::factor_removed,  Event::role_ended, Event::remarked, Event::mentioned};
std::string_view code(Event event);
std::optional<Event> event_of(std::string_view code);
Part part_of(Event event);
/// One sentence without names: "Approved".
Message what(Event event);
/// The same of several at once, for the number that fills it: "{} activities were approved".
std::string what_of_many(Say const& say, Event event, std::int64_t count);

/// What there is to tell.
struct News {
  Event event = Event::approved;
  PersonId actor{};           ///< who did it; nobody: the program
  PersonId acting_for{};      ///< in whose place; told nothing either
  std::int64_t activity = 0;  ///< 0: it is about none
  int version = 0;            ///< of the activity, after the step
  std::int64_t subject = 0;   ///< a remark, a joining request, an activity that is told of by itself
  std::string detail = {};    ///< a code
};

/// No act is told to more people than that.
inline constexpr std::size_t told_at_most = 200;

/// Tells people with an account in use, each once and never whoever did it. Of several acts of one kind at the same moment, as when many results are
/// confirmed together, each person gets one line with their number. Letters to those who want them at once are put into the queue.
void tell(db::Tx& tx, IdMaker& ids, News const& news, std::vector<PersonId> const& people, Instant now);

/// What waited at an activity waits no more: unread notices of that kind go. To be called with every step, before new ones are told.
void settle(db::Tx& tx, std::int64_t activity);
/// A step was taken back: unread notices of it go.
void forget_step(db::Tx& tx, std::int64_t activity, int version);
/// A remark was taken back: every notice of it goes.
void forget_remark(db::Tx& tx, std::int64_t remark);
/// Takes away everything of this folder that belongs to somebody who leaves.
void forget_person(db::Tx& tx, PersonId person);
/// Takes away what is older than half a year.
std::int64_t forget_old(db::Tx& tx, Instant now);

/// A notice as it is kept.
struct Notice {
  std::int64_t id = 0;
  Instant at{};
  std::string event, part;
  PersonId actor;
  std::int64_t activity = 0, subject = 0;
  std::string detail;
  std::int64_t count = 1;
  std::optional<Instant> seen;
};

/// The most that is counted: beyond it stands "99+".
inline constexpr int counted_at_most = 100;
/// How many are unread, `counted_at_most` at most: one look into an index, so that every page can show it.
int unread(db::Reader& read, PersonId person);
/// The latest first, older than `before` (an id; 0: from the latest on).
std::vector<Notice> list(db::Reader& read, PersonId person, std::int64_t before, int limit);
std::optional<Notice> find(db::Reader& read, PersonId person, std::int64_t id);
void mark_seen(db::Tx& tx, PersonId person, std::int64_t id, Instant now);
/// All up to an id, so that what came while somebody read stays unread.
void mark_all_seen(db::Tx& tx, PersonId person, std::int64_t until, Instant now);
/// Those about one activity: its page was opened.
void mark_activity_seen(db::Tx& tx, PersonId person, std::int64_t activity, Instant now);
bool has_unseen(db::Reader& read, PersonId person, std::int64_t activity);

}  // namespace birge::notice
