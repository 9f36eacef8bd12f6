#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "features/account/account_store.hpp"
#include "platform/http/request.hpp"

/// From the cookie to the person, and what makes a form believed. Used by app/endpoint and the frame of the pages.
namespace birge::account {

inline constexpr std::string_view cookie_name = "__Host-birge";

/// Makes what an installation needs before anybody can sign in. Safe to call again.
void prepare(db::Database& database, Instant now);

/// The value of our cookie; empty where the request carries none.
std::string_view cookie_value(http::Message const& message);
/// The Set-Cookie header that carries a session, or takes it away where `secret` is empty.
std::string cookie_header(std::string_view secret);

/// The session a request carries, whatever its stage; nothing where it is over or was never there.
std::optional<Session> session_of(Request& request);

/// Puts principal and form token of a session into the request; a session that is not full gives a token only.
void enter(Request& request, Session const& session);

/// Notes now and then that a session is in use.
void note_use(Request& request, Session const& session);
void see(db::Tx& tx, SessionId session, Instant now);

/// What a form for `action` (a path with or without its language) must carry: the session's token, or where nobody is signed in a signature of
/// path and time.
std::string form_token(Request& request, std::string_view action);

/// A signature of this installation; `purpose` keeps one for one thing from being good for another.
std::string signed_by_us(db::Reader& read, std::string_view purpose, std::string_view text);

/// How the token of a form that came back stands.
enum class FormTrust {
  good,
  stale,    ///< surely sent from this site, but too old or of another session: what was typed may be shown again and sent anew
  foreign,  ///< sent from somewhere else, or nobody knows from where
};
/// Of the field form_token, or for a script the header X-Form-Token.
FormTrust trust(Request& request);

/// A clock that was set back must open nothing again: the later of the two moments, unless they lie so far apart that the earlier clock was wrong.
Instant not_before(Instant latest, Instant now);

/// An own path to go on to after signing in; the start of the workspace for anything else.
Url next_path(Say const& say, std::string_view wanted);

}  // namespace birge::account
