#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "features/account/account_secrets.hpp"
#include "features/account/account_store.hpp"
#include "features/account/throttle.hpp"

namespace birge::account {

namespace {

using std::chrono::milliseconds;

struct Row {
  std::int64_t failures;
  Instant latest, free_at;
};

milliseconds delay(Pace const& pace, std::int64_t failures) {
  if (failures <= pace.free) return milliseconds(0);
  auto const doublings = std::min<std::int64_t>(failures - pace.free - 1, 20);
  return std::min(pace.first * (std::int64_t{1} << doublings), pace.longest);
}

[[noreturn]] void wait(Request& request, milliseconds left) {
  request.retry_after = std::chrono::ceil<std::chrono::seconds>(left);
  auto const minutes = (request.retry_after.count() + 59) / 60;
  throw Problem(Failure::too_many, minutes > 1 ? message("There were too many attempts. Try again in {} minutes.", minutes)
                                               : message("There were too many attempts. Try again in a minute."));
}

}  // namespace

std::string network_of(std::string_view peer) {
  std::array<unsigned char, 16> bytes{};
  std::string text(peer);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  // An IPv4 address in IPv6's clothes is one reader, as it is without them.
  bool const mapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) && bytes[10] == 0xff && bytes[11] == 0xff;
  if (!mapped) std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> out{};
  inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  return out.data();
}

void attempt(Request& request, std::vector<Subject> const& subjects, std::function<void(db::Tx&)> const& also) {
  auto const secret = Store(request.read()).secret();
  std::vector<std::pair<std::string, Pace>> keys;
  for (auto const& subject : subjects) keys.emplace_back(signature(secret, "throttle", subject.text), subject.pace);
  auto const now = request.now;
  request.write([&](db::Tx& tx) {
    std::vector<Row> rows;
    for (auto const& [key, pace] : keys) {
      auto row = tx.maybe<Row>("select failures, latest, free_at from throttle where subject = $1", key).value_or(Row{0, now, now});
      // With a clock that was set back the moment lies ahead: whoever had to wait goes on waiting, but no longer than the longest delay.
      if (row.free_at > row.latest && row.free_at > now) wait(request, std::min(milliseconds(row.free_at - now), pace.longest));
      if (now - row.latest > pace.window) row.failures = 0;
      rows.push_back(row);
    }
    // After the last refusal: what changes nothing troubles no other write.
    tx.run("delete from throttle where latest < $1", now - std::chrono::hours(24));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      auto const failures = rows[i].failures + 1;
      tx.run(R"(insert into throttle (subject, failures, latest, free_at) values ($1, $2, $3, $4)
                on conflict (subject) do update set failures = excluded.failures, latest = excluded.latest, free_at = excluded.free_at)",
             keys[i].first, failures, now, now + delay(keys[i].second, failures));
    }
    if (also) also(tx);
  });
}

void forget_attempts(Request& request, std::string_view subject) {
  auto const key = signature(Store(request.read()).secret(), "throttle", subject);
  request.write([&](db::Tx& tx) { tx.run("delete from throttle where subject = $1", key); });
}

void count_form(Request& request, std::string_view form, Pace const& pace) {
  attempt(request, {{"form " + std::string(form) + " " + network_of(request.message.peer), pace}});
}

}  // namespace birge::account
