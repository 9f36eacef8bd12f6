#include <algorithm>

#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_parts.hpp"
#include "features/edition/edition_view.hpp"
#include "platform/base/text.hpp"

namespace birge::edition {

namespace {

constexpr int first_year = 2000, last_year = 2100;

Html card(Request& request, Edition const& edition, Day today) {
  auto const& say = request.say;
  bool const draft = campaign::Editing(request.read()).work(edition.id).draft;
  bool const closed = campaign::closed(request.read(), edition.id).has_value();
  return html("<li class=\"card\"><h2><a href=\"{}\">{}</a></h2><p>{}</p><p><span class=\"tag info\">{} {}</span>{}</p></li>", page_of(say, edition),
              edition.name(say.language()), say.date_range(edition.campaign_from, edition.campaign_until), site::icon("calendar"),
              say(state_name(edition, draft, closed, today)), site::sample_tag(say, edition));
}

Reply shown(Request& request, http::Parameters const& typed, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const facts = site::facts(request);
  site::Options earlier{{"", std::string(say("Nothing: begin with an empty one"))}};
  for (auto const& edition : campaign::all_editions(request.read())) earlier.emplace_back(edition.slug, edition.name(say.language()));
  auto fields = site::select_field(say, {.name = "like", .label = say("Copy the structure of"), .value = typed.get("like")}, earlier, faults);
  fields += site::text_field(
      say, {.name = "year", .label = say("Year"), .value = typed.get("year"), .required = true, .inputmode = "numeric", .is_short = true}, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>", say("Make a draft"),
             say.path("/work/editions"), say("Back"));
  site::Head head;
  head.title = say("New edition");
  head.active = "work_editions";
  head.index = false;
  auto const main = html(
      "<h1>{}</h1>{}<p class=\"lead\">{}</p><p>{}</p><p class=\"soft\">{}</p>{}", say("New edition"), site::fault_summary(say, faults),
      say("It is a draft that nobody else sees until you announce it."),
      say("Copied are the name with the new year, leads, partners and donors, targets and settings; the days move by whole weeks, so that each keeps its "
          "day of the week. What the last closing conference promised is shown to begin with."),
      say("Activities are not copied: their days would be guesses. Organisations copy their own from last year when they plan."),
      site::form(request, say.path("/work/editions"), fields));
  auto reply = site::page(request, head, main, status);
  reply.cache_control = "no-store";
  return reply;
}

/// An empty edition of a year: a hundred days from the second Monday of September, as the campaign of 2018 had them.
Edition blank(int year, Edition const* latest) {
  Edition edition;
  edition.year = year;
  auto const september = Day::of(year, 9, 1).value();
  edition.campaign_from = september.plus((8 - september.weekday()) % 7 + 7);
  edition.campaign_until = edition.campaign_from.plus(99);
  edition.preparation_from = edition.campaign_from.plus(-63);
  edition.closing_until = edition.campaign_until.plus(56);
  edition.names = {{"ky", "Адам сатууга каршы 100 күн – " + std::to_string(year)},
                   {"ru", "100 дней против торговли людьми – " + std::to_string(year)},
                   {"en", "100 Days against Trafficking in Persons " + std::to_string(year)}};
  edition.count_limit = latest ? latest->count_limit : 50'000;
  edition.audience_limit = latest ? latest->audience_limit : 5'000'000;
  return edition;
}

}  // namespace

Reply list(Request& request) {
  auto const& say = request.say;
  auto const facts = site::facts(request);
  auto const today = facts->today(request.now);
  Html cards;
  for (auto const& edition : campaign::all_editions(request.read())) cards += card(request, edition, today);
  site::Head head;
  head.title = say("Look after editions");
  head.active = "work_editions";
  head.index = false;
  head.edition = facts->current(request.now);
  Html actions;
  if (account::may_everywhere(account::person(request), Permission::manage_editions))
    actions = html("<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></div>", say.path("/work/editions/new"), say("New edition"));
  auto reply = site::page(request, head,
                          html("<h1>{}</h1>{}{}", say("Look after editions"), actions,
                               cards.empty() ? html("<p class=\"soft\">{}</p>", say("No edition of the campaign has been entered yet."))
                                             : html("<ul class=\"cards\">{}</ul>", cards)));
  reply.cache_control = "no-store";
  return reply;
}

Reply new_form(Request& request) {
  http::Parameters typed;
  auto const facts = site::facts(request);
  auto const editions = campaign::all_editions(request.read());
  typed.set("like", request.query.has("like") ? request.query.get("like") : editions.empty() ? "" : editions.front().slug);
  auto const next = editions.empty() ? facts->today(request.now).year() : editions.front().year + 1;
  typed.set("year", std::to_string(std::max(next, facts->today(request.now).year())));
  return shown(request, typed, {}, Status::ok);
}

namespace {

/// A draft that was made in the same way and that nobody touched since: the form was sent twice.
std::optional<campaign::EditionId> made_before(db::Reader& read, int year, std::optional<campaign::EditionId> from) {
  campaign::Editing editing(read);
  for (auto const& edition : campaign::all_editions(read)) {
    auto const work = editing.work(edition.id);
    if (edition.year == year && work.draft && work.version == 1 && work.copied_from == from) return edition.id;
  }
  return {};
}

}  // namespace

Reply add(Request& request) {
  std::vector<Fault> faults;
  auto const year = number_of(request.form, "year", last_year, faults);
  if (faults.empty() && (!year || *year < first_year))
    faults.push_back({"year", message("Write the year with four digits, from {} to {}.", std::to_string(first_year), std::to_string(last_year))});
  auto const editions = campaign::all_editions(request.read());
  auto const like = request.form.get("like");
  auto const earlier = std::ranges::find(editions, like, &Edition::slug);
  if (!like.empty() && earlier == editions.end()) faults.push_back({"like", message("Choose one of the editions.")});
  if (!faults.empty()) return shown(request, request.form, faults, Status::unprocessable);
  bool const copied = earlier != editions.end();
  auto const edition =
      copied ? campaign::like(*earlier, static_cast<int>(*year)) : blank(static_cast<int>(*year), editions.empty() ? nullptr : &editions.front());
  auto const from = copied ? std::optional(earlier->id) : std::nullopt;
  auto const& person = account::person(request);
  auto const id = request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, person, Permission::manage_editions);
    if (auto const before = made_before(tx, edition.year, from)) return *before;
    auto const made = campaign::add_edition(tx, request.services.ids, edition, from);
    auto told = entry(request, by, "created", made);
    told.with("year", edition.year);
    if (from) told.with("copied_from", *from);
    audit::record(tx, told);
    return made;
  });
  auto const all = campaign::all_editions(request.read());
  return http::see_other(page_of(request.say, *std::ranges::find(all, id, &Edition::id)));
}

