#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/config.hpp"
#include "platform/jobs/jobs.hpp"

/// E-mail through a relay: written into the outbox together with the change that causes it, sent by a worker, then forgotten.
namespace birge::jobs {

struct Mail {
  std::string to;                                              ///< one address; see valid_address
  std::string subject;                                         ///< one line, any language
  std::string text;                                            ///< plain text, lines ended by \n
  std::vector<std::pair<std::string, std::string>> headers{};  ///< further ones, such as List-Unsubscribe; ASCII
  std::optional<Instant> useful_until{};                       ///< not sent later than that; three days when not given
};

/// Whether a mail can be addressed to it: ASCII, one @, no space, at most 254 characters (RFC 5321).
bool valid_address(std::string_view address);

/// Puts a mail into the outbox; the id of its job. Throws std::invalid_argument for an address that is none, or a line break where none may be.
std::int64_t mail(db::Tx& tx, IdMaker& ids, Mail const& mail, Instant now);

/// The relay of the settings smtp_address, smtp_user, smtp_password and mail_from.
struct Relay {
  std::string address;  ///< smtp://host:port, or smtps://host:port for TLS from the start
  std::string user, password;
  std::string from;  ///< name@host, or Name <name@host>
};
/// Nothing when no relay is set: then mails wait in the outbox, and who needs an answer at once must find another way.
std::optional<Relay> relay(Config const& config);

/// A whole message (RFC 5322, MIME): UTF-8 as quoted-printable, the subject as RFC 2047 says where it is not ASCII.
std::string mime(Mail const& mail, std::string_view from, std::string_view message_id, Instant date);

/// Hands a message to a relay. Over smtp:// it uses TLS where the relay offers it, and insists on it where a password is sent to another machine.
/// Throws Hopeless when the relay refuses the message for good (a code from 550 to 559), std::runtime_error otherwise.
void send(Relay const& relay, std::string const& to, std::string const& message);

/// Takes mails out of the outbox that nobody wants any more, sent or not; how many.
std::int64_t forget_useless_mail(db::Tx& tx, Instant now);

/// Takes the mails to one address out of the outbox, sent or not: whoever read them there is gone, and so is the address.
void forget_mail_to(db::Tx& tx, std::string_view address);

/// The kind of job that sends what mail() put into the outbox.
Kind mail_kind(db::Database& database, Clock const& clock, Relay relay);

}  // namespace birge::jobs
