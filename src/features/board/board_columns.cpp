#include <array>

#include "features/activity/activity_view.hpp"
#include "features/board/board_pages.hpp"
#include "features/board/board_view.hpp"

/// The board: a column for each state, with the steps that its viewer may make.
namespace birge::board {

namespace view = activity::view;

namespace {

using work::Action;

constexpr int in_a_column = 8;

/// The steps that lead on from a state, in the order in which they are mostly wanted.
std::vector<Action> steps_from(State state) {
  switch (state) {
    case State::draft: return {Action::propose, Action::edit, Action::discard};
    case State::proposed: return {Action::approve, Action::give_back, Action::withdraw};
    case State::returned: return {Action::edit, Action::propose};
    case State::approved: return {Action::report, Action::hold, Action::move, Action::cancel};
    case State::held: return {Action::report};
    case State::reported: return {Action::confirm, Action::reject_result};
    case State::confirmed: return {Action::correct};
    case State::cancelled: return {};
  }
  return {};
}

struct Board {
  Look look;
  std::string back;
  std::map<State, std::int64_t> counts;
};

Html steps(Board const& board, Row const& row, std::vector<OrganisationId> const& co_hosts) {
  auto const& look = board.look;
  auto const known = seen(row, co_hosts);
  Html first, others;
  for (auto const action : steps_from(known.state)) {
    if (!look.viewer.may(known, action, look.request.now).allowed) continue;
    auto const button = work::step_button(look.request, row.id, row.version, action, work::name(action, known.state),
                                          first.empty() ? "button second" : "quiet", board.back);
    if (first.empty()) first = button;
    else others.add("<li>{}</li>", button);
  }
  if (first.empty()) return {};
  if (!others.empty()) others = html("<details><summary>{}</summary><ul class=\"plain\">{}</ul></details>", look.say("More steps"), others);
  return html("<div class=\"steps\">{}{}</div>", first, others);
}

Html card(Board const& board, Row const& row, std::vector<OrganisationId> const& co_hosts) {
  auto const& look = board.look;
  return html("<li class=\"card\"><h3><a href=\"{}\">{}</a></h3><p>{}</p><p>{}</p><p>{}</p><p class=\"marks\">{}</p>{}</li>",
              work::activity_page(look.say, row.id), title_of(look, row), when_text(look, row), where_text(look, row),
              view::organisation_html(look.request, *look.known, row.lead), marks(look, row), steps(board, row, co_hosts));
}

std::string_view empty_text(Say const& say, State state) {
  switch (state) {
    case State::draft: return say("No draft of yours.");
    case State::proposed: return say("Nothing waits for an answer.");
    case State::returned: return say("Nothing was returned.");
    case State::approved: return say("Nothing approved lies ahead.");
    case State::held: return say("Nothing waits for its result.");
    case State::reported: return say("No result waits for confirmation.");
    case State::confirmed: return say("Nothing is confirmed yet.");
    case State::cancelled: return say("Nothing was cancelled.");
  }
  return {};
}

Html cards_of(Board const& board, State state) {
  auto const& look = board.look;
  auto const count = board.counts.contains(state) ? board.counts.at(state) : 0;
  if (count == 0) return html("<p class=\"soft\">{}</p>", empty_text(look.say, state));
  auto store = look.store();
  auto const rows = store.of_state(look.selection, state, look.say.language(), in_a_column);
  auto const hosts = store.co_hosts(rows);
  static std::vector<OrganisationId> const nobody;
  Html cards;
  for (auto const& row : rows) {
    auto const found = hosts.find(row.id);
    cards += card(board, row, found == hosts.end() ? nobody : found->second);
  }
  Html all;
  if (count > static_cast<std::int64_t>(rows.size())) {
    auto selection = look.selection;
    selection.states = {state};
    all.add("<p><a class=\"more\" href=\"{}\">{}</a></p>", look.address_of(selection, "/work/table"), look.say.plural("All {}", "All {}", count));
  }
  return html("<ol class=\"plain\">{}</ol>{}", cards, all);
}

Html column(Board const& board, State state) {
  auto const& say = board.look.say;
  auto const count = board.counts.contains(state) ? board.counts.at(state) : 0;
  auto const id = activity::code(state);
  return html("<section class=\"{}\" aria-labelledby=\"c-{}\" tabindex=\"0\"><h2 id=\"c-{}\">{} {} <span class=\"soft\">{}</span></h2>{}</section>",
              count == 0 ? "column bare" : "column", id, id, site::icon(work::state_icon(state)), say(work::state_name(state)), say.number(count),
              cards_of(board, state));
}

}  // namespace

Reply columns(Request& request) {
  Board board{look(request), {}, {}};
  board.look.selection.states.clear();
  auto const& look = board.look;
  auto const& say = request.say;
  std::string const path(look.address("/work/board").text());
  board.back = path.substr(path.find('/', 1));
  board.counts = look.store().counts(look.selection);
  Html main = top(look, say("Board"), board.back);
  main += filters(look, {"/work/board", {}, true, false});
  if (board.counts.empty()) {
    main += nothing(look, "/work/board");
    return view_page(look, say("Board"), main);
  }
  Html list, jumps;
  for (auto const state : life) {
    if (state == State::cancelled) continue;
    list += column(board, state);
    jumps.add("<li><a href=\"#c-{}\">{} <span class=\"count\">{}</span></a></li>", activity::code(state), say(work::state_name(state)),
              say.number(board.counts.contains(state) ? board.counts.at(state) : 0));
  }
  main.add("<nav class=\"jumps\" aria-label=\"{}\"><ul class=\"chips\">{}</ul></nav>", say("Columns"), jumps);
  main.add("<div class=\"board\">{}</div>", list);
  auto const cancelled = board.counts.contains(State::cancelled) ? board.counts.at(State::cancelled) : 0;
  main.add("<details class=\"folded\"><summary>{} <span class=\"soft\">{}</span></summary>{}</details>", say(work::state_name(State::cancelled)),
           say.number(cancelled), cards_of(board, State::cancelled));
  return view_page(look, say("Board"), main);
}

}  // namespace birge::board