namespace {

Html done_steps(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& edition = opened.edition;
  Html items;
  auto const item = [&](std::string_view what, std::string_view label, std::string_view note) {
    items.add("<li><a href=\"{}\">{}</a><br><span class=\"soft\">{}</span></li>", page_of(say, edition, what), label, note);
  };
  if (opened.may_manage()) {
    item("edit", say("Names, slogan, announcement"), say("A result is due after {} working days.", edition.due_days));
    item("dates", say("Days"), say.date_range(edition.campaign_from, edition.campaign_until));
    item("participants", say("Who leads, takes part and pays"),
         say("Organisations: {}", campaign::Store(request.read()).participants(edition.id).size()));
    item("targets", say("Targets"), say("How many activities and attendances, by region and kind"));
  }
  item("report", say("Texts of the closing report"), say("Foreword, challenges, conclusions, recommendations"));
  item("recommendations", say("Recommendations"), say("What the closing conference asks for, and what became of it"));
  return html("<ul class=\"plain tasks\">{}</ul>", items);
}

Html actions_of(Request& request, Opened const& opened) {
  if (!opened.may_manage()) return {};
  auto const& say = request.say;
  auto const& edition = opened.edition;
  if (opened.work.draft)
    return html("<section><h2>{}</h2><p>{}</p>{}</section>", say("Announce it"),
                say("From then on everybody sees it, and organisations can plan in it."),
                site::form(request, page_of(say, edition, "announce"),
                           html("{}<button class=\"button\">{}</button>", version_field(opened.work.version), say("Announce the edition"))));
  return html("<section><h2>{}</h2><p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p></section>", say("Closing"),
              opened.closed ? say("It was closed. Its figures stand as of {}.", say.moment(*opened.closed, opened.facts->time_zone))
                            : say("When its results are in and confirmed, its figures are made to stand still."),
              page_of(say, edition, "close"), opened.closed ? say("Look at the closing") : say("Close the edition"));
}

}  // namespace

Reply hub(Request& request) {
  auto const opened = open(request);
  auto const& say = request.say;
  auto const& edition = opened.edition;
  Html links;
  if (!opened.work.draft) links = html("<p><a href=\"{}\">{}</a></p>", say.path("/editions/{}", edition.slug), say("Its public page"));
  Html documented;
  if (opened.work.documented)
    documented =
        site::notice(site::Notice::information, html("<p>{}</p>", say("A documented edition: its names, days and participants are facts of the "
                                                                      "country pack, each with its source, and are changed there only.")));
  return edition_page(request, edition, edition.name(say.language()),
                      html("<p><span class=\"tag info\">{} {}</span></p>{}{}<div class=\"beside\"><div>{}{}</div><aside>{}</aside></div>",
                           site::icon("calendar"), say(state_name(edition, opened.work.draft, opened.closed.has_value(), opened.today)), links,
                           documented, done_steps(request, opened), actions_of(request, opened), promises(request, opened)));
}

Reply announce(Request& request) {
  auto const opened = open_to_change(request);
  auto const& say = request.say;
  if (opened.work.draft)
    request.write([&](db::Tx& tx) {
      auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
      campaign::announce(tx, opened.edition.id, version_of(request.form));
      audit::record(tx, entry(request, by, "announced", opened.edition.id));
    });
  return http::see_other(page_of(say, opened.edition));
}

}  // namespace birge::edition
