#include "features/work/result/result_form.hpp"

#include <algorithm>
#include <array>

#include "features/work/plan/plan_form.hpp"
#include "platform/base/text.hpp"

namespace birge::work {

using activity::Count;

namespace {

constexpr std::array methods{"sign_in_sheet", "head_count", "estimate", "ticket"};
constexpr std::size_t max_text = 4000, max_question = 200;

std::string field_of(std::string_view sex, std::string_view band) { return "n-" + std::string(sex) + "-" + std::string(band); }

/// Reads one form; what is wrong is told beside its field.
class ResultReader {
public:
  ResultReader(http::Parameters const& form, Activity const& activity, campaign::Facts const& facts)
      : form_(form), activity_(activity), facts_(facts) {}

  ReadResult read(Day today) {
    auto& result = read_.result;
    if (activity_.result) result = *activity_.result;
    result.cells.clear();
    result.attendance.reset();
    result.audience.reset();
    result.reported_day = today;
    result.counted_by = activity_.lead;
    for (auto const host : activity_.co_hosts)
      if (auto const* organisation = facts_.organisation(host); organisation && organisation->slug == form_.get("counted_by"))
        result.counted_by = host;
    cells();
    totals();
    method();
    texts();
    return std::move(read_);
  }

private:
  void fault(std::string field, Message message) { read_.faults.push_back({std::move(field), std::move(message)}); }

  void cells() {
    for (auto const sex : sex_codes)
      for (auto const& band : form_bands(facts_)) {
        auto const field = field_of(sex, band);
        auto const typed = clean_line(form_.get(field));
        if (typed.empty()) continue;
        auto const count = count_of(typed);
        if (!count) fault(field, message("“{}” is no number.", typed));
        else if (count->high > most_heads()) fault(field, message("More than {} is taken for a typing error.", most_heads()));
        else if (!count->zero()) {
          read_.result.cells.push_back({activity::sex_of(sex).value(), band, *count});
          read_.cells += *count;
        }
      }
  }

  std::int64_t most_heads() const {
    auto const* edition = facts_.edition(activity_.edition);
    return largest_count(edition ? edition->count_limit : 0);
  }

  std::optional<Count> number(std::string const& field, std::int64_t most) {
    auto const typed = clean_line(form_.get(field));
    if (typed.empty()) return std::nullopt;
    auto const count = count_of(typed);
    if (!count) fault(field, message("Give a number, or a range like 150-200."));
    else if (count->high > most) fault(field, message("More than {} is taken for a typing error.", most));
    else return count;
    return std::nullopt;
  }

  void totals() {
    auto const* edition = facts_.edition(activity_.edition);
    auto const before = read_.faults.size();
    auto& result = read_.result;
    result.attendance = number("total", most_heads());
    result.audience = number("audience", largest_count(edition ? edition->audience_limit : 0));
    if (read_.faults.size() != before) return;
    if (!result.attendance && !result.cells.empty()) {
      if (read_.cells.high > most_heads()) return fault("total", message("More than {} is taken for a typing error.", most_heads()));
      result.attendance = read_.cells;
    }
    if (!result.attendance && !result.audience) return fault("total", message("Say how many people came."));
    read_.differs = activity::sums(result).differs;
    read_.words.sum_differs = read_.differs && form_.get("differs") == "yes";
    if (read_.differs && !read_.words.sum_differs)
      fault("total", message("The counts by sex and age add up to {}, the total says {}. Put one of them right, or say that it does not add up.",
                             count_text(read_.cells), count_text(*result.attendance)));
  }

  void method() {
    auto const method = form_.get("method");
    if (std::ranges::find(methods, method) != methods.end()) read_.result.method = method;
    else fault("method", message("Say how you counted."));
  }

  std::string text(std::string const& field, std::size_t most) {
    auto text = clean_text(form_.get(field));
    if (length(text) > most) fault(field, message("This is too long: at most {} characters.", most));
    else if (holds_personal_number(text)) fault(field, message("This seems to hold a personal number of 14 digits. Take it out."));
    else if (to_look_at(form_, text, field == "narrative" && activity_.result ? activity_.result->narrative : std::string()))
      ask_to_look(read_.faults, field);
    return text;
  }

