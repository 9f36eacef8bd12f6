#include "features/edition/edition_view.hpp"

#include <algorithm>
#include <limits>

#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/audit/log.hpp"
#include "features/site/opened_form.hpp"
#include "features/work/work_view.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"
#include "platform/base/typed_day.hpp"

namespace birge::edition {

namespace {

Message stage_name(campaign::Stage stage) {
  switch (stage) {
    case campaign::Stage::announced: return message("Announced");
    case campaign::Stage::preparation: return message("In preparation");
    case campaign::Stage::campaign: return message("Running now");
    case campaign::Stage::closing: return message("Being closed");
    case campaign::Stage::over: return message("Over");
  }
  return {};
}

}  // namespace

Opened open(Request& request) {
  auto facts = site::facts(request);
  auto const& person = account::person(request);
  auto const slug = request.capture("slug");
  auto editions = campaign::all_editions(request.read());
  auto const found = std::ranges::find(editions, slug, &Edition::slug);
  if (found == editions.end()) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(slug), 40)));
  auto const work = campaign::Editing(request.read()).work(found->id);
  auto const closed = campaign::closed(request.read(), found->id);
  auto const today = facts->today(request.now);
  return {std::move(facts), person, std::move(*found), work, closed, today};
}

Opened open_to_change(Request& request) {
  auto opened = open(request);
  if (opened.closed) throw Problem(Failure::conflict, message("The edition is closed. Open it again before you change it."));
  return opened;
}

Message state_name(Edition const& edition, bool draft, bool closed, Day today) {
  if (closed) return message("Closed");
  if (draft) return message("Draft, not announced");
  return stage_name(edition.stage(today));
}

Url page_of(Say const& say, Edition const& edition) { return say.path("/work/editions/{}", edition.slug); }
Url page_of(Say const& say, Edition const& edition, std::string_view what) { return say.path("/work/editions/{}/{}", edition.slug, what); }

Reply edition_page(Request& request, Edition const& edition, std::string_view title, Html const& main, Status status) {
  auto const& say = request.say;
  site::Head head;
  head.title = title;
  head.active = "work_editions";
  head.index = false;
  head.edition = &edition;
  auto const& name = edition.name(say.language());
  auto const crumbs = html("<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li>{}<li aria-current=\"page\">{}</li></ol></nav>",
                           say("Where you are"), say.path("/work/editions"), say("Look after editions"),
                           title == name ? Html() : html("<li><a href=\"{}\">{}</a></li>", page_of(say, edition), name), title);
  auto reply = site::page(request, head, html("{}<h1>{}</h1>{}", crumbs, title, main), status);
  reply.cache_control = "no-store";
  return reply;
}

namespace {

std::vector<std::string> names_of(std::vector<FormField> const& fields) {
  std::vector<std::string> names;
  for (auto const& field : fields) names.push_back(field.name);
  return names;
}

/// Who made the latest change of an edition, and when; empty where nobody did whose name is known.
std::string latest_change(Request& request, Opened const& opened) {
  audit::LogFilter filter;
  filter.object = "edition";
  filter.object_id = opened.edition.id.value;
  auto const rows = audit::entries(request.read(), filter, std::numeric_limits<std::int64_t>::max(), 1);
  if (rows.empty() || rows.front().person == 0) return {};
  account::PersonId const person{rows.front().person};
  auto const names = account::names_of(request.read(), std::vector{person});
  auto const name = names.find(person);
  if (name == names.end() || name->second.empty()) return {};
  return request.say("Changed by {}, {}.", name->second, request.say.moment(rows.front().at, opened.facts->time_zone));
}

}  // namespace

Html version_field(int version) { return html("<input type=\"hidden\" name=\"version\" value=\"{}\">", version); }

int version_of(http::Parameters const& form) { return whole_number<int>(form.get("version")).value_or(-1); }

Html overtaken(Say const& say, Html const& stored) {
  return site::notice(
      site::Notice::attention,
      html("<p><b>{}</b> {}</p>{}", say("Somebody else changed this meanwhile."),
           say("What you entered is still in the fields; what is stored now stands here. Sending again puts yours in its place."), stored));
}

