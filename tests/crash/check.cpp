#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "features/audit/chain.hpp"
#include "platform/base/text.hpp"
#include "report.hpp"

namespace birge::crash {

namespace {

struct Stored {
  ActivityId id;
  std::string state;
  int version = 0;
  std::optional<std::int64_t> attendance_low, attendance_high;
  coalition::OrganisationId lead;
};

/// What the tables hold of each activity, a line for each row.
using Lines = std::map<ActivityId, std::vector<std::string>>;

struct Line {
  ActivityId activity;
  std::string text;
};

/// Every row that one report writes, whoever wrote it.
Lines lines_of(db::Reader& read) {
  Lines lines;
  auto const take = [&](Line&& line) { lines[line.activity].push_back(std::move(line.text)); };
  read.each<Line>("select activity, 'form ' || person || ' ' || token from work_post", take);
  read.each<Line>(
      "select activity, 'result ' || version || ' ' || method || ' ' || coalesce(total_low, -1) || '-' || coalesce(total_high, -1) || ' by ' ||"
      " coalesce(counted_by, 0) || ': ' || narrative from result",
      take);
  read.each<Line>("select activity, 'count ' || version || ' ' || sex || ' ' || band || ' ' || low || '-' || high from result_count", take);
  read.each<Line>(
      "select activity, 'words ' || version || ' ' || sum_differs || ' ' || challenges || ' ' || recommendation || ' ' || reason from result_words",
      take);
  read.each<Line>("select activity, 'question ' || version || ' ' || position || ' ' || topic || ' ' || question from result_question", take);
  read.each<Line>("select activity, 'history ' || version || ' ' || what || ' ' || state from activity_change where version > 1", take);
  read.each<Line>("select activity, 'step ' || version || ' ' || action || ' ' || state_before || ' ' || state || ' ' || person from activity_step",
                  take);
  read.each<Line>("select activity, 'reporter ' || reported_by from activity_work where reported_by is not null", take);
  read.each<Line>("select activity, 'before ' || version || ' ' || state from activity_before", take);
  read.each<Line>("select object_id, 'log ' || person || ' ' || changes from audit where object = 'activity' and actor = 'person'", take);
  return lines;
}

/// The same of an activity that was reported once, as it must be.
std::vector<std::string> expected(Stored const& activity, Report const& report, Person const& person, std::string const& before) {
  auto const who = person.id.value;
  auto const changes = fmt::format(
      "state\t{}\treported\nattendance\t-\t={}\ncells/female.14_17\t-\t={}\ncells/male.14_17\t-\t={}\nmethod\t-\thead_count\ncounted_by\t-\t#{}\nnarrative",
      before, report.total(), report.women(), report.men(), id_text(activity.lead));
  return {fmt::format("form {} {}", who, report.token()),
          fmt::format("result 1 head_count {0}-{0} by {1}: {2}", report.total(), activity.lead.value, report.narrative()),
          fmt::format("count 1 female 14_17 {0}-{0}", report.women()),
          fmt::format("count 1 male 14_17 {0}-{0}", report.men()),
          fmt::format("words 1 0 {} {} ", report.challenges(), report.recommendation()),
          fmt::format("question 1 0  {}", report.question()),
          "history 2 report reported",
          fmt::format("step 2 report {} reported {}", before, who),
          fmt::format("reporter {}", who),
          "before 2 " + before,
          fmt::format("log {} {}", who, changes)};
}

/// The only report whose form was stored for an activity, and who sent it.
struct Sent {
  Report report;
  Person const& person;
};
std::optional<Sent> sent(std::vector<std::string> const& lines, std::vector<Reporter> const& people) {
  for (auto const& line : lines)
    for (auto const& one : people) {
      auto const begin = fmt::format("form {} ", one.person.id.value);
      if (!line.starts_with(begin)) continue;
      if (auto const report = Report::of(std::string_view(line).substr(begin.size()))) return Sent{*report, one.person};
    }
  return std::nullopt;
}

void compare(ActivityId id, std::vector<std::string> there, std::vector<std::string> wanted, std::vector<std::string>& wrong) {
  std::ranges::sort(there);
  std::ranges::sort(wanted);
  std::vector<std::string> missing, surplus;
  std::ranges::set_difference(wanted, there, std::back_inserter(missing));
  std::ranges::set_difference(there, wanted, std::back_inserter(surplus));
  for (auto const& line : missing) wrong.push_back(fmt::format("half of a report: {} lacks: {}", id_text(id), line));
  for (auto const& line : surplus) wrong.push_back(fmt::format("half of a report: {} should not have: {}", id_text(id), line));
}

/// What standard input says was acknowledged: a line for each report with its token, activity, version and the head of the audit log after it, which
/// is - where the program that stored it does not tell.
struct Acknowledged {
  std::map<ActivityId, std::string> tokens;
  audit::Head last;
};
Acknowledged read_acknowledged() {
  Acknowledged all;
  for (std::string line; std::getline(std::cin, line);) {
    auto const words = split(line, ' ');
    if (words.size() != 4) continue;  // cut off by the kill, or refused
    auto const id = parse_id_as<activity::ActivityTag>(words[1]);
    auto const head = audit::parse_head(words[3]);
    if (!id || words[2] != "2" || (!head && words[3] != "-")) continue;
    all.tokens[*id] = words[0];
    if (head && head->sequence > all.last.sequence) all.last = *head;
  }
  return all;
}

/// How many reports somebody sent in a moment; each of those who are asked to confirm them has one notice of all of these, with their number.
using Moments = std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>;

struct Moment {
  std::int64_t told = 0, reporter = 0, at = 0, reports = 0;
};

void check_notices(db::Reader& read, std::vector<std::string>& wrong) {
  Moments sent;
  read.each<Moment>("select 0, person, at, count(*) from activity_step where action = 'report' group by person, at", [&](Moment&& moment) {
    sent[{moment.reporter, moment.at}] = moment.reports;
  });
  std::map<std::int64_t, Moments> told;
  read.each<Moment>("select person, actor, at, count from notice where event = 'reported'", [&](Moment&& moment) {
    told[moment.told][{moment.reporter, moment.at}] = moment.reports;
  });
  if (told.empty() && !sent.empty()) wrong.emplace_back("nobody was told of a report");
  for (auto const& [person, moments] : told)
    if (moments != sent) wrong.push_back("notices and reports differ for " + id_text(person));
}

struct Checked {
  std::size_t reported = 0;
  std::vector<std::string> wrong;  ///< a line each
};

Checked look(db::Reader& read, Acknowledged const& acknowledged) {
  Checked checked;
  auto& wrong = checked.wrong;
  auto const people = reporters(read);
  auto lines = lines_of(read);
  auto promised = acknowledged.tokens;
  auto const take = [&](Stored&& activity) {
    auto const there = std::move(lines[activity.id]);
    lines.erase(activity.id);
    auto const promise = promised.find(activity.id);
    auto const report = sent(there, people);
    if (promise != promised.end()) {
      if (!report || report->report.token() != promise->second) wrong.push_back("was promised and is not there: " + promise->second);
      promised.erase(promise);
    }
    if (activity.state != "reported") {
      compare(activity.id, there, {}, wrong);
      if (activity.version != 1 || activity.attendance_low || activity.attendance_high)
        wrong.push_back("not reported, but changed: " + id_text(activity.id));
      return;
    }
    ++checked.reported;
    if (!report) return wrong.push_back("reported, but by no form: " + id_text(activity.id));
    auto const total = report->report.total();
    if (activity.version != 2 || activity.attendance_low != total || activity.attendance_high != total)
      wrong.push_back("reported with other counts: " + id_text(activity.id));
    // Half of the plans were marked as held before and half were not; which this one was the step says, and all else must agree.
    bool const held = std::ranges::any_of(there, [](auto const& line) { return line.starts_with("step 2 report held "); });
    compare(activity.id, there, expected(activity, report->report, report->person, held ? "held" : "approved"), wrong);
  };
  read.each<Stored>(
      "select id, state, version, attendance_low, attendance_high, lead from activity where substr(external_id, 1, 6) = 'crash-' order by id", take);
  for (auto const& [id, token] : promised) wrong.push_back("was promised and its activity is not there: " + token);
  for (auto const& [id, others] : lines)
    for (auto const& line : others)
      if (line.starts_with("form ") || line.starts_with("log ")) wrong.push_back("of an activity that is not there: " + line);
  check_notices(read, wrong);
  return checked;
}

}  // namespace

int check(db::Database& database) {
  auto const acknowledged = read_acknowledged();
  auto const checked = database.read([&](db::Reader& read) { return look(read, acknowledged); });
  constexpr std::size_t told = 10;
  for (std::size_t i = 0; i < checked.wrong.size() && i < told; ++i) fmt::print("{}\n", checked.wrong[i]);
  fmt::print("{} promised, {} reported, {} wrong\n", acknowledged.tokens.size(), checked.reported, checked.wrong.size());
  if (acknowledged.last.sequence > 0) fmt::print("head {}\n", audit::head_text(acknowledged.last));
  return checked.wrong.empty() ? 0 : 3;
}

}  // namespace birge::crash
