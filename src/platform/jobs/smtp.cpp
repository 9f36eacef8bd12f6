#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::jobs {

namespace {

struct CloseCurl {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t read_message(char* buffer, std::size_t size, std::size_t count, void* left) {
  auto& rest = *static_cast<std::string_view*>(left);
  auto const taken = std::min(size * count, rest.size());
  std::copy_n(rest.data(), taken, buffer);
  rest.remove_prefix(taken);
  return taken;
}

/// name@host out of "Name <name@host>".
std::string bare_address(std::string_view from) {
  auto const open = from.rfind('<');
  if (open == std::string_view::npos) return std::string(trim(from));
  auto const inside = from.substr(open + 1);
  return std::string(inside.substr(0, inside.find('>')));
}

bool on_this_machine(std::string_view address) {
  auto const scheme = address.find("://");
  auto host = scheme == std::string_view::npos ? address : address.substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  if (!host.ends_with(']')) host = host.substr(0, host.rfind(':'));
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

void set_up(CURL* handle, Relay const& relay) {
  curl_easy_setopt(handle, CURLOPT_URL, relay.address.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // the environment of the service does not decide where letters go
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 20L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 60L);
  bool const secret = !relay.password.empty() && !on_this_machine(relay.address);
  curl_easy_setopt(handle, CURLOPT_USE_SSL, secret ? CURLUSESSL_ALL : CURLUSESSL_TRY);
  if (relay.user.empty()) return;
  curl_easy_setopt(handle, CURLOPT_USERNAME, relay.user.c_str());
  curl_easy_setopt(handle, CURLOPT_PASSWORD, relay.password.c_str());
}

}  // namespace

bool valid_address(std::string_view address) {
  constexpr std::size_t longest = 254, longest_name = 64;
  auto const at = address.find('@');
  if (at == 0 || at == std::string_view::npos || at > longest_name || address.size() > longest) return false;
  auto const host = address.substr(at + 1);
  if (host.empty() || host.find('@') != std::string_view::npos || host.front() == '.' || host.back() == '.') return false;
  bool const host_fits = std::ranges::all_of(
      host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
  return host_fits && std::ranges::all_of(
                          address, [](char c) { return c > ' ' && c <= '~' && std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos; });
}

std::optional<Relay> relay(Config const& config) {
  Relay relay{config.text("smtp_address"), config.text("smtp_user"), config.text("smtp_password"), config.text("mail_from")};
  if (relay.address.empty()) return {};
  return relay;
}

void send(Relay const& relay, std::string const& to, std::string const& message) {
  static CURLcode const started = curl_global_init(CURL_GLOBAL_DEFAULT);
  std::unique_ptr<CURL, CloseCurl> const handle(started == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) throw std::runtime_error("libcurl cannot be used");
  set_up(handle.get(), relay);
  auto const from = "<" + bare_address(relay.from) + ">";
  auto const recipient = "<" + to + ">";
  std::unique_ptr<curl_slist, FreeList> const recipients(curl_slist_append(nullptr, recipient.c_str()));
  std::string_view rest = message;
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, &read_message);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &rest);
  auto const result = curl_easy_perform(handle.get());
  if (result == CURLE_OK) return;
  long code = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &code);
  // The relay's own words may quote the address, so only its code is told.
  auto const why = "the relay did not take a mail: " + std::string(curl_easy_strerror(result)) + (code == 0 ? "" : ", code " + std::to_string(code));
  if (result != CURLE_LOGIN_DENIED && code >= 550 && code <= 559) throw Hopeless(why);
  throw std::runtime_error(why);
}

}  // namespace birge::jobs
