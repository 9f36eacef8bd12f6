#include "platform/sheet/csv_record.hpp"

#include <algorithm>
#include <map>

namespace birge::sheet {
namespace {

/// Walks through one record.
class Walk {
public:
  Walk(std::string_view text, char delimiter, Quotes quotes, bool at_end, Bounds const& bounds)
      : text_(text), delimiter_(delimiter), quotes_(quotes), at_end_(at_end), bounds_(bounds) {}

  CsvRecord run() {
    do {
      bool const quoted = quotes_ == Quotes::meant && at_ < text_.size() && text_[at_] == '"';
      if (!(quoted ? quoted_field() : plain_field())) return std::move(record_);
      if (record_.fields.size() > bounds_.fields) {
        stop(CsvRecord::State::too_wide);
        return std::move(record_);
      }
    } while (after_field());
    return std::move(record_);
  }

private:
  bool stop(CsvRecord::State state) {
    record_.state = state;
    return false;
  }
  bool is_break(char c) const { return c == '\n' || c == '\r'; }

  bool plain_field() {
    auto end = at_;
    while (end < text_.size() && text_[end] != delimiter_ && !is_break(text_[end])) ++end;
    if (end - at_ > bounds_.field_bytes) return stop(CsvRecord::State::too_long);
    if (end == text_.size() && !at_end_) return stop(CsvRecord::State::needs_more);
    record_.fields.emplace_back(text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  /// The length of the blanks and the end of field after the quote at `quote`, or nothing if that quote closes no field.
  bool closes(std::size_t quote, std::size_t& after) const {
    after = quote + 1;
    while (after < text_.size() && text_[after] == ' ') ++after;
    return after == text_.size() || text_[after] == delimiter_ || is_break(text_[after]);
  }

  bool quoted_field() {
    std::string field;
    for (auto position = at_ + 1;;) {
      auto const quote = text_.find('"', position);
      auto const end = std::min(quote, text_.size());
      field += text_.substr(position, end - position);
      if (field.size() > bounds_.field_bytes) return stop(CsvRecord::State::unclosed);
      if (quote == std::string_view::npos) return stop(at_end_ ? CsvRecord::State::unclosed : CsvRecord::State::needs_more);
      if (quote + 1 == text_.size() && !at_end_) return stop(CsvRecord::State::needs_more);
      std::size_t after = 0;
      if (quote + 1 < text_.size() && text_[quote + 1] == '"') {
        field += '"';
        position = quote + 2;
      } else if (closes(quote, after)) {
        if (after == text_.size() && !at_end_) return stop(CsvRecord::State::needs_more);
        at_ = after;
        break;
      } else {  // a quote in the middle that somebody forgot to double
        record_.stray_quote = true;
        field += '"';
        position = quote + 1;
      }
    }
    record_.spans_lines |= field.find_first_of("\r\n") != std::string::npos;
    record_.fields.push_back(std::move(field));
    return true;
  }

  /// Steps over what ended the field; true if another field follows.
  bool after_field() {
    if (at_ < text_.size() && text_[at_] == delimiter_) {
      ++at_;
      return true;
    }
    if (at_ < text_.size() && text_[at_] == '\r') {
      if (at_ + 1 == text_.size() && !at_end_) return stop(CsvRecord::State::needs_more);
      ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    } else if (at_ < text_.size()) {
      ++at_;
    }
    record_.end = at_;
    return false;
  }

  std::string_view text_;
  char delimiter_;
  Quotes quotes_;
  bool at_end_;
  Bounds bounds_;
  std::size_t at_ = 0;
  CsvRecord record_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The share of delimiters that look like something else: decimal commas, or commas of a sentence.
double doubtful_share(std::string_view sample, char delimiter) {
  std::size_t all = 0, doubtful = 0;
  for (std::size_t i = 1; i + 1 < sample.size(); ++i) {
    if (sample[i] != delimiter) continue;
    ++all;
    if ((is_digit(sample[i - 1]) && is_digit(sample[i + 1])) || sample[i + 1] == ' ') ++doubtful;
  }
  return all == 0 ? 0 : static_cast<double>(doubtful) / static_cast<double>(all);
}

struct Judgement {
  double score = 0;
  std::size_t columns = 1;
};

Judgement judge(std::string_view sample, char delimiter, bool whole) {
  std::map<std::size_t, std::size_t> counts;
  std::size_t records = 0, header = 0;
  for (auto rest = sample; !rest.empty() && records < 200;) {
    auto record = parse_record(rest, delimiter, Quotes::meant, whole, {});
    if (record.state == CsvRecord::State::unclosed) record = parse_record(rest, delimiter, Quotes::literal, whole, {});
    // A header longer than the sample still tells its delimiter: by how many fields end in it. Whole records always tell more.
    if (record.state != CsvRecord::State::complete && records == 0)
      return {static_cast<double>(record.fields.size()) / 1e6, record.fields.size() + 1};
    if (record.state != CsvRecord::State::complete) break;
    rest.remove_prefix(record.end);
    auto const width = record.fields.size();
    if (width == 1 && record.fields[0].empty()) continue;
    if (header == 0 && width > 1) header = width;
    ++counts[width];
    ++records;
  }
  counts.erase(1);
  if (counts.empty()) return {};
  auto const most = std::max_element(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.second < b.second; });
  double const share = static_cast<double>(most->second) / static_cast<double>(records);
  double const even_header = most->first == header ? 0.5 : 0;
  return {share + even_header - 0.5 * doubtful_share(sample, delimiter), most->first};
}

}  // namespace

CsvRecord parse_record(std::string_view text, char delimiter, Quotes quotes, bool at_end, Bounds const& bounds) {
  return Walk(text, delimiter, quotes, at_end, bounds).run();
}

Delimiter find_delimiter(std::string_view sample, bool whole) {
  // Where two make an equally even table, the one that people do not write within texts wins.
  Delimiter best;
  double best_score = 0;
  for (char const candidate : {'\t', ';', ','}) {
    auto const judgement = judge(sample, candidate, whole);
    if (judgement.columns < 2 || judgement.score <= best_score) continue;
    best = {candidate, judgement.columns};
    best_score = judgement.score;
  }
  return best;
}

}  // namespace birge::sheet
