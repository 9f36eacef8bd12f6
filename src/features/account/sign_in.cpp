#include "features/account/sign_in.hpp"

#include <array>
#include <utility>

#include "features/account/account_secrets.hpp"
#include "features/account/password.hpp"
#include "features/account/record.hpp"
#include "features/account/second_factor.hpp"
#include "features/account/secret_key.hpp"
#include "features/account/session.hpp"
#include "features/account/throttle.hpp"
#include "platform/base/text.hpp"

namespace birge::account {

namespace {

std::string subject_of(std::string_view login) { return "sign-in " + std::string(login); }

Person as_person(db::Reader& read, PersonId id) {
  Store store(read);
  return store.as_person(store.find(id).value());
}

/// Starts a session in place of the one the request carries.
Entrance start(Request& request, PersonId person, Stage stage) {
  auto const secret = new_secret();
  auto const device = device_of(request.message);
  auto const old = session_of(request);
  auto const replaces = old ? std::optional(old->person.session) : std::nullopt;
  request.write([&](db::Tx& tx) {
    start_session(tx, request.services.ids, {person, stage, secret_hash(secret), device}, replaces, request.now);
    if (stage == Stage::full) note(tx, acting(as_person(tx, person)), "signed_in", person, request.now);
  });
  return {secret, stage};
}

std::vector<std::string> paper_codes(int count) {
  std::vector<std::string> codes;
  for (int i = 0; i < count; ++i) codes.push_back(new_paper_code());
  return codes;
}

std::vector<std::string> hashes(PersonId person, std::vector<std::string> const& codes) {
  std::vector<std::string> list;
  for (auto const& code : codes) list.push_back(paper_code_hash(person, code));
  return list;
}

SetUp store_factor(Request& request, Session const& session, Factor const& factor, std::vector<std::string> card) {
  auto const person = session.person.id;
  auto recovery = paper_codes(recovery_codes);
  auto const card_hashes = hashes(person, card), recovery_hashes = hashes(person, recovery);
  auto const secret = new_secret();
  request.write([&](db::Tx& tx) {
    set_factor(tx, person, factor, card_hashes, recovery_hashes, request.now);
    // Whoever else is signed in with this account never showed the second factor.
    end_sessions(tx, person);
    note(tx, acting(session.person), "second_step_set", person, request.now);
    start_session(tx, request.services.ids, {person, Stage::full, secret_hash(secret), session.device}, std::nullopt, request.now);
  });
  return {{secret, Stage::full}, std::move(card), std::move(recovery)};
}

}  // namespace

std::optional<std::string> app_secret(Request& request, PersonId person, Factor const& factor) {
  return factor.kind == "totp" ? opened_secret(request.services.config, person, factor.secret) : std::nullopt;
}

Stage stage_after_password(std::vector<Grant> const& grants, bool has_factor) {
  if (has_factor) return Stage::factor;
  return needs_second_factor(grants) ? Stage::setup : Stage::full;
}

std::optional<Entrance> sign_in(Request& request, std::string_view login, std::string_view password) {
  auto const name = login_of(login);
  auto const subject = subject_of(name ? name->text : clean_line(login));
  // Counted before anything is looked up: an unknown name is slowed down and takes as long as a known one.
  attempt(request, {{subject, pace_of_account}, {"sign-in from " + network_of(request.message.peer), pace_of_address}});
  Store store(request.read());
  auto const id = name ? store.by_login(name->text) : std::nullopt;
  auto const account = id ? store.find(*id) : std::nullopt;
  auto const hash = account && account->state == "active" ? store.password_hash(*id) : std::string();
  if (!password_fits(hash, password_text(password))) return {};
  forget_attempts(request, subject);
  return enter_with_password(request, *id);
}

Entrance enter_with_password(Request& request, PersonId person) {
  Store store(request.read());
  auto const stage = stage_after_password(store.grants(person), store.factor(person).has_value());
  return start(request, person, stage);
}

std::optional<Entrance> confirm_code(Request& request, Session const& session, std::string_view typed) {
  auto const person = session.person.id;
  auto const subject = "code " + id_text(person);
  attempt(request, {{subject, pace_of_account}});
  Store store(request.read());
  auto const factor = store.factor(person);
  if (!factor) return {};
  auto const secret = app_secret(request, person, *factor);
  auto const step = secret ? totp_step(*secret, typed, request.now, factor->last_step) : std::nullopt;
  auto const position = factor->kind == "card" ? store.next_code(person) : std::nullopt;
  auto const hash = paper_code_hash(person, typed);
  // The writer decides, so that of two requests with one code only the first gets in.
  bool const right = request.write([&](db::Tx& tx) {
    if (step && use_step(tx, person, *step)) return true;
    if (position && use_code(tx, person, hash, position, request.now)) return true;
    return use_code(tx, person, hash, std::nullopt, request.now);
  });
  if (!right) return {};
  forget_attempts(request, subject);
  return start(request, person, Stage::full);
}

std::optional<SetUp> set_up_app(Request& request, Session const& session, std::string_view secret, std::string_view typed) {
  auto const step = is_totp_secret(secret) ? totp_step(secret, typed, request.now, 0) : std::nullopt;
  if (!step) return {};
  auto const key = secret_key(request.services.config);
  return store_factor(request, session, {"totp", sealed_secret(key, session.person.id, secret), *step}, {});
}

SetUp set_up_card(Request& request, Session const& session) { return store_factor(request, session, {"card", "", 0}, paper_codes(card_size)); }

bool confirm_password(Request& request, PersonId person, std::string_view typed) {
  auto const subject = "password " + id_text(person);
  attempt(request, {{subject, pace_of_account}});
  if (!password_fits(Store(request.read()).password_hash(person), password_text(typed))) return false;
  forget_attempts(request, subject);
  return true;
}

Entrance renew(Request& request, Session const& session) {
  auto const secret = new_secret();
  request.write([&](db::Tx& tx) {
    end_sessions(tx, session.person.id);
    start_session(tx, request.services.ids, {session.person.id, session.stage, secret_hash(secret), session.device}, std::nullopt, request.now);
  });
  return {secret, session.stage};
}

std::string device_of(http::Message const& message) {
  auto const agent = message.header("user-agent");
  using Sign = std::pair<std::string_view, std::string_view>;  // what the header holds, what it means; the first that fits
  constexpr std::array<Sign, 7> browsers{{{"YaBrowser", "Yandex"},
                                          {"Edg", "Edge"},
                                          {"OPR", "Opera"},
                                          {"SamsungBrowser", "Samsung"},
                                          {"Firefox", "Firefox"},
                                          {"Chrom", "Chrome"},
                                          {"Safari", "Safari"}}};
  constexpr std::array<Sign, 6> systems{
      {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}}};
  auto const find = [&](auto const& signs) {
    for (auto const& [sign, name] : signs)
      if (agent.find(sign) != std::string_view::npos) return name;
    return std::string_view();
  };
  auto const browser = find(browsers), system = find(systems);
  if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
  return std::string(browser) + ", " + std::string(system);
}

}  // namespace birge::account
