#include <algorithm>

#include "features/work/home/home_desk.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "features/work/work_seeing.hpp"

/// Proposing several drafts at once: the weeks of a series, those that were ticked in the table, or the own ones.
namespace birge::work {

namespace {

/// A draft with what its proposal needs.
struct Candidate {
  Opened opened;
  Decision decision;
  std::vector<Fault> missing;

  bool ready() const { return decision.allowed && missing.empty(); }
};

void refuse_too_many(std::size_t number) {
  if (number > proposed_at_once)
    throw Problem(Failure::too_large, message("That is more than {} activities at once. Choose fewer.", proposed_at_once));
}

/// The first of the own drafts of the current edition.
std::vector<Ticked> own_drafts(Request& request, campaign::Facts const& known, account::Person const& person) {
  std::vector<Ticked> rows;
  auto const* edition = known.current(request.now);
  if (!edition) return rows;
  constexpr auto most = static_cast<int>(proposed_at_once);
  Store store(request.read(), request.say.code());
  for (auto const& brief : drafts_of(store, person, edition->id, {most, most}).rows) rows.push_back({brief.id, brief.version});
  return rows;
}

/// What the person may not know of is passed over.
std::vector<Candidate> candidates(Request& request, std::shared_ptr<campaign::Facts const> const& known, account::Person const& person,
                                  std::vector<Ticked> const& rows) {
  std::vector<Candidate> list;
  for (auto const& row : rows) try {
      auto opened = open(request.read(), known, person, row.id, request.now);
      auto decision = opened.may(Action::propose, request.now);
      auto missing = missing_for_proposal(opened.activity);
      list.push_back({std::move(opened), std::move(decision), std::move(missing)});
    } catch (Problem const& problem) {
      if (problem.failure != Failure::not_found) throw;
    }
  return list;
}

/// A row of the list as others of the workspace have it.
Brief brief_of(Activity const& a, Language language) {
  Brief brief;
  brief.id = a.id;
  brief.kind = a.kind;
  brief.day = a.day;
  brief.end_day = a.end_day;
  brief.start_minutes = a.start_minutes;
  brief.end_minutes = a.end_minutes;
  brief.reach = activity::code(a.reach);
  brief.place = a.place;
  brief.village = a.village;
  brief.lead = a.lead;
  brief.title = a.text(language).title;
  brief.language = a.text_language(language);
  return brief;
}

Html row(Request& request, Candidate const& candidate) {
  auto const& say = request.say;
  auto const& a = candidate.opened.activity;
  Html more;
  if (!candidate.decision.allowed) more.add("<p>{}</p>", say(candidate.decision.why_not));
  else {
    for (auto const& fault : candidate.missing)
      more.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("warning"), say(fault.message));
    if (!candidate.decision.note.empty())
      more.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("warning"), say(candidate.decision.note));
    if (!candidate.missing.empty()) more.add("<p><a href=\"{}\">{}</a></p>", step_page(say, a.id, Action::edit), say("Change activity"));
    more += clashes_part(request, candidate.opened);
  }
  if (candidate.ready())
    more.add("<label class=\"choice\"><input type=\"checkbox\" name=\"chosen\" value=\"{}.{}\" checked> {}</label>", a.id, a.version,
             say("Propose this activity"));
  return work_row(request, *candidate.opened.known, brief_of(a, say.language()), more, "row weighed");
}

Url way_back(Say const& say, std::string const& back) { return back.empty() ? say.path("/work") : own_path("/" + std::string(say.code()) + back); }

