#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/account/account_change.hpp"
#include "platform/http/request.hpp"

/// Signing in, step by step. Every step ends the session it came from and starts another, so that a token from before is never one afterwards.
namespace birge::account {

/// A session that was just started: its secret goes into the cookie and nowhere else.
struct Entrance {
  std::string secret;
  Stage stage = Stage::full;
};

/// Sign-in name and password. Nothing when they do not fit, whatever the reason; Problem(too_many) where one has to wait.
std::optional<Entrance> sign_in(Request& request, std::string_view login, std::string_view password);

/// The code of the second factor, or a recovery code, in a session of stage `factor`. Nothing when it is wrong.
std::optional<Entrance> confirm_code(Request& request, Session const& session, std::string_view typed);

/// Paper codes as they are shown once, and the session that replaces the one in which the second factor was set up.
struct SetUp {
  Entrance entrance;
  std::vector<std::string> card, recovery;
};
/// Sets up an authenticator app; nothing when the code does not fit the secret.
std::optional<SetUp> set_up_app(Request& request, Session const& session, std::string_view secret, std::string_view typed);
/// Sets up a card with numbered codes.
SetUp set_up_card(Request& request, Session const& session);

/// The secret of an app, where somebody has one and this installation still has the key to it; otherwise it must be set up anew.
std::optional<std::string> app_secret(Request& request, PersonId person, Factor const& factor);

/// What has to come after the password for somebody with these roles and this factor.
Stage stage_after_password(std::vector<Grant> const& grants, bool has_factor);

/// Starts a session for somebody whose password is known to be right, in place of the one the request carries.
Entrance enter_with_password(Request& request, PersonId person);

/// Whether somebody who is signed in typed their own password; wrong ones are counted.
bool confirm_password(Request& request, PersonId person, std::string_view typed);

/// Starts a session with the same stage under a new secret and ends all others: after a change of password.
Entrance renew(Request& request, Session const& session);

/// "Firefox, Android": what a browser tells of itself, to recognise a session by.
std::string device_of(http::Message const& message);

inline constexpr int card_size = 40;
inline constexpr int recovery_codes = 8;

}  // namespace birge::account