Html opened_fields(int version, http::Parameters const& stored, std::vector<FormField> const& fields) {
  return html("{}<input type=\"hidden\" name=\"{}\" value=\"{}\">", version_field(version), site::opened_field,
              site::opened_with(stored, names_of(fields)));
}

Meeting meet(Request& request, Opened const& opened, http::Parameters const& stored, std::vector<FormField> const& fields, Shown const& shown) {
  Meeting meeting;
  if (version_of(request.form) == opened.work.version) return meeting;
  auto const& say = request.say;
  meeting.overtaken = true;
  auto const sent = request.form;
  auto const names = names_of(fields);
  auto now = stored;
  now.set(site::opened_field, sent.get(site::opened_field));
  auto const same = site::untouched(now, names);
  // The number counts for every form of the edition: whoever changed another one is in nobody's way here.
  if (same.size() == names.size()) return {};
  auto const kept = site::untouched(sent, names);
  request.form = site::with_stored(sent, stored, kept);
  auto const text = [&](std::vector<std::string> const& values) {
    std::string all;
    for (auto const& value : values) all += (all.empty() ? "" : "; ") + (shown ? shown(value) : value);
    return all;
  };
  std::vector<work::BothValues> differ;
  Html taken;
  meeting.nothing_left = true;
  for (auto const& [name, label] : fields) {
    auto const mine = site::form_values(sent, name), theirs = site::form_values(stored, name);
    if (mine == theirs) continue;
    if (std::ranges::find(kept, name) != kept.end()) {
      taken.add("<div><dt>{}</dt><dd>{}</dd></div>", label, theirs.empty() ? "–" : text(theirs));
      continue;
    }
    meeting.nothing_left = false;
    if (std::ranges::find(same, name) == same.end()) differ.push_back({name, label, text(mine), text(theirs)});
  }
  meeting.above = work::both_versions(
      say, say("What you did not touch is below as it is stored now. Of what you changed the form still holds yours: look at both, and save again."),
      differ);
  if (auto const who = latest_change(request, opened); !who.empty()) meeting.above.add("<p>{}</p>", who);
  if (!taken.empty()) meeting.above.add("<h2>{}</h2><dl class=\"facts\">{}</dl>", say("Taken over from them into the form"), taken);
  return meeting;
}

account::Person who_still_may(db::Tx& tx, account::Person const& person, Permission permission) {
  auto now = account::fresh(tx, person);
  if (!account::may_everywhere(now, permission))
    throw Problem(Failure::forbidden, message("Your role does not include this page. Ask your coordinator if it should."));
  return now;
}

audit::Entry entry(Request const& request, account::Person const& person, audit::Word action, campaign::EditionId edition) {
  return {account::acting(person), action, {"edition", edition}, request.now};
}

std::optional<std::int64_t> number_of(http::Parameters const& form, std::string const& field, std::int64_t most, std::vector<Fault>& faults) {
  auto text = clean_line(form.get(field));
  std::erase(text, ' ');
  for (std::string_view const gap : {"\u00A0", "\u202F"})
    for (auto at = text.find(gap); at != std::string::npos; at = text.find(gap)) text.erase(at, gap.size());
  if (text.empty()) return std::nullopt;
  auto const number = whole_number<std::int64_t>(text);
  if (number && *number >= 0 && *number <= most) return number;
  // 1,500 is a thousand and a half in one language and one and a half in the other.
  if (text.find(',') != std::string::npos) faults.push_back({field, message("Write “{}” as a whole number without a comma.", shortened(text, 20))});
  else faults.push_back({field, message("“{}” is no number from 0 to {}.", shortened(text, 20), most)});
  return std::nullopt;
}

std::optional<Day> day_of(http::Parameters const& form, std::string const& field, std::vector<Fault>& faults) {
  auto const text = clean_line(form.get(field));
  if (text.empty()) return std::nullopt;
  auto const day = typed_day(text);
  if (!day) faults.push_back({field, message("“{}” is not a date. Write it like 25.10.2026.", shortened(text, 20))});
  return day;
}

}  // namespace birge::edition
