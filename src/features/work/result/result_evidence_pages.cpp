#include <algorithm>
#include <charconv>

#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_jobs.hpp"
#include "features/evidence/evidence_pages.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "platform/base/text.hpp"

/// Adding evidence, looking at a piece of it, and what can be done with it.
namespace birge::work {

namespace view = activity::view;
using evidence::Item;
using evidence::Kind;
using fields::Form;

namespace {

Problem no_such_piece() { return {Failure::not_found, message("There is nothing at this address, or not any more.")}; }

/// The piece that an address names, of that activity and for somebody who may open it.
Item item_of(Request& request, Opened const& opened, EvidenceRights const& rights) {
  auto const id = parse_id_as<evidence::EvidenceTag>(request.capture("item"));
  auto found = id ? evidence::Store(request.read()).find(opened.activity.id, *id) : std::nullopt;
  if (!found || !evidence::may_open(*found, rights.viewer)) throw no_such_piece();
  return std::move(*found);
}

/// Words and consents of a picture as they were typed.
void read_description(Request const& request, Item& item, std::vector<Fault>& faults) {
  auto const has = [&](std::string_view name, std::string_view value) {
    auto const all = request.form.all(name);
    return std::ranges::find(all, value) != all.end();
  };
  item.caption = clean_line(request.form.get("caption"));
  item.language = request.say.code();
  if (length(item.caption) > evidence::longest_caption)
    faults.push_back({"caption", message("This is too long: at most {} characters.", evidence::longest_caption)});
  if (holds_personal_number(item.caption)) faults.push_back({"caption", message("This seems to hold a personal number of 14 digits. Take it out.")});
  if (item.what() != Kind::picture) return;
  item.people = has("on", "people") || has("on", "both");
  item.minors = has("on", "minors") || has("on", "both");
  item.looked = item.people || item.minors || has("on", "nobody");
  item.consent = has("agreed", "people");
  item.guardians = has("agreed", "guardians");
  item.wanted = has("publish", "yes");
}

http::Parameters typed_of(Item const& item) {
  std::vector<std::pair<std::string, std::string>> list{{"caption", item.caption}};
  if (item.looked) list.emplace_back("on", item.people && item.minors ? "both" : item.people ? "people" : item.minors ? "minors" : "nobody");
  if (item.consent) list.emplace_back("agreed", "people");
  if (item.guardians) list.emplace_back("agreed", "guardians");
  if (item.wanted) list.emplace_back("publish", "yes");
  return http::Parameters::of(std::move(list));
}

Html way_back(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  return html("<p class=\"above\"><a href=\"{}\">{}</a>, {}</p>", activity_page(say, a.id), a.text(say.language()).title,
              view::day_text(say, a.day, a.end_day, a.precision));
}

Reply upload_page(Request& request, Opened const& opened, Kind kind, http::Parameters const& typed, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  static std::vector<Fault> const none;
  Html main = way_back(request, opened);
  main.add("<h1>{}</h1>", say("Evidence"));
  main += fields::faults_above({say, typed, faults});
  main += evidence_part(request, opened, RefusedUpload{kind, typed, faults});
  return work_page(request, opened, say("Evidence"), main, faults.empty() ? Status::ok : Status::unprocessable);
}

/// Whether somebody may add this kind; throws Problem(forbidden) otherwise.
void may_add(EvidenceRights const& rights, Opened const& opened, Kind kind) {
  if (kind == Kind::order ? rights.order : rights.add) return;
  if (opened.facts.closed) throw Problem(Failure::forbidden, closed_to_evidence());
  throw Problem(Failure::forbidden, kind == Kind::order
                                        ? message("A scan belongs to an approval on paper, entered by those who work on the activity.")
                                        : message("Only those who hold or coordinate an approved activity add evidence."));
}

/// Whether somebody may do something with a piece; throws Problem otherwise.
void may_change(EvidenceRights const& rights, Opened const& opened, Item const& item, std::string_view what) {
  if (!evidence::may_open(item, rights.viewer)) throw no_such_piece();
  bool const manages = rights.manage || (what == "remove" && item.added_by == opened.person.id);
  if (what == "release" ? rights.release : manages) return;
  if (what == "release" && opened.facts.closed) throw Problem(Failure::forbidden, closed_to_evidence());
  throw Problem(Failure::forbidden, what == "release" ? message("Letting a picture through takes somebody who may publish or confirms the result.")
                                                      : message("Only those who hold or coordinate the activity can change its evidence."));
}

/// The rights as they are in the writer: a role may have ended since the request began, or the activity gone on.
EvidenceRights rights_now(db::Tx& tx, OpenedAgain const& again, Instant now) { return evidence_rights(tx, again.opened, now); }

Html button_form(Request& request, Item const& item, std::string_view what, std::string_view words, std::string_view look) {
  return site::form(
      request, evidence_page(request.say, item),
      html("{}{}<button class=\"{}\">{}</button>", fields::hidden("do", what), fields::hidden("version", std::to_string(item.version)), look, words));
}

Html picture_forms(Request& request, Opened const& opened, EvidenceRights const& rights, Item const& item, http::Parameters const& typed,
                   std::vector<Fault> const& faults) {
  auto const& say = request.say;
  auto const around = evidence_around(opened.activity);
  Html out, buttons;
  if (auto const why = evidence::why_not_public(item, around); why.empty())
    out.add("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("globe"),
            say("Everybody sees it on the page of the activity."));
  else out.add("<div class=\"notice\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("lock"), say("Coalition only. {}", say(why)));
  if (rights.release && evidence::can_be_released(item))
    buttons += button_form(request, item, "release", say("Let it through to everybody"), "button");
  if (rights.manage && (item.wanted || item.consent || item.guardians))
    buttons += button_form(request, item, "withdraw", say("The consent was taken back"), "button danger");
  if (!buttons.empty()) out.add("<div class=\"actions\">{}</div>", buttons);
  if (!rights.manage) return out;
  Form const form{say, typed, faults};
  Html body = html("{}{}", fields::hidden("do", "describe"), fields::hidden("version", std::to_string(item.version)));
  body += picture_fields(form);
  body.add("<div class=\"actions\"><button class=\"button second\">{}</button></div>", say("Save"));
  out.add("<h2>{}</h2>{}", say("Words and consents"), site::form(request, evidence_page(say, item), body));
  return out;
}

Reply item_page_with(Request& request, Opened const& opened, Item const& item, http::Parameters const& typed, std::vector<Fault> const& faults,
                     Html const& above, Status status) {
  auto const& say = request.say;
  auto const rights = evidence_rights(request.read(), opened, request.now);
  auto const file = say.path("/work/activities/{}/evidence/{}/file", item.activity, item.id);
  Html main = way_back(request, opened);
  main.add("<h1>{}</h1>", say(evidence::name(item.what())));
  main += above;
  main += fields::faults_above({say, typed, faults});
  if (!item.caption.empty()) main.add("<p class=\"lead\">{}</p>", site::in_language(request, item.caption, item.language));
  if (item.what() == Kind::picture)
    main.add("<p><a href=\"{}\"><img class=\"picture\" src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\"></a></p>", file,
             say.path("/work/activities/{}/evidence/{}/preview", item.activity, item.id), item.preview_width, item.preview_height,
             item.caption.empty() ? say("Picture without words") : std::string_view(item.caption));
  else if (item.what() == Kind::sheet)
    main.add("<p>{}</p>", say("Names and telephone numbers stand on it. That you open it is noted in the audit log."));
  if (item.what() != Kind::picture) main.add("<p><a class=\"button second\" href=\"{}\">{} {}</a></p>", file, site::icon("download"), say("Open it"));
  People people(request, *opened.known, rights.viewer.sees_names);
  people.know({item.added_by});
  auto const who = people.name(item.added_by);
  main.add("<p class=\"soft\">{}{}</p>", say("Added {}", say.moment(item.added, opened.known->time_zone)), who.empty() ? std::string() : ", " + who);
  if (item.what() == Kind::picture) main += picture_forms(request, opened, rights, item, typed, faults);
  if (rights.manage || item.added_by == opened.person.id)
    main.add("<p><a href=\"{}\">{}</a></p>", say.path("/work/activities/{}/evidence/{}?remove=ask", item.activity, item.id), say("Take it away"));
  return work_page(request, opened, say(evidence::name(item.what())), html("<div class=\"text\">{}</div>", main), status);
}

Reply ask_to_remove(Request& request, Opened const& opened, Item const& item) {
  auto const& say = request.say;
  Html main = way_back(request, opened);
  main.add("<h1>{}</h1><p>{}</p>", say("Take it away?"),
           say("It is deleted here at once and cannot be brought back. Older backups still hold it until they are deleted."));
  main += site::form(request, evidence_page(say, item),
                     html("{}<div class=\"actions\"><button class=\"button danger\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
                          fields::hidden("do", "remove"), say("Take it away"), evidence_page(say, item), say("Back")));
  return work_page(request, opened, say("Take it away?"), main);
}

Html overtaken(Say const& say) {
  return html("<div class=\"notice attention\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p></div></div>", site::icon("warning"),
              say("Somebody else changed this meanwhile"), say("Nothing was done. Look at it as it is now and decide again."));
}

/// What was typed, but a consent or a publication that is not stored: it may have been taken back meanwhile, and nobody ticks that again by sending
/// a form that was opened before.
http::Parameters without_taken_back(http::Parameters const& typed, http::Parameters const& stored) {
  auto list = typed.list();
  auto const& kept = stored.list();
  std::erase_if(list,
                [&](auto const& each) { return (each.first == "agreed" || each.first == "publish") && std::ranges::find(kept, each) == kept.end(); });
  return http::Parameters::of(std::move(list));
}

/// Both versions above the form, which keeps what was typed, with the version as it is now.
Reply stale(Request& request) {
  auto const& say = request.say;
  auto const opened = open(request);
  auto const now = item_of(request, opened, evidence_rights(request.read(), opened, request.now));
  auto const stored = typed_of(now);
  if (request.form.get("do") != "describe") return item_page_with(request, opened, now, stored, {}, overtaken(say), Status::conflict);
  auto const differences = picture_differences(say, request.form, stored);
  // Nothing is left that would be stored: somebody else has entered the same.
  if (differences.empty()) return http::see_other(evidence_page(say, now));
  auto const kept = without_taken_back(request.form, stored);
  auto const sentence = kept.list().size() == request.form.list().size()
                            ? say("Below is still what you typed. Take over what should stay, and save again.")
                            : say("Below is still what you typed, but for consents and publication: what is not stored now is not ticked there. Tick "
                                  "it only if it holds today, and save again.");
  return item_page_with(request, opened, now, kept, {}, both_versions(say, sentence, differences), Status::conflict);
}

Reply describe_item(Request& request, Opened const& opened, Item item) {
  // Before anything is found wrong with it: the form that comes back has the version as it is now.
  if (version_of(request.form) != item.version) return stale(request);
  std::vector<Fault> faults;
  auto changed = item;
  read_description(request, changed, faults);
  if (!faults.empty()) return item_page_with(request, opened, item, request.form, faults, {}, Status::unprocessable);
  // Whose words they are stays as it was where they stay.
  if (changed.caption == item.caption) changed.language = item.language;
  changed.version = version_of(request.form);
  auto const outcome = request.write([&](db::Tx& tx) {
    OpenedAgain const again(tx, opened, request.now);
    auto const rights = rights_now(tx, again, request.now);
    may_change(rights, again.opened, item, "describe");
    return evidence::describe(tx, evidence_scene(again.opened, request.now), changed, rights.release);
  });
  if (outcome == evidence::Outcome::stale) return stale(request);
  return http::see_other(evidence_page(request.say, item));
}

}  // namespace

Reply evidence_list(Request& request) {
  auto const opened = open(request);
  auto const asked = request.query.get("kind");
  auto const kind = asked.empty() ? std::optional(Kind::picture) : evidence::kind_of(asked);
  if (!kind) throw Problem(Failure::not_found, message("There is nothing at this address, or not any more."));
  may_add(evidence_rights(request.read(), opened, request.now), opened, *kind);
  return upload_page(request, opened, *kind, {}, {});
}

Reply add_evidence(Request& request) {
  auto const opened = open(request);
  auto const kind = evidence::kind_of(request.form.get("kind"));
  if (!kind) throw Problem(Failure::bad_input, message("The form could not be read. Please go back and try again."));
  may_add(evidence_rights(request.read(), opened, request.now), opened, *kind);
  auto token = token_of(request.form);
  if (token.empty()) token = new_token(request);
  auto const page = activity_page(request.say, opened.activity.id);
  if (evidence::Store(request.read()).posted(opened.person.id, token)) return http::see_other(page);
  std::vector<Fault> faults;
  Item typed;
  typed.kind = evidence::code(*kind);
  read_description(request, typed, faults);
  if (!faults.empty()) {
    faults.push_back({"file", message("The file has to be chosen again.")});
    return upload_page(request, opened, *kind, request.form, faults);
  }
  try {
    auto intake = evidence::take_in(request, *kind);
    if (!intake.fault.empty()) return upload_page(request, opened, *kind, request.form, {{"file", intake.fault}});
    auto& item = intake.item;
    item.id = request.services.ids.make<evidence::EvidenceTag>();
    item.activity = opened.activity.id;
    read_description(request, item, faults);
    request.write([&](db::Tx& tx) {
      OpenedAgain const again(tx, opened, request.now);
      may_add(rights_now(tx, again, request.now), again.opened, *kind);
      return evidence::add(tx, evidence_scene(again.opened, request.now), item, token);
    });
  } catch (Problem const& problem) {
    // Whoever has to wait, or sent too many, keeps what was typed.
    if (problem.failure != Failure::unprocessable && problem.failure != Failure::busy && problem.failure != Failure::too_many) throw;
    auto reply = upload_page(request, opened, *kind, request.form, {{"file", problem.shown}});
    // A device that keeps the picture reads from the status that it is to come back by itself.
    if (problem.failure == Failure::busy) reply.status = Status::service_unavailable;
    if (problem.failure == Failure::too_many) reply.status = Status::too_many_requests;
    return reply;
  }
  return http::see_other(page);
}

Reply evidence_item(Request& request) {
  auto const opened = open(request);
  auto const rights = evidence_rights(request.read(), opened, request.now);
  auto const item = item_of(request, opened, rights);
  if (request.query.get("remove") == "ask" && (rights.manage || item.added_by == opened.person.id)) return ask_to_remove(request, opened, item);
  return item_page_with(request, opened, item, typed_of(item), {}, {}, Status::ok);
}

Reply change_evidence(Request& request) {
  auto const opened = open(request);
  auto const rights = evidence_rights(request.read(), opened, request.now);
  auto item = item_of(request, opened, rights);
  auto const what = request.form.get("do");
  may_change(rights, opened, item, what);
  if (what == "describe" && item.what() == Kind::picture) return describe_item(request, opened, item);
  auto const write = [&](auto const& change) {
    return request.write([&](db::Tx& tx) {
      OpenedAgain const again(tx, opened, request.now);
      may_change(rights_now(tx, again, request.now), again.opened, item, what);
      return change(tx, evidence_scene(again.opened, request.now));
    });
  };
  if (what == "release") {
    item.version = version_of(request.form);
    auto const outcome = write([&](db::Tx& tx, evidence::Scene const& scene) { return evidence::release(tx, scene, item); });
    if (outcome == evidence::Outcome::stale) return stale(request);
  } else if (what == "withdraw") {
    write([&](db::Tx& tx, evidence::Scene const& scene) { evidence::withdraw(tx, scene, item); });
  } else if (what == "remove") {
    write([&](db::Tx& tx, evidence::Scene const& scene) { evidence::remove(tx, scene, item); });
    std::vector<std::string> files{item.file};
    if (!item.preview.empty()) files.push_back(item.preview);
    evidence::remove_files(request.services, files);
    return http::see_other(activity_page(request.say, item.activity));
  } else {
    throw Problem(Failure::bad_input, message("The form could not be read. Please go back and try again."));
  }
  return http::see_other(evidence_page(request.say, item));
}

Reply evidence_file(Request& request) {
  auto const opened = open(request);
  auto const item = item_of(request, opened, evidence_rights(request.read(), opened, request.now));
  auto reply = evidence::file_reply(request, item);
  // Noted before it is seen: no sheet is opened that the log knows nothing of.
  if (item.what() == Kind::sheet)
    request.write([&](db::Tx& tx) {
      OpenedAgain const again(tx, opened, request.now);
      if (!evidence::may_open(item, rights_now(tx, again, request.now).viewer)) throw no_such_piece();
      evidence::note_opened_sheet(tx, evidence_scene(again.opened, request.now), item);
    });
  return reply;
}

Reply evidence_preview(Request& request) {
  auto const opened = open(request);
  auto const item = item_of(request, opened, evidence_rights(request.read(), opened, request.now));
  if (item.what() != Kind::picture) throw no_such_piece();
  return evidence::preview_reply(request, item);
}

}  // namespace birge::work