  void texts() {
    read_.result.narrative = text("narrative", max_text);
    read_.words.challenges = text("challenges", max_text);
    read_.words.recommendation = text("recommendation", max_text);
    for (int i = 1; i <= question_fields; ++i) {
      auto const number = std::to_string(i);
      auto asked = text("question" + number, max_question);
      auto const topic = form_.get("question_topic" + number);
      bool const known = facts_.codes.find("topic", topic) != nullptr;
      if (!asked.empty()) read_.words.questions.push_back({known ? std::string(topic) : std::string(), std::move(asked)});
    }
  }

  http::Parameters const& form_;
  Activity const& activity_;
  campaign::Facts const& facts_;
  ReadResult read_;
};

bool round(Count count) { return count.low % 10 == 0 && count.high % 10 == 0; }

}  // namespace

std::vector<std::string> form_bands(campaign::Facts const& facts) {
  std::vector<std::string> bands;
  for (auto const& band : facts.codes.list("age_band")) bands.push_back(band.code);
  bands.emplace_back("unknown");
  return bands;
}

ReadResult read_result(http::Parameters const& form, Activity const& activity, campaign::Facts const& facts, Day today) {
  return ResultReader(form, activity, facts).read(today);
}

http::Parameters typed_of(activity::Result const& result, ResultWords const& words) {
  std::vector<std::pair<std::string, std::string>> list;
  for (auto const& cell : result.cells) list.emplace_back(field_of(activity::code(cell.sex), cell.band), count_text(cell.count));
  if (result.attendance) list.emplace_back("total", count_text(*result.attendance));
  if (result.audience) list.emplace_back("audience", count_text(*result.audience));
  list.emplace_back("method", result.method);
  list.emplace_back("narrative", result.narrative);
  list.emplace_back("challenges", words.challenges);
  list.emplace_back("recommendation", words.recommendation);
  if (words.sum_differs) list.emplace_back("differs", "yes");
  int number = 0;
  for (auto const& question : words.questions) {
    ++number;
    list.emplace_back("question" + std::to_string(number), question.text);
    list.emplace_back("question_topic" + std::to_string(number), question.topic);
  }
  return http::Parameters::of(std::move(list));
}

std::vector<Message> unlikely(Activity const& activity, std::vector<Activity> const& before) {
  std::vector<Message> reasons;
  if (!activity.result) return reasons;
  auto const& result = *activity.result;
  if (auto const sums = activity::sums(result); sums.differs)
    reasons.push_back(message("The counts by sex and age add up to {}, the total says {}.", count_text(sums.cells), count_text(*result.attendance)));
  auto const far_more = [&](Count count) { return activity.expected && activity.expected->high > 0 && count.low >= 10 * activity.expected->high; };
  // Of a broadcast alone nobody counts each listener: round numbers are what there is.
  if (!result.attendance && result.audience && far_more(*result.audience))
    reasons.push_back(message("Far more than expected: {} listeners, viewers or readers, {} were expected.", count_text(*result.audience),
                              count_text(*activity.expected)));
  if (!result.attendance) return reasons;
  auto const came = *result.attendance;
  if (far_more(came))
    reasons.push_back(message("Far more than expected: {} came, {} were expected.", count_text(came), count_text(*activity.expected)));
  bool const all_round = round(came) && std::ranges::all_of(result.cells, [](activity::Cell const& cell) { return round(cell.count); });
  if (came.low >= 50 && all_round) reasons.push_back(message("Round numbers only."));
  for (auto const& other : before) {
    if (other.id == activity.id || !other.result || !other.result->attendance || came.low < 10) continue;
    bool const same = *other.result->attendance == came && other.result->cells == result.cells;
    if (!same || other.lead != activity.lead || other.day >= activity.day || days_between(other.day, activity.day) > 14) continue;
    reasons.push_back(message("The same numbers as on {}.", other.day));
    break;
  }
  return reasons;
}

}  // namespace birge::work
