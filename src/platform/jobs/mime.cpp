#include <fmt/chrono.h>

#include <algorithm>

#include "platform/base/encoding.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::jobs {

namespace {

bool ascii_line(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// RFC 2047: encoded words of at most 75 characters, none of which cuts a character; a line each.
std::string header_text(std::string_view text) {
  constexpr std::size_t longest_plain = 60;
  if (ascii_line(text) && text.size() <= longest_plain && text.find("=?") == std::string_view::npos) return std::string(text);
  constexpr std::size_t bytes_a_word = 45;
  std::string words;
  while (!text.empty()) {
    auto size = std::min(bytes_a_word, text.size());
    while (size > 1 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    words += (words.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return words;
}

/// RFC 2045, 6.7: lines of at most 76 characters.
class QuotedPrintable {
public:
  void add(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto const c = text[i];
      if (c == '\r') continue;
      if (c == '\n') {
        end_line();
        continue;
      }
      bool const last_of_line = i + 1 == text.size() || text[i + 1] == '\n';
      bool const plain = (c >= '!' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !last_of_line);
      put(plain ? std::string(1, c) : escaped(c));
    }
  }
  std::string done() {
    if (column_ > 0) end_line();
    return std::move(out_);
  }

private:
  static std::string escaped(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto const byte = static_cast<unsigned char>(c);
    return {'=', digits[byte >> 4], digits[byte & 15]};
  }
  void put(std::string const& piece) {
    constexpr std::size_t longest = 76;
    if (column_ + piece.size() > longest - 1) {  // one place stays for the = that says the line goes on
      out_ += "=\r\n";
      column_ = 0;
    }
    out_ += piece;
    column_ += piece.size();
  }
  void end_line() {
    out_ += "\r\n";
    column_ = 0;
  }
  std::string out_;
  std::size_t column_ = 0;
};

/// RFC 5322, 3.3, always in UTC; the names of days and months are English whatever the language.
std::string date_text(Instant date) { return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(std::chrono::system_clock::to_time_t(date))); }

/// Name <address> with the name encoded where it must be.
std::string mailbox(std::string_view from) {
  auto const open = from.rfind('<');
  if (open == std::string_view::npos) return std::string(from);
  auto name = from.substr(0, open);
  while (name.ends_with(' ')) name.remove_suffix(1);
  return header_text(name) + " " + std::string(from.substr(open));
}

}  // namespace

std::string mime(Mail const& mail, std::string_view from, std::string_view message_id, Instant date) {
  std::string text;
  auto const header = [&](std::string_view name, std::string_view value) { text.append(name).append(": ").append(value).append("\r\n"); };
  header("Date", date_text(date));
  header("From", mailbox(from));
  header("To", mail.to);
  header("Subject", header_text(mail.subject));
  header("Message-ID", "<" + std::string(message_id) + ">");
  header("Auto-Submitted", "auto-generated");  // RFC 3834: no holiday answers, please
  for (auto const& [name, value] : mail.headers) header(name, value);
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", "quoted-printable");
  text += "\r\n";
  QuotedPrintable body;
  body.add(mail.text);
  return text + body.done();
}

}  // namespace birge::jobs
