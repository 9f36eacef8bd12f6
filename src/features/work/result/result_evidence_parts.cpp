#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/work/result/result_evidence.hpp"
#include "platform/base/text.hpp"

/// The section on evidence of an activity's page, and the form to add a piece.
namespace birge::work {

using evidence::Item;
using evidence::Kind;
using fields::Form;

namespace {

std::string kilobytes(Say const& say, std::int64_t bytes) {
  if (bytes >= 1 << 20) return say("{} MB", say.decimal(static_cast<double>(bytes) / (1 << 20), 1));
  return say("{} KB", std::max<std::int64_t>(1, bytes >> 10));
}

Html standing(Say const& say, Item const& item, evidence::Around const& around) {
  if (evidence::is_public(item, around)) return html("<span class=\"tag done\">{} {}</span>", site::icon("globe"), say("Public"));
  return html("<span class=\"tag\">{} {}</span>", site::icon("lock"), say("Coalition only"));
}

Html picture_row(Request& request, Item const& item, evidence::Around const& around) {
  auto const& say = request.say;
  auto const words = item.caption.empty() ? html("{}", say("Picture without words")) : site::in_language(request, item.caption, item.language);
  Html waits;
  if (evidence::can_be_released(item))
    waits = html("<span class=\"tag attention\">{} {}</span>", site::icon("clock"), say("Waits to be let through"));
  // The words stand beside the picture, so it needs none of its own.
  return html(
      "<li><a href=\"{}\"><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"\" loading=\"lazy\" decoding=\"async\">"
      " <span>{}</span></a><p>{} {}</p></li>",
      evidence_page(say, item), say.path("/work/activities/{}/evidence/{}/preview", item.activity, item.id), item.preview_width, item.preview_height,
      words, standing(say, item, around), waits);
}

/// A document, a sheet or a scan: never shown by itself, since looking at it may be noted or be a matter of names.
Html paper_row(Request& request, Item const& item, bool may_open) {
  auto const& say = request.say;
  Html name = html("{}", say(evidence::name(item.what())));
  if (may_open) name = html("<a href=\"{}\">{}</a>", evidence_page(say, item), name);
  Html caption;
  if (!item.caption.empty()) caption = html(": {}", site::in_language(request, item.caption, item.language));
  return html("<li>{} {}{} <span class=\"soft\">{}, {}</span></li>", site::icon(item.what() == Kind::sheet ? "lock" : "document"), name, caption,
              item.is_pdf() ? "PDF" : "JPEG", kilobytes(say, item.bytes));
}

Html list_of(Request& request, Opened const& opened, EvidenceRights const& rights, std::vector<Item> const& items) {
  auto const& say = request.say;
  auto const around = evidence_around(opened.activity);
  Html pictures, papers;
  for (auto const& item : items) {
    if (item.what() == Kind::picture) pictures += picture_row(request, item, around);
    else if (item.what() != Kind::sheet || evidence::may_open(item, rights.viewer))
      papers += paper_row(request, item, evidence::may_open(item, rights.viewer));
  }
  bool const hidden_sheet =
      std::ranges::any_of(items, [&](Item const& item) { return item.what() == Kind::sheet && !evidence::may_open(item, rights.viewer); });
  if (hidden_sheet)
    papers.add("<li>{} {}</li>", site::icon("lock"), say("Sign-in sheet: handed in, only the person who confirms the result sees it."));
  if (evidence::Store(request.read()).sheet_answer(opened.activity.id) == "kept")
    papers.add("<li>{} {}</li>", site::icon("check"), say("Sign-in sheet: seen, kept by the organisation."));
  Html out;
  if (!pictures.empty()) out.add("<ul class=\"pictures\">{}</ul>", pictures);
  if (!papers.empty()) out.add("<ul class=\"plain\">{}</ul>", papers);
  return out;
}

std::vector<fields::Choice> on_it(Say const& say) {
  return {{"nobody", std::string(say("Nobody"))},
          {"people", std::string(say("Grown-ups"))},
          {"minors", std::string(say("Children under 18"))},
          {"both", std::string(say("Grown-ups and children"))}};
}

std::vector<fields::Choice> who_agrees(Say const& say) {
  return {{"people", std::string(say("The people on it"))}, {"guardians", std::string(say("The parents or guardians of the children"))}};
}

std::vector<fields::Choice> asked_for(Say const& say) { return {{"yes", std::string(say("Ask to publish it on the page of the activity"))}}; }

/// The words of what is chosen in a field; `none` where nothing is.
std::string chosen(http::Parameters const& form, std::string_view field, std::vector<fields::Choice> const& choices, std::string_view none) {
  std::string words;
  auto const all = form.all(field);
  for (auto const& choice : choices)
    if (std::ranges::find(all, choice.value) != all.end()) words += (words.empty() ? "" : ", ") + choice.text;
  return words.empty() ? std::string(none) : words;
}

}  // namespace

std::vector<BothValues> picture_differences(Say const& say, http::Parameters const& typed, http::Parameters const& stored) {
  std::vector<BothValues> list;
  auto const add = [&](std::string_view field, std::string_view label, std::string mine, std::string theirs) {
    if (mine != theirs) list.push_back({std::string(field), std::string(label), std::move(mine), std::move(theirs)});
  };
  auto const add_choices = [&](std::string_view field, std::string_view label, std::vector<fields::Choice> const& choices, std::string_view none) {
    add(field, label, chosen(typed, field, choices, none), chosen(stored, field, choices, none));
  };
  add("caption", say("What it shows"), clean_line(typed.get("caption")), clean_line(stored.get("caption")));
  add_choices("on", say("Who can be recognised on it"), on_it(say), {});
  add_choices("agreed", say("Who agreed that it is published"), who_agrees(say), say("Nobody agreed to it"));
  add_choices("publish", say("Publication"), asked_for(say), say("Not asked for"));
  return list;
}

Html picture_fields(Form const& form) {
  auto const& say = form.say;
  Html body;
  body += fields::input(
      form, "caption", say("What it shows"),
      {.hint = say("In your language, without names. It is read out to those who cannot see the picture."), .extra = Attribute("maxlength=\"300\"")});
  body += fields::radios(form, "on", say("Who can be recognised on it"), on_it(say));
  body += fields::boxes(form, "agreed", say("Who agreed that it is published"), who_agrees(say),
                        {.hint = say("Tick only what you can show. Without it the picture stays within the coalition."), .optional = true});
  body += fields::boxes(form, "publish", say("Publication"), asked_for(say),
                        {.hint = say("It is public once the result is confirmed and somebody who may publish let it through."), .optional = true});
  return body;
}

namespace {

std::string_view heading(Say const& say, Kind kind) {
  switch (kind) {
    case Kind::picture: return say("Add a picture");
    case Kind::document: return say("Add a document (PDF)");
    case Kind::sheet: return say("Hand in the sign-in sheet");
    case Kind::order: return say("Add the scan of the order");
  }
  return "";
}

Html form_of(Request& request, Opened const& opened, RefusedUpload const& upload) {
  auto const& say = request.say;
  Form const form{say, upload.typed, upload.faults};
  Html body = html("{}{}", fields::hidden("post", new_token(request)), fields::hidden("kind", code(upload.kind)));
  body += file_field(say, say("File"), upload.kind, upload.faults);
  switch (upload.kind) {
    case Kind::picture: body += picture_fields(form); break;
    case Kind::document:
      body += fields::input(form, "caption", say("What it is"), {.extra = Attribute("maxlength=\"300\"")});
      body.add("<p class=\"hint\">{}</p>",
               say("Only those of the coalition who may see names can open it. Who wrote it, when and with what is taken out."));
      break;
    case Kind::sheet:
      body.add(
          "<p class=\"hint\">{}</p>",
          say("It holds names and telephone numbers: only the person who confirms the result can open it, each opening is noted, and it is deleted "
              "90 days after the confirmation. Better: keep it in your organisation and say so in the result."));
      break;
    case Kind::order: break;
  }
  body.add("<div class=\"actions\"><button class=\"button second\">{}</button></div>", say("Upload"));
  return html("<div data-keep=\"evidence {} {}\">{}</div>", code(upload.kind), id_text(opened.activity.id.value),
              site::form(request, evidence_page(say, opened.activity.id), body, true));
}

/// The forms that are one click away.
Html other_forms(Request& request, Opened const& opened, EvidenceRights const& rights, std::optional<Kind> shown) {
  auto const& say = request.say;
  Html list;
  for (auto const kind : evidence::kinds) {
    if (kind == shown || !(kind == Kind::order ? rights.order : rights.add)) continue;
    list.add("<li><a href=\"{}\">{}</a></li>", say.path("/work/activities/{}/evidence?kind={}", opened.activity.id, code(kind)), heading(say, kind));
  }
  return list.empty() ? Html() : html("<ul class=\"links\">{}</ul>", list);
}

}  // namespace

Html file_field(Say const& say, std::string_view label, Kind kind, std::vector<Fault> const& faults, bool optional) {
  std::string_view const accept = kind == Kind::picture    ? "image/jpeg,image/png,image/webp,image/heic,image/heif"
                                  : kind == Kind::document ? "application/pdf"
                                                           : "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf";
  auto const hint =
      kind == Kind::picture
          ? say("JPEG, PNG, HEIC or WebP, at most {} MB. Place, camera and date are taken out of it.", evidence::most_picture_bytes >> 20)
      : kind == Kind::document
          ? say("PDF, at most {} MB.", evidence::most_document_bytes >> 20)
          : say("A picture of at most {} MB, or a PDF of at most {} MB.", evidence::most_picture_bytes >> 20, evidence::most_document_bytes >> 20);
  auto const fault = std::ranges::find(faults, "file", &Fault::field);
  Html wrong, mark;
  if (fault != faults.end()) wrong = html("<p class=\"fault\" id=\"file-fault\">{}</p>", say(fault->message));
  if (optional) mark = html(" <span class=\"soft\">({})</span>", say("optional"));
  return html(
      "<div class=\"field{}\"><label for=\"file\">{}{}</label><p class=\"hint\" id=\"file-hint\">{}</p>{}"
      "<input type=\"file\" id=\"file\" name=\"file\" accept=\"{}\" "
      "aria-describedby=\"file-hint{}\" {} {}></div>",
      fault != faults.end() ? " wrong" : "", label, mark, hint, wrong, accept, fault != faults.end() ? " file-fault" : "",
      BIRGE_WHEN(kind != Kind::document, "data-shrink"), BIRGE_WHEN(!optional, "required"));
}

Html evidence_part(Request& request, Opened const& opened, std::optional<RefusedUpload> const& refused) {
  static std::vector<Fault> const none;
  static http::Parameters const nothing;
  auto const& say = request.say;
  auto const rights = evidence_rights(request.read(), opened, request.now);
  auto const items = evidence::Store(request.read()).of_activity(opened.activity.id);
  auto const list = list_of(request, opened, rights, items);
  if (list.empty() && !rights.add && !rights.order) return {};
  Html out;
  if (refused) {
    // The page of one form: the form first, what there is below.
    out.add("<h2>{}</h2>{}", heading(say, refused->kind), form_of(request, opened, *refused));
    out += other_forms(request, opened, rights, refused->kind);
    if (!list.empty()) out.add("<h2>{}</h2>{}", say("Added so far"), list);
  } else {
    out.add("<h2>{}</h2>{}", say("Evidence"), list);
    if (list.empty()) out.add("<p class=\"soft\">{}</p>", say("Pictures and documents that show that it took place. None so far."));
    if (rights.add)
      out.add("<details><summary>{}</summary>{}</details>", heading(say, Kind::picture), form_of(request, opened, {Kind::picture, nothing, none}));
    if (opened.facts.closed) out.add("<p class=\"soft\">{}</p>", say(closed_to_evidence()));
    out += other_forms(request, opened, rights, rights.add ? std::optional(Kind::picture) : std::nullopt);
  }
  return html("<section class=\"text\" id=\"evidence\">{}</section>", out);
}

}  // namespace birge::work
