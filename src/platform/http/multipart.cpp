#include <algorithm>
#include <optional>

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/http/server.hpp"

namespace birge::http {
namespace {

constexpr std::ptrdiff_t most_parts = 200;
constexpr std::size_t most_part_header_bytes = 4096;
constexpr std::size_t longest_file_name = 120;  // characters

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same_word(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

[[noreturn]] void refuse(char const* why) {
  throw Problem(Failure::bad_input, birge::message("The form could not be read. Please go back and try again."), std::string("form: ") + why);
}

struct Part {
  std::string name;
  std::optional<std::string> file_name;
  std::string content_type;
};

/// Takes the next `; name=value` off a header value; false at its end.
bool take_parameter(std::string_view& rest, std::string_view& name, std::string& value) {
  auto const start = rest.find_first_not_of("; \t");
  if (start == std::string_view::npos) return false;
  rest.remove_prefix(start);
  auto const equals = rest.find('=');
  if (equals == std::string_view::npos) return false;
  name = trim(rest.substr(0, equals));
  rest.remove_prefix(equals + 1);
  value.clear();
  if (!rest.starts_with('"')) {
    auto const end = std::min(rest.find(';'), rest.size());
    value = trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return true;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    // Browsers write %22 for a quote, other programs \" ; any other backslash is part of a Windows path.
    if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
    value += rest[i];
  }
  if (i >= rest.size()) refuse("a quoted parameter does not end");
  rest.remove_prefix(i + 1);
  return true;
}

/// Undoes the three sequences of the HTML standard's multipart encoding; any other % is itself.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const code = text.substr(i, 3);
    bool const quote = code == "%22";
    if (quote || code == "%0D" || code == "%0A") {
      out += quote ? '"' : ' ';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string cleaned_file_name(std::string_view claimed) {
  auto const name = claimed.substr(claimed.find_last_of("/\\") + 1);  // npos + 1 is the whole
  auto cleaned = clean_line(unescaped(name));
  std::erase_if(cleaned, [](char c) { return c == '/' || c == '\\' || c == '\0'; });
  auto const first = cleaned.find_first_not_of(". ");
  cleaned.erase(0, std::min(first, cleaned.size()));
  while (length(cleaned) > longest_file_name) {
    // The ending says what the file is, so the cut is in front of it.
    auto const dot = cleaned.rfind('.');
    bool const has_ending = dot != std::string::npos && cleaned.size() - dot <= 10;
    auto const ending = has_ending ? cleaned.substr(dot) : std::string();
    auto const stem = shortened(std::string_view(cleaned).substr(0, cleaned.size() - ending.size()), longest_file_name - 12);
    if (stem.size() + ending.size() >= cleaned.size()) return "file" + ending;
    cleaned = stem + ending;
  }
  return cleaned.empty() ? "file" : cleaned;
}

std::string text_of(std::string_view bytes, char const* what) {
  if (!valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos) refuse(what);
  return std::string(bytes);
}

Part read_part_headers(std::string_view block) {
  Part part;
  bool described = false;
  while (!block.empty()) {
    auto const end = std::min(block.find("\r\n"), block.size());
    auto const line = block.substr(0, end);
    block.remove_prefix(std::min(end + 2, block.size()));
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) refuse("a part's header has no colon");
    auto const name = trim(line.substr(0, colon));
    auto value = trim(line.substr(colon + 1));
    if (same_word(name, "content-type")) part.content_type = text_of(value, "a content type is not UTF-8");
    if (!same_word(name, "content-disposition")) continue;
    auto const semicolon = std::min(value.find(';'), value.size());
    if (!same_word(trim(value.substr(0, semicolon)), "form-data")) refuse("a part is not form-data");
    value.remove_prefix(semicolon);
    std::string_view key;
    for (std::string text; take_parameter(value, key, text);) {
      if (same_word(key, "name")) part.name = unescaped(text_of(text, "a name is not UTF-8")), described = true;
      if (same_word(key, "filename")) part.file_name = text_of(text, "a file name is not UTF-8");
    }
  }
  if (!described) refuse("a part has no name");
  return part;
}

std::string boundary_of(std::string_view content_type) {
  auto rest = content_type.substr(std::min(content_type.find(';'), content_type.size()));
  std::string_view key;
  for (std::string value; take_parameter(rest, key, value);)
    if (same_word(key, "boundary")) {
      if (value.empty() || value.size() > 70) break;
      return value;
    }
  refuse("multipart without a boundary");
}

void keep(Part part, std::string_view content, std::vector<std::pair<std::string, std::string>>& fields, std::vector<File>& files) {
  if (!part.file_name) {
    fields.emplace_back(std::move(part.name), text_of(content, "a value is not UTF-8"));
    return;
  }
  // A file field left empty is sent as a nameless empty file.
  if (part.file_name->empty() && content.empty()) return;
  files.push_back({std::move(part.name), cleaned_file_name(*part.file_name), std::move(part.content_type), std::string(content)});
}

/// RFC 7578 and 2046: --boundary CRLF headers CRLF CRLF content CRLF --boundary ... --boundary-- .
void read_multipart(std::string_view body, std::string const& boundary, std::vector<std::pair<std::string, std::string>>& fields,
                    std::vector<File>& files) {
  std::string const delimiter = "\r\n--" + boundary;
  if (!body.starts_with(std::string_view(delimiter).substr(2))) refuse("the body does not begin with the boundary");
  body.remove_prefix(delimiter.size() - 2);
  for (std::size_t parts = 0; !body.starts_with("--"); ++parts) {
    if (parts == most_parts) throw Problem(Failure::too_large, birge::message("The form has too many fields."));
    auto const line = body.find_first_not_of(" \t");
    if (line == std::string_view::npos || !body.substr(line).starts_with("\r\n")) refuse("a boundary's line goes on");
    body.remove_prefix(line);  // the line break stays: a part without headers has its empty line here
    auto const headers_end = body.substr(0, most_part_header_bytes).find("\r\n\r\n");
    if (headers_end == std::string_view::npos) refuse("a part's headers do not end");
    auto part = read_part_headers(headers_end == 0 ? std::string_view{} : body.substr(2, headers_end - 2));
    body.remove_prefix(headers_end + 4);
    auto const end = body.find(delimiter);
    if (end == std::string_view::npos) refuse("a part does not end");
    keep(std::move(part), body.substr(0, end), fields, files);
    body.remove_prefix(end + delimiter.size());
  }
}

}  // namespace

void read_form(Message const& message, Parameters& fields, std::vector<File>& files) {
  auto const content_type = message.header("content-type");
  auto const type = trim(content_type.substr(0, content_type.find(';')));
  if (message.body.empty() && type.empty()) return;
  if (same_word(type, "application/x-www-form-urlencoded")) {
    // Told before anything is decoded, so that thousands of ticked rows cost next to nothing.
    if (std::ranges::count(message.body, '&') >= most_parts)
      throw Problem(Failure::too_large,
                    birge::message("Too much was sent at once: a form has at most {} fields. Choose fewer rows and send them in parts.", most_parts),
                    "form: too many fields");
    auto parsed = Parameters::parse(message.body);
    if (!parsed) refuse("an urlencoded body is malformed");
    fields = std::move(*parsed);
    return;
  }
  if (!same_word(type, "multipart/form-data"))
    throw Problem(Failure::unsupported_type, birge::message("This page takes only what its own form sends."), "form: content type");
  std::vector<std::pair<std::string, std::string>> list;
  read_multipart(message.body, boundary_of(content_type), list, files);
  fields = Parameters::of(std::move(list));
}

}  // namespace birge::http
