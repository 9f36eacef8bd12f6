#include "features/report/report_plan.hpp"

#include "features/report/report_article.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::report {

namespace {

using sheet::BookWriter;

/// The words of the head stand in both official languages on every sheet: that is the form authorities know.
constexpr char const* approve = "БЕКИТЕМ / УТВЕРЖДАЮ";

std::string scope_text(Plan const& plan, Say const& say) {
  auto text = plan.scope.place ? plan.facts->places->name(*plan.scope.place, say.language()).text
                               : plan.facts->places->name(plan.facts->places->country().id, say.language()).text;
  return text + ", " + say.date_range(plan.scope.from.value_or(plan.edition.campaign_from), plan.scope.until.value_or(plan.edition.campaign_until));
}

std::string day_of(Say const& say, Activity const& activity) {
  if (activity.precision == activity::Precision::year) return std::to_string(activity.day.year());
  if (activity.precision == activity::Precision::month) return say.month(activity.day.year(), activity.day.month());
  auto text = say.short_date(activity.day);
  if (activity.end_day != activity.day) text += " – " + say.short_date(activity.end_day);
  return text;
}

std::string hours_of(Say const& say, Activity const& activity) {
  if (!activity.start_minutes) return {};
  return say.time(*activity.start_minutes) + (activity.end_minutes ? "–" + say.time(*activity.end_minutes) : std::string());
}

std::string place_of(Plan const& plan, Say const& say, Activity const& activity) {
  std::string text;
  auto const& places = *plan.facts->places;
  if (activity.reach == activity::Reach::place && activity.place) text = places.full_name(*activity.place, say.language());
  else if (activity.reach == activity::Reach::several && !activity.places.empty())
    for (auto const id : activity.places) text += (text.empty() ? "" : "; ") + places.name(id, say.language()).text;
  else text = say(activity::name(activity.reach));
  if (!activity.village.empty()) text = activity.village + ", " + text;
  return text;
}

std::string organisation_of(Plan const& plan, Say const& say, coalition::OrganisationId id) {
  auto const* organisation = plan.facts->organisation(id);
  return organisation ? organisation->name(say.language()) : std::string();
}

std::string hosts_of(Plan const& plan, Say const& say, Activity const& activity) {
  auto text = organisation_of(plan, say, activity.lead);
  for (auto const id : activity.co_hosts) text += "; " + organisation_of(plan, say, id);
  return text;
}

std::string expected_of(Say const& say, Activity const& activity) {
  return activity.expected ? say.range(activity.expected->low, activity.expected->high) : std::string();
}

Html approval(Plan const& plan, Say const& say) {
  Html out = html("<div class=\"approval\"><p><b>{}</b></p>", approve);
  if (say.language() == Language::en) out.add("<p>({})</p>", say("Approved by"));
  out.add("<p class=\"line\"></p><p class=\"under\">{}</p><p class=\"line\"></p><p class=\"under\">{}</p><p>{}</p></div>",
          say("post, name of the authority"), say("signature, name"),
          say("“____” ____________ {}", std::to_string(plan.edition.campaign_from.year())));
  return out;
}

Html signatures(Say const& say) {
  Html out = html("<div class=\"signatures keep\">");
  for (auto const role : {say("Drawn up by"), say("Agreed by")})
    out.add(
        "<div class=\"signature\"><p><b>{}</b></p><p class=\"line\"></p><p class=\"under\">{}</p><p class=\"line\"></p><p class=\"under\">{}</p></div>",
        role, say("post, name"), say("signature, date"));
  return out.add("</div>");
}

Html rows(Plan const& plan, Say const& say) {
  Html out;
  std::size_t number = 0;
  for (auto const& activity : plan.activities) {
    auto const& words = activity.text(say.language());
    auto const kind = plan.facts->codes.name("kind", activity.kind, say.language());
    auto const hours = hours_of(say, activity);
    out.add("<tr><td class=\"n\">{}</td><td>{}", ++number, day_of(say, activity));
    if (!hours.empty()) out.add("<br>{}", hours);
    out.add("</td><td><b lang=\"{}\">{}</b><br><small>{}</small></td><td>{}", activity.text_language(say.language()), words.title, kind,
            place_of(plan, say, activity));
    if (!words.venue.empty()) out.add("<br><small>{}</small>", words.venue);
    out.add("</td><td>{}</td><td class=\"n\">{}</td><td class=\"blank\"></td></tr>", hosts_of(plan, say, activity), expected_of(say, activity));
  }
  return out;
}

}  // namespace

