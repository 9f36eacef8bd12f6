#include "platform/html/markdown.hpp"

#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>

namespace birge {

namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) c = 0xfffd;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

/// The text of a numeric reference (&#1899; or &#x76b;); nothing for a named one.
std::optional<std::string> numeric_reference(std::string_view entity) {
  if (!entity.starts_with("&#") || !entity.ends_with(";")) return {};
  entity = entity.substr(2, entity.size() - 3);
  bool const hexadecimal = entity.starts_with('x') || entity.starts_with('X');
  if (hexadecimal) entity.remove_prefix(1);
  std::uint32_t code = 0;
  auto const [end, error] = std::from_chars(entity.data(), entity.data() + entity.size(), code, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != entity.data() + entity.size()) return {};
  std::string text;
  append_utf8(text, code);
  return text;
}

bool named_reference(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') return false;
  return std::ranges::all_of(entity.substr(1, entity.size() - 2),
                             [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// An attribute as md4c gives it: text with references in it. A named reference other than &amp; stays as it was typed: url() then
/// judges that spelling, so a scheme cannot be hidden in one.
std::string value_of(MD_ATTRIBUTE const& attribute) {
  std::string result;
  if (attribute.text == nullptr) return result;
  for (int i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
    auto const from = attribute.substr_offsets[i];
    std::string_view const part(attribute.text + from, attribute.substr_offsets[i + 1] - from);
    if (attribute.substr_types[i] == MD_TEXT_ENTITY) {
      if (auto const decoded = numeric_reference(part)) result += *decoded;
      else if (part == "&amp;") result += '&';
      else result += part;
    } else if (attribute.substr_types[i] != MD_TEXT_NULLCHAR) {
      result += part;
    }
  }
  return result;
}

/// Writes markup as md4c reports what it finds. Nothing of the source reaches the page but through escaping and url().
class Renderer {
public:
  explicit Renderer(int top_heading) : top_heading_(top_heading) {}

  void enter_block(MD_BLOCKTYPE type, void const* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: out_.add("<blockquote>\n"); break;
      case MD_BLOCK_UL: out_.add("<ul>\n"); break;
      case MD_BLOCK_OL: {
        auto const start = static_cast<MD_BLOCK_OL_DETAIL const*>(detail)->start;
        if (start == 1) out_.add("<ol>\n");
        else out_.add("<ol start=\"{}\">\n", start);
        break;
      }
      case MD_BLOCK_LI: out_.add("<li>"); break;
      case MD_BLOCK_HR: out_.add("<hr>\n"); break;
      case MD_BLOCK_H: open_heading(level(detail)); break;
      case MD_BLOCK_CODE: out_.add("<pre><code>"); break;
      case MD_BLOCK_P: out_.add("<p>"); break;
      case MD_BLOCK_TABLE: out_.add("<table>\n"); break;
      case MD_BLOCK_THEAD: out_.add("<thead>\n"); break;
      case MD_BLOCK_TBODY: out_.add("<tbody>\n"); break;
      case MD_BLOCK_TR: out_.add("<tr>"); break;
      case MD_BLOCK_TH: open_cell(detail, true); break;
      case MD_BLOCK_TD: open_cell(detail, false); break;
      case MD_BLOCK_DOC:
      case MD_BLOCK_HTML: break;  // raw HTML is off; its text comes as text
    }
  }

  void leave_block(MD_BLOCKTYPE type, void const* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: out_.add("</blockquote>\n"); break;
      case MD_BLOCK_UL: out_.add("</ul>\n"); break;
      case MD_BLOCK_OL: out_.add("</ol>\n"); break;
      case MD_BLOCK_LI: out_.add("</li>\n"); break;
      case MD_BLOCK_H: close_heading(level(detail)); break;
      case MD_BLOCK_CODE: out_.add("</code></pre>\n"); break;
      case MD_BLOCK_P: out_.add("</p>\n"); break;
      case MD_BLOCK_TABLE: out_.add("</table>\n"); break;
      case MD_BLOCK_THEAD: out_.add("</thead>\n"); break;
      case MD_BLOCK_TBODY: out_.add("</tbody>\n"); break;
      case MD_BLOCK_TR: out_.add("</tr>\n"); break;
      case MD_BLOCK_TH: out_.add("</th>"); break;
      case MD_BLOCK_TD: out_.add("</td>"); break;
      case MD_BLOCK_DOC:
      case MD_BLOCK_HR:
      case MD_BLOCK_HTML: break;
    }
  }

  void enter_span(MD_SPANTYPE type, void const* detail) {
    switch (type) {
      case MD_SPAN_EM: out_.add("<em>"); break;
      case MD_SPAN_STRONG: out_.add("<strong>"); break;
      case MD_SPAN_CODE: out_.add("<code>"); break;
      case MD_SPAN_DEL: out_.add("<del>"); break;
      case MD_SPAN_A: open_link(value_of(static_cast<MD_SPAN_A_DETAIL const*>(detail)->href)); break;
      case MD_SPAN_IMG: open_link(value_of(static_cast<MD_SPAN_IMG_DETAIL const*>(detail)->src)); break;
      default: break;
    }
  }

  void leave_span(MD_SPANTYPE type) {
    switch (type) {
      case MD_SPAN_EM: out_.add("</em>"); break;
      case MD_SPAN_STRONG: out_.add("</strong>"); break;
      case MD_SPAN_CODE: out_.add("</code>"); break;
      case MD_SPAN_DEL: out_.add("</del>"); break;
      case MD_SPAN_A:
      case MD_SPAN_IMG: close_link(); break;
      default: break;
    }
  }

  void text(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_NULLCHAR: break;
      case MD_TEXT_BR: out_.add("<br>\n"); break;
      case MD_TEXT_SOFTBR: out_.add("\n"); break;
      case MD_TEXT_ENTITY:
        if (auto const decoded = numeric_reference(text)) out_.add("{}", *decoded);
        else if (named_reference(text)) out_ += trusted_html(std::string(text));  // letters and digits between & and ; are one character at most
        else out_.add("{}", text);
        break;
      default: out_.add("{}", text); break;
    }
  }

  Html finish() { return std::move(out_); }

  std::exception_ptr failure;  ///< what a callback threw: it must not pass through md4c, which is C

private:
  int level(void const* detail) const {
    return std::clamp(top_heading_ + static_cast<int>(static_cast<MD_BLOCK_H_DETAIL const*>(detail)->level) - 1, 1, 6);
  }

  void open_heading(int level) {
    switch (level) {
      case 1: out_.add("<h1>"); break;
      case 2: out_.add("<h2>"); break;
      case 3: out_.add("<h3>"); break;
      case 4: out_.add("<h4>"); break;
      case 5: out_.add("<h5>"); break;
      default: out_.add("<h6>"); break;
    }
  }

  void close_heading(int level) {
    switch (level) {
      case 1: out_.add("</h1>\n"); break;
      case 2: out_.add("</h2>\n"); break;
      case 3: out_.add("</h3>\n"); break;
      case 4: out_.add("</h4>\n"); break;
      case 5: out_.add("</h5>\n"); break;
      default: out_.add("</h6>\n"); break;
    }
  }

  void open_cell(void const* detail, bool head) {
    auto const align = static_cast<MD_BLOCK_TD_DETAIL const*>(detail)->align;
    std::string_view const side = align == MD_ALIGN_RIGHT ? "right" : align == MD_ALIGN_CENTER ? "center" : "";
    if (side.empty()) head ? out_.add("<th>") : out_.add("<td>");
    else head ? out_.add("<th class=\"{}\">", side) : out_.add("<td class=\"{}\">", side);
  }

  /// Links do not nest in HTML: inside one (an image in a link) only the text is shown.
  void open_link(std::string const& address) {
    if (depth_++ > 0) return;
    auto const target = url(address);
    anchor_ = target.has_value();
    if (!anchor_) return;
    out_.add("<a href=\"{}\">", *target);
    address_ = address;
    label_start_ = out_.text().size();
  }

  void close_link() {
    if (--depth_ > 0 || !anchor_) return;
    if (out_.text().size() == label_start_) out_.add("{}", address_);  // a picture without a description
    out_.add("</a>");
    anchor_ = false;
  }

  Html out_;
  int top_heading_;
  int depth_ = 0;        ///< links and images that are open
  bool anchor_ = false;  ///< whether the outermost of them became an <a>
  std::string address_;
  std::size_t label_start_ = 0;
};

template <class Function>
int guarded(void* renderer, Function function) {
  auto& self = *static_cast<Renderer*>(renderer);
  try {
    function(self);
    return 0;
  } catch (...) {
    self.failure = std::current_exception();
    return -1;
  }
}

}  // namespace

Html markdown(std::string_view text, int top_heading) {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return guarded(self, [&](Renderer& renderer) { renderer.enter_block(type, detail); });
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return guarded(self, [&](Renderer& renderer) { renderer.leave_block(type, detail); });
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
    return guarded(self, [&](Renderer& renderer) { renderer.enter_span(type, detail); });
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* self) { return guarded(self, [&](Renderer& renderer) { renderer.leave_span(type); }); };
  parser.text = [](MD_TEXTTYPE type, MD_CHAR const* characters, MD_SIZE size, void* self) {
    return guarded(self, [&](Renderer& renderer) { renderer.text(type, {characters, size}); });
  };

  Renderer renderer(top_heading);
  int const result = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &renderer);
  if (renderer.failure) std::rethrow_exception(renderer.failure);
  if (result != 0) throw std::runtime_error("Markdown could not be read");
  return renderer.finish();
}

}  // namespace birge