/// These, or the own drafts where there are none of them.
Reply shown(Request& request, std::vector<Ticked> rows, Html const& above) {
  auto const& say = request.say;
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  if (rows.empty()) rows = own_drafts(request, *known, person);
  auto const list = candidates(request, known, person, rows);
  auto const back = back_of(request.form.has("back") ? request.form : request.query);
  auto const heading = say("Drafts to propose");
  Html main = html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}", way_back(say, back), back.empty() ? say("My page") : say("Back"),
                   heading, above);
  auto const* edition = list.empty() ? known->current(request.now) : known->edition(list.front().opened.activity.edition);
  if (list.empty()) {
    main.add("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("No draft is left to propose"),
             say("Here you see the drafts of your organisation that nobody was asked to approve yet."));
    return work_page(request, heading, main, Status::ok, "work", edition);
  }
  bool const any = std::ranges::any_of(list, &Candidate::ready);
  if (any)
    main.add("<p class=\"lead\">{}</p>", say("The coordinator is asked to approve each that is ticked. What lacks something can be proposed later."));
  Html lines;
  for (auto const& candidate : list) lines += row(request, candidate);
  Html button;
  if (any) button = html("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Propose what is ticked"));
  Html body = html("{}{}", fields::hidden("post", new_token(request)), back.empty() ? Html() : fields::hidden("back", back));
  for (auto const& candidate : list)
    body += fields::hidden("row", id_text(candidate.opened.activity.id) + "." + std::to_string(candidate.opened.activity.version));
  body.add("<ol class=\"rows\">{}</ol>{}", lines, button);
  main += site::form(request, say.path("/work/propose"), body);
  return work_page(request, heading, main, Status::ok, "work", edition);
}

/// What came of it, above those that are left.
Html told(Say const& say, std::size_t done, std::size_t left) {
  Html said;
  if (done > 0)
    said.add("<p>{} <a href=\"{}\">{}</a></p>",
             say.plural("{} activity was proposed.", "{} activities were proposed.", static_cast<std::int64_t>(done)), say.path("/work/activities"),
             say("My activities"));
  if (left > 0)
    said.add("<p>{}</p>", say.plural("{} was not: it was changed meanwhile, or lacks something.",
                                     "{} were not: they were changed meanwhile, or lack something.", static_cast<std::int64_t>(left)));
  if (said.empty()) said = html("<p>{}</p>", say("Nothing was ticked, so nothing was proposed."));
  bool const all = done > 0 && left == 0;
  return html("<div class=\"notice {}\" role=\"status\">{}<div>{}</div></div>", all ? "done" : "attention", site::icon(all ? "check" : "warning"),
              said);
}

/// One of several: what it lacks is asked of whoever may see it, in the transaction that stores it.
Done propose(db::Tx& tx, Scene const& scene, Ticked const& row, std::string const& token) {
  auto const found = activity::Store(tx).find(row.id);
  if (found && sees(tx, scene.person, *found, scene.facts, scene.facts.today(scene.now)))
    if (auto const faults = missing_for_proposal(*found); !faults.empty()) throw Problem(Failure::unprocessable, faults.front().message);
  Step step;
  step.action = Action::propose;
  step.version = row.version;
  step.token = token_of_row(token, row.id);
  return make_step(tx, scene, row.id, step);
}

}  // namespace

Url proposals_page(Say const& say, std::vector<Ticked> const& rows, std::string const& back) {
  refuse_too_many(rows.size());
  std::vector<std::pair<std::string, std::string>> query;
  for (auto const& row : rows) query.emplace_back("row", id_text(row.id) + "." + std::to_string(row.version));
  if (!back.empty()) query.emplace_back("back", back);
  return own_path(std::string(say.path("/work/propose").text()) + "?" + http::Parameters::of(std::move(query)).encoded());
}

Reply propose_list(Request& request) {
  auto rows = ticked(request.query, "row");
  refuse_too_many(rows.size());
  return shown(request, std::move(rows), {});
}

Reply propose_chosen(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto rows = ticked(request.form, "row");
  auto const chosen = ticked(request.form, "chosen");
  refuse_too_many(std::max(rows.size(), chosen.size()));
  auto const token = token_of(request.form);
  auto const done = request.write([&](db::Tx& tx) {
    std::vector<ActivityId> done;
    auto const scene = scene_of(request, *known, person);
    for (auto const& each : chosen) try {
        if (propose(tx, scene, each, token).outcome != Outcome::stale) done.push_back(each.id);
      } catch (Problem const&) {}  // a refusal comes before anything is stored, so the others go on
    return done;
  });
  std::erase_if(rows, [&](Ticked const& row) { return std::ranges::find(done, row.id) != done.end(); });
  return shown(request, std::move(rows), told(request.say, done.size(), chosen.size() - done.size()));
}

}  // namespace birge::work
