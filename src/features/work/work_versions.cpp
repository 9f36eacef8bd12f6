#include "features/work/work_versions.hpp"

#include <algorithm>

#include "features/activity/activity_view.hpp"

namespace birge::work {

namespace view = activity::view;

namespace {

bool may_bring_a_version(std::string_view what) {
  return what == code(Action::report) || what == code(Action::correct) || what == code(Action::undo);
}

std::string count_of(Say const& say, ResultVersion const& version, activity::Cell const& like) {
  auto const found = std::ranges::find_if(version.cells, [&](activity::Cell const& cell) { return cell.sex == like.sex && cell.band == like.band; });
  return found == version.cells.end() ? "–" : view::range(say, found->count);
}

}  // namespace

std::vector<std::string> corrected_counts(Say const& say, campaign::Facts const& facts, ResultVersion const& before, ResultVersion const& after) {
  auto cells = after.cells;
  for (auto const& cell : before.cells)
    if (std::ranges::none_of(after.cells, [&](activity::Cell const& each) { return each.sex == cell.sex && each.band == cell.band; }))
      cells.push_back(cell);
  std::vector<std::string> texts;
  for (auto const& cell : cells)
    if (auto const then = count_of(say, before, cell), now = count_of(say, after, cell); then != now)
      texts.push_back(say("{}, {}: {} before, {} after", say(view::sex_name(cell.sex)), view::band_name(say, facts, cell.band), then, now));
  return texts;
}

std::vector<Line const*> steps_of(std::vector<ResultVersion> const& versions, std::vector<Line> const& lines) {
  std::vector<Line const*> steps;
  auto from = lines.begin();
  for (auto const& version : versions) {
    auto const found = std::find_if(from, lines.end(),
                                    [&](Line const& line) { return line.person && line.at == version.recorded && may_bring_a_version(line.what); });
    steps.push_back(found == lines.end() ? nullptr : &*found);
    if (found != lines.end()) from = std::next(found);
  }
  return steps;
}

}  // namespace birge::work
