#include "platform/http/static_files.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace birge::http {
namespace {

constexpr std::string_view web_folder = "web/";

std::string_view ending_of(std::string_view name) {
  auto const dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

std::string content_type_of(std::string_view name) {
  static std::map<std::string_view, std::string_view> const types{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".jpg", "image/jpeg"},
      {".webmanifest", "application/manifest+json"},
      {".json", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".geojson", "application/geo+json"},
  };
  auto const found = types.find(ending_of(name));
  return std::string(found == types.end() ? "application/octet-stream" : found->second);
}

std::string hashed_name_of(EmbeddedFile const& file) {
  auto const leaf = file.name.substr(file.name.rfind('/') + 1);
  auto const ending = ending_of(leaf);
  std::string out(leaf.substr(0, leaf.size() - ending.size()));
  out += '-';
  out += file.hash;
  out += ending;
  return out;
}

/// The files that browsers load, found by either name. Embedded files never change, so this is made once.
struct Names {
  std::map<std::string_view, Url> addresses;
  std::unordered_map<std::string, EmbeddedFile const*> files;

  Names() {
    for (auto const& file : embedded_folder(web_folder)) {
      auto hashed = hashed_name_of(file);
      addresses.emplace(file.name, own_path("/static/" + hashed));
      files.emplace(std::move(hashed), &file);
    }
  }
};

Names const& names() {
  static Names const names;
  return names;
}

}  // namespace

Url static_url(std::string_view name) {
  auto const found = names().addresses.find(name);
  if (found == names().addresses.end()) throw std::logic_error("no file " + std::string(name) + " is embedded for browsers");
  return found->second;
}

Reply embedded_reply(EmbeddedFile const& file) {
  Reply reply;
  reply.content_type = content_type_of(file.name);
  reply.fixed_body = file.bytes;
  reply.fixed_brotli = file.brotli.size() < file.bytes.size() ? file.brotli : std::string_view{};
  reply.fixed_gzip = file.gzip.size() < file.bytes.size() ? file.gzip : std::string_view{};
  reply.etag = file.hash;
  return reply;
}

std::optional<Reply> static_reply(std::string_view hashed_name) {
  auto const found = names().files.find(std::string(hashed_name));
  if (found == names().files.end()) return std::nullopt;
  Reply reply = embedded_reply(*found->second);
  reply.cache_control = "public, max-age=31536000, immutable";
  return reply;
}

Reply static_file(Request& request) {
  auto reply = static_reply(request.capture("file"));
  if (!reply) throw Problem(Failure::not_found, birge::message("There is no such file."));
  return std::move(*reply);
}

}  // namespace birge::http
