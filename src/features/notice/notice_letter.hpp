#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/notice/notice.hpp"
#include "platform/http/request.hpp"

/// How letters about notices come, and the link in each of them that stops them.
namespace birge::notice {

/// The kind of job that makes one letter for one person; its payload says whose and of which rhythm.
inline constexpr std::string_view letter_kind = "notice_letter";
std::string letter_payload(PersonId person, Rhythm rhythm);
std::optional<std::pair<PersonId, Rhythm>> letter_of(std::string_view payload);

struct Setting {
  Rhythm waits = Rhythm::daily, mine = Rhythm::daily, talk = Rhythm::daily;
  Rhythm of(Part part) const;
  bool operator==(Setting const&) const = default;
};
Setting setting(db::Reader& read, PersonId person);  ///< what everybody begins with where nothing was chosen
void save_setting(db::Tx& tx, PersonId person, Setting const& setting, Instant now);
void forget_setting(db::Tx& tx, PersonId person);
/// Those among some who want letters about a part at once. Asked once for all writes of a commit: few are.
std::vector<PersonId> wanting_at_once(db::Tx& tx, Part part, std::vector<PersonId> const& people);

/// Where a letter can go to.
struct Reader {
  PersonId person;
  std::string email;
  Language language = Language::ky;
  Setting setting;
};
/// Everybody with an account in use and an e-mail address, once each.
std::vector<Reader> readers(db::Reader& read);
std::optional<Reader> reader(db::Reader& read, PersonId person);

/// What came for somebody in parts of this rhythm and was neither read nor in a letter yet, the oldest first.
std::vector<Notice> unsent(db::Reader& read, Reader const& reader, Rhythm rhythm, int limit);
/// Marks it as sent. Throws std::runtime_error where another letter had one of them meanwhile: then this one must not go.
void mark_sent(db::Tx& tx, std::vector<Notice> const& notices, Instant now);
/// Notes that a period's letter was made; false where it, or a later one, was made already. `farthest`: a period later than this comes from a clock
/// that was wrong, and counts for nothing.
bool begin_period(db::Tx& tx, PersonId person, Rhythm rhythm, Day period, Day farthest);

/// The full address that stops somebody's letters: good for ever, known to nobody but who has one of them.
std::string stop_address(Services const& services, db::Reader& read, Language language, PersonId person);
/// Whose letters the last part of such an address stops; nothing where it is not one of ours.
std::optional<PersonId> stops_whom(db::Reader& read, std::string_view token);
/// The headers by which mail programs stop letters with one click (RFC 8058), for that address.
std::vector<std::pair<std::string, std::string>> stop_headers(std::string_view address);

/// The private calendar of a person.
void save_calendar(db::Tx& tx, PersonId person, std::string_view token_hash, Instant now);
void end_calendar(db::Tx& tx, PersonId person);
std::optional<Instant> calendar_since(db::Reader& read, PersonId person);
/// Whose it is, as long as the account is in use.
std::optional<PersonId> calendar_of(db::Reader& read, std::string_view token_hash);

}  // namespace birge::notice