Plan gather_plan(db::Reader& read, Filter const& scope, Instant now) {
  Plan plan;
  plan.facts = campaign::facts(read);
  auto const* edition = plan.facts->edition(scope.edition);
  if (!edition) throw Problem(Failure::not_found, message("No edition of the campaign has been entered yet."));
  plan.edition = *edition;
  plan.scope = scope;
  activity::Store(read).each(scope, *plan.facts, plan.facts->today(now), [&](Activity const& activity) {
    if (activity::counted(activity.state) && activity.state != activity::State::cancelled) plan.activities.push_back(activity);
  });
  return plan;
}

std::string plan_title(Plan const& plan, Say const& say) { return say("Plan of activities: {}", plan.edition.name(say.language())); }

Html plan_article(Plan const& plan, Say const& say) {
  if (plan.activities.size() > most_planned)
    throw Problem(Failure::too_large,
                  message("This plan has {} activities; a sheet to be signed holds at most {}. Choose a region or a period, or take the workbook.",
                          plan.activities.size(), most_planned));
  Html out = html("<article class=\"report plan\">{}{}<h1>{}</h1><p class=\"scope\">{}</p>", sample_banner(say, plan.edition), approval(plan, say),
                  plan_title(plan, say), scope_text(plan, say));
  if (plan.activities.empty()) out.add("<p>{}</p>", say("Nothing is planned here."));
  else
    out.add(
        "<table><thead><tr><th scope=\"col\" class=\"n\">№</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
        "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
        say("Date and time"), say("Activity"), say("Place"), say("Lead organisation"), say("Expected"), say("Responsible person"), rows(plan, say));
  return out.add("{}</article>", signatures(say));
}

std::string plan_workbook(Plan const& plan, Say const& say) {
  BookWriter book;
  std::vector<BookWriter::Column> columns;
  auto const add = [&](std::string_view title, double width) {
    columns.push_back({.title = std::string(title), .width = width, .choices = {}, .note = {}});
  };
  add("№", 6), add(say("Date"), 22), add(say("Time"), 14), add(say("Activity"), 48), add(say("Kind"), 26), add(say("Place"), 44),
      add(say("Venue"), 26);
  add(say("Lead organisation"), 40), add(say("{}, from", say("Expected")), 11), add(say("{}, to", say("Expected")), 11),
      add(say("Responsible person"), 26);
  std::vector<std::string> titles{plan_title(plan, say), scope_text(plan, say), std::string(approve) + " ______________________________"};
  if (plan.edition.sample) titles.emplace_back(say("Sample data: activities and organisations are invented."));
  book.sheet(say("Plan"), columns, titles);
  std::int64_t number = 0;
  for (auto const& activity : plan.activities) {
    auto const& words = activity.text(say.language());
    book.number(++number);
    book.text(day_of(say, activity));
    book.text(hours_of(say, activity));
    book.text(words.title);
    book.text(plan.facts->codes.name("kind", activity.kind, say.language()));
    book.text(place_of(plan, say, activity));
    book.text(words.venue);
    book.text(hosts_of(plan, say, activity));
    if (activity.expected) book.number(activity.expected->low), book.number(activity.expected->high);
    else book.empty(), book.empty();
    book.empty();
    book.end_row();
  }
  return std::move(book).take();
}

}  // namespace birge::report
