#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.hpp"

/// Slows down whoever tries too often: each further attempt has to wait longer. What is kept is a keyed hash of whom it concerns, for a day.
namespace birge::account {

/// How many attempts are free, and how the delay grows from there: it doubles from `first` up to `longest`. Attempts are forgotten after `window`
/// without any.
struct Pace {
  int free = 5;
  std::chrono::milliseconds first{std::chrono::seconds(15)};
  std::chrono::milliseconds longest{std::chrono::hours(1)};
  std::chrono::milliseconds window{std::chrono::hours(24)};
};

inline constexpr Pace pace_of_account{5, std::chrono::seconds(15), std::chrono::hours(1), std::chrono::hours(24)};
/// Many people share an address (a village's mobile network), so more is free and the delay stays short.
inline constexpr Pace pace_of_address{30, std::chrono::seconds(5), std::chrono::minutes(2), std::chrono::hours(2)};
/// Of what somebody signed in makes for others, such as invitations: a day's work of a coordinator is free.
inline constexpr Pace pace_of_work{60, std::chrono::seconds(20), std::chrono::minutes(10), std::chrono::hours(1)};
/// Of public forms, by address.
inline constexpr Pace pace_of_form{5, std::chrono::minutes(1), std::chrono::hours(1), std::chrono::hours(12)};

struct Subject {
  std::string text;  ///< "sign-in +996700123456"; only its hash is kept
  Pace pace;
};

/// Where the request comes from, for a subject: of IPv6 the network of 64 bits.
std::string network_of(std::string_view peer);

/// Counts an attempt for each subject, before it is known whether it is right, so that many at once help nobody. Throws Problem(too_many) saying how
/// long to wait, and counts nothing, where one of them has to wait. `also` is stored in the same change as the count: then neither the time that the
/// answer takes nor a full queue tells whether there was something to store.
void attempt(Request& request, std::vector<Subject> const& subjects, std::function<void(db::Tx&)> const& also = {});

/// Forgets the attempts of a subject: it turned out to be right.
void forget_attempts(Request& request, std::string_view subject);

/// Counts one use of a public form from the request's network.
void count_form(Request& request, std::string_view form, Pace const& pace = pace_of_form);

}  // namespace birge::account
