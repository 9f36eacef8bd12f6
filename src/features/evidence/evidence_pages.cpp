#include "features/evidence/evidence_pages.hpp"

#include <spdlog/spdlog.h>

#include "features/evidence/evidence_store.hpp"
#include "features/site/site.hpp"
#include "platform/files/folder.hpp"

namespace birge::evidence {

namespace {

constexpr std::string_view jpeg = "image/jpeg";

Url picture_address(std::string_view file) { return own_path("/pictures/" + std::string(file) + ".jpg"); }

std::string content_of(Request const& request, std::string_view file) {
  auto content = files::Folder::of(request.services.config).get(file);
  if (!content) {
    spdlog::error("a stored file is missing: {}", file);
    throw Problem(Failure::gone, message("This file is missing on the disk. Whoever runs the machine can restore it from a backup."));
  }
  return std::move(*content);
}

/// Whatever a browser takes it for, it may neither run nor load anything.
Reply harmless(Reply reply) {
  reply.header("Content-Security-Policy", "default-src 'none'; sandbox");
  reply.cache_control = "private, no-store";
  return reply;
}

}  // namespace

Html pictures_part(Request& request, ActivityId activity) {
  auto const& say = request.say;
  Html list;
  for (auto const& picture : Store(request.read()).public_pictures(activity)) {
    auto const language = picture.language == say.code() ? std::string_view() : std::string_view(picture.language);
    auto const image = html("<img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
                            picture_address(picture.preview), picture.preview_width, picture.preview_height, picture.caption);
    if (language.empty()) list.add("<li><a href=\"{}\">{}</a></li>", picture_address(picture.file), image);
    else list.add("<li><a href=\"{}\" lang=\"{}\">{}</a></li>", picture_address(picture.file), language, image);
  }
  if (list.empty()) return {};
  return html("<section id=\"pictures\"><h2>{}</h2><ul class=\"pictures\">{}</ul></section>", say("Pictures"), list);
}

Reply public_picture(Request& request) {
  auto name = request.capture("file");
  auto const missing = Problem(Failure::not_found, message("There is no such file."));
  if (!name.ends_with(".jpg")) throw missing;
  name.remove_suffix(4);
  if (!files::is_name(name) || !Store(request.read()).is_public_file(name)) throw missing;
  auto reply = harmless(http::text(content_of(request, name), std::string(jpeg)));
  // Kept by the reader's own browser only, and not for ever: what is taken back must not live on in a proxy.
  reply.cache_control = "private, max-age=86400, immutable";
  reply.etag = name;
  return reply;
}

Reply file_reply(Request& request, Item const& item) {
  auto content = content_of(request, item.file);
  if (!item.is_pdf()) return harmless(http::text(std::move(content), std::string(jpeg)));
  return harmless(http::download(std::move(content), "application/pdf", "birge-" + id_text(item.id) + ".pdf"));
}

Reply preview_reply(Request& request, Item const& item) { return harmless(http::text(content_of(request, item.preview), std::string(jpeg))); }

}  // namespace birge::evidence
