#include "features/evidence/intake.hpp"

#include "features/account/throttle.hpp"
#include "platform/files/clean.hpp"

namespace birge::evidence {

namespace {

/// A school hall's worth of pictures at once, then slower: cleaning one takes the machine about a second.
constexpr account::Pace pace_of_upload{60, std::chrono::seconds(20), std::chrono::minutes(10), std::chrono::hours(1)};

bool takes_pictures(Kind kind) { return kind != Kind::document; }
bool takes_documents(Kind kind) { return kind != Kind::picture; }

Message wrong_format(Kind kind) {
  if (kind == Kind::picture) return message("This is no picture that can be read here. Take a JPEG, PNG, HEIC or WebP.");
  if (kind == Kind::document) return message("This is no PDF. Save the document as a PDF and upload that.");
  return message("This is neither a picture nor a PDF.");
}

/// What can be said before it is decoded.
Message fault_of(Request const& request, Kind kind) {
  if (request.files.empty()) return message("Choose a file.");
  if (request.files.size() > 1) return message("Send one file at a time, each with its own words.");
  auto const& content = request.files.front().content;
  if (content.empty()) return message("This file is empty. Choose another one.");
  auto const format = files::recognise(content);
  if (!format || (files::is_picture(*format) ? !takes_pictures(kind) : !takes_documents(kind))) return wrong_format(kind);
  auto const most = files::is_picture(*format) ? most_picture_bytes : most_document_bytes;
  if (content.size() > most) return message("This file is too large: at most {} MB.", most >> 20);
  return {};
}

}  // namespace

bool has_file(Request const& request) { return !request.files.empty(); }

Intake take_in(Request& request, Kind kind) {
  Intake intake;
  intake.item.kind = code(kind);
  // Before anything in it is looked at: what turns out to be no picture came over the network and through memory all the same.
  if (has_file(request)) account::attempt(request, {{"upload " + id_text(account::person(request).id), pace_of_upload}});
  intake.fault = fault_of(request, kind);
  if (!intake.fault.empty()) return intake;
  auto const& content = request.files.front().content;
  auto const cleaned = files::clean(content, files::recognise(content).value());
  if (cleaned.refused) {
    intake.fault = files::refusal_text(*cleaned.refused);
    return intake;
  }
  auto const folder = files::Folder::of(request.services.config);
  intake.hold.emplace(folder.hold());
  auto& item = intake.item;
  item.file = folder.put(cleaned.file);
  item.bytes = static_cast<std::int64_t>(cleaned.file.size());
  item.width = cleaned.width;
  item.height = cleaned.height;
  if (!cleaned.preview.empty()) item.preview = folder.put(cleaned.preview);
  item.preview_width = cleaned.preview_width;
  item.preview_height = cleaned.preview_height;
  return intake;
}

}  // namespace birge::evidence
