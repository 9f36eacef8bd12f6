#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_store.hpp"
#include "features/edition/edition_view.hpp"
#include "features/insight/insight_closing.hpp"
#include "platform/base/encoding.hpp"
#include "platform/base/text.hpp"

/// Closing an edition and opening it again.
namespace birge::edition {

namespace {

using Status = activity::Filter::Status;

constexpr std::size_t listed = 30, most_reason = 500;
constexpr std::int64_t most_logged = 999'999'999;  ///< the log takes no number that could be a telephone's

activity::Filter filter_of(Edition const& edition, Status status) {
  activity::Filter filter;
  filter.edition = edition.id;
  filter.status = status;
  return filter;
}

/// What is still missing: the first ones, each leading to its place of work.
Html missing(Request& request, Opened const& opened, Status status, std::string_view title) {
  auto const& say = request.say;
  auto const all = activity::Store(request.read()).all_for_counting(filter_of(opened.edition, status), *opened.facts, opened.today);
  if (all.empty()) return {};
  Html items;
  for (std::size_t i = 0; i < all.size() && i < listed; ++i) {
    auto const activity = activity::Store(request.read()).find(all[i].id).value();
    items.add("<li><a href=\"{}\">{}</a>, {}, {}</li>", say.path("/work/activities/{}", activity.id),
              site::in_language(request, activity.text(say.language()).title, activity.text_language(say.language())), say.short_date(activity.day),
              activity::view::organisation_html(request, *opened.facts, activity.lead));
  }
  if (all.size() > listed) items.add("<li>{}</li>", say("and {} more", all.size() - listed));
  return html("<details open><summary>{} <span class=\"chosen\">{}</span></summary><ul>{}</ul></details>", title,
              say.number(static_cast<std::int64_t>(all.size())), items);
}

Html history(Request& request, Opened const& opened, std::vector<Closing> const& all) {
  if (all.empty()) return {};
  auto const& say = request.say;
  std::vector<account::PersonId> people;
  for (auto const& closing : all) {
    people.push_back(closing.person);
    if (closing.reopened_by) people.push_back(*closing.reopened_by);
  }
  auto const names = account::names_of(request.read(), people);
  auto const name = [&](account::PersonId person) {
    auto const found = names.find(person);
    return found == names.end() ? std::string() : found->second;
  };
  auto const& zone = opened.facts->time_zone;
  Html items;
  for (auto const& closing : all) {
    items.add("<li>{} {}<br><small class=\"soft\">{} {}</small></li>", say("Closed: {}", say.moment(closing.at, zone)), name(closing.person),
              say("Entry {} of the log, whose hash is", closing.entry), html("<code>{}</code>", hex(closing.hash)));
    if (closing.reopened)
      items.add("<li>{} {}<br>{}</li>", say("Opened again: {}", say.moment(*closing.reopened, zone)),
                name(closing.reopened_by.value_or(account::PersonId{})), closing.reason);
  }
  return html("<section><h2>{}</h2><ol class=\"timeline\">{}</ol></section>", say("What happened"), items);
}

Html totals_line(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const totals = insight::totals(request.read(), *opened.facts, filter_of(opened.edition, Status::any), opened.today);
  auto const range = [&](activity::Count count) { return say.range(count.low, count.high); };
  auto out = html("<p>{}", say("Activities planned: {}, of them cancelled: {}. Held: {}.", totals.planned, totals.cancelled, totals.held));
  if (totals.reported > 0 || totals.confirmed > 0)
    out.add(" {}", say("Attendances: {} reported + {} confirmed.", range(totals.reported_attendance), range(totals.confirmed_attendance)));
  return out.add("</p>");
}

Html open_part(Request& request, Opened const& opened) {
  auto const& say = request.say;
  if (opened.today <= opened.edition.campaign_until) {
    http::Parameters query;
    query.set("edition", opened.edition.slug);
    query.set("state", std::string(code(activity::State::reported)));
    return html("{}<p>{}</p><div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a></div>",
                totals_line(request, opened),
                say("The campaign lasts until {}. It can be closed from the next day on.", say.date(opened.edition.campaign_until)),
                own_path(std::string(say.path("/work/table").text()) + "?" + query.encoded()), say("Results that nobody confirmed"),
                page_of(say, opened.edition), say("Back"));
  }
  auto const unreported = missing(request, opened, Status::unreported, say("Without a result that was due"));
  auto const unconfirmed = missing(request, opened, Status::reported, say("Results that nobody confirmed"));
  auto const form = html("{}<div class=\"actions\"><button class=\"button danger\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
                         site::check_box("sure", say("I am sure"), false), say("Close the edition"), page_of(say, opened.edition), say("Back"));
  return html("{}<h2>{}</h2><ul><li>{}</li><li>{}</li><li>{}</li></ul><h2>{}</h2>{}{}", totals_line(request, opened), say("What happens"),
              say("All figures of the edition, on pages and in the report, stand still as of this moment."),
              say("No activity and no new result can be entered any more."),
              say("Results can still be confirmed and corrected; each such change is listed with the values before and after, beside the figures."),
              say("What is still missing"),
              unreported.empty() && unconfirmed.empty() ? html("<p>{}</p>", say("Nothing: every result is in and confirmed."))
                                                        : html("{}{}", unreported, unconfirmed),
              site::form(request, page_of(say, opened.edition, "close"), form));
}

Html closed_part(Request& request, Opened const& opened, std::string_view reason, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  http::Parameters query;
  query.set("edition", opened.edition.slug);
  auto fields = site::text_field(say, {.name = "reason", .label = say("Reason"), .value = reason, .required = true}, faults);
  fields.add("<div class=\"actions\"><button class=\"button danger\">{}</button></div>", say("Open the edition again"));
  return html("<p>{}</p>{}<p><a href=\"{}\">{}</a></p><section><h2>{}</h2><p>{}</p>{}</section>",
              say("It was closed. Its figures stand as of {}.", say.moment(*opened.closed, opened.facts->time_zone)), totals_line(request, opened),
              own_path(std::string(say.path("/figures").text()) + "?" + query.encoded()), say("Figures and the corrections since"),
              say("Opening it again"),
              say("Its figures move again with every result. What was frozen is gone; the log keeps when it was closed and by whom."),
              site::form(request, page_of(say, opened.edition, "reopen"), fields));
}

Reply shown(Request& request, Opened const& opened, std::string_view reason, std::vector<Fault> const& faults, birge::Status status) {
  auto const& say = request.say;
  auto const all = closings(request.read(), opened.edition.id);
  return edition_page(request, opened.edition, opened.closed ? say("Closing") : say("Close the edition"),
                      html("{}{}{}", site::fault_summary(say, faults),
                           opened.closed ? closed_part(request, opened, reason, faults) : open_part(request, opened), history(request, opened, all)),
                      status);
}

void refuse_draft(Opened const& opened) {
  if (opened.work.draft) throw Problem(Failure::conflict, message("The edition is not announced yet: there is nothing to close."));
}

}  // namespace

Reply close_form(Request& request) {
  auto const opened = open(request);
  refuse_draft(opened);
  return shown(request, opened, {}, {}, birge::Status::ok);
}

Reply close(Request& request) {
  auto const opened = open(request);
  refuse_draft(opened);
  auto const refuse = [&](Message why) { return shown(request, opened, {}, {{"", std::move(why)}}, birge::Status::unprocessable); };
  if (opened.closed) return refuse(message("The edition is closed already."));
  if (opened.today <= opened.edition.campaign_until) return refuse(message("The campaign still runs: an edition is closed when it is over."));
  if (request.form.get("sure") != "1") return refuse(message("Tick “I am sure” first."));
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    auto const facts = campaign::facts(tx);
    tx.end_now();  // sums of those who share the transaction
    auto const now = insight::totals(tx, *facts, filter_of(opened.edition, Status::any), opened.today);
    auto told = entry(request, by, "closed", opened.edition.id);
    told.with("planned", now.planned).with("held", now.held).with("reported", now.reported).with("confirmed", now.confirmed);
    told.with("attendances_reported", std::min(now.reported_attendance.high, most_logged));
    told.with("attendances_confirmed", std::min(now.confirmed_attendance.high, most_logged));
    edition::close(tx, *facts, opened.edition.id, told, by.id);
  });
  return http::see_other(page_of(request.say, opened.edition, "close"));
}

Reply reopen(Request& request) {
  auto const opened = open(request);
  refuse_draft(opened);
  auto const reason = clean_line(request.form.get("reason"));
  std::vector<Fault> faults;
  if (!opened.closed) faults.push_back({"", message("The edition is open already.")});
  else if (reason.empty()) faults.push_back({"reason", message("Give a reason.")});
  else if (length(reason) > most_reason) faults.push_back({"reason", message("This text is too long. Two or three sentences are enough.")});
  if (!faults.empty()) return shown(request, opened, reason, faults, birge::Status::unprocessable);
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    auto told = entry(request, by, "reopened", opened.edition.id);
    told.text_changed("reason");
    edition::reopen(tx, opened.edition.id, told, by.id, reason);
  });
  return http::see_other(page_of(request.say, opened.edition, "close"));
}

}  // namespace birge::edition
