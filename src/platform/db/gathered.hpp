#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/text.hpp"
#include "platform/db/db.hpp"

namespace birge::db {

/// Rows that many writes put into the same few tables, so that one statement takes those of one table instead of one for each row: what a server does for
/// a statement is often more than what it does for its row.
class GatheredRows {
public:
  /// `of_one` is the text of one row, `sql` that of so many, whose values follow each other.
  using Send = std::function<void(std::string_view of_one, std::string_view sql, std::span<Value const> values, std::size_t rows)>;

  /// `sql` is "insert into TABLE (...) values ($1, $2, ...)" and what may come after, or "update TABLE set column = $2, ... where id = $1 and ...", with as
  /// many placeholders as values and nothing selected; one text for a table. Copies the values. Throws Error where it is something else.
  void add(std::string_view sql, std::span<Value const> values);

  bool empty() const { return waiting_.empty(); }

  /// Whether a statement works with a table that rows wait for: names it after from, join, using, into or update, in small letters and after one space, or in
  /// the list of tables after from. As every statement here is written; a view or a trigger, which would name it unseen, there is none.
  bool concern(std::string_view sql) const;

  /// Gives all rows to `send`: texts in the order in which they came first, the rows of each in their order. None waits afterwards, even if `send` throws.
  void send_all(Send const& send);

  void clear();

private:
  /// The rows of one text.
  struct Kind {
    std::string of_one, table, head, tail;  ///< before and after the list of rows
    std::size_t width = 0;
    std::vector<Value> values;                    ///< row after row; texts lie in `texts`
    std::vector<std::string> texts;               ///< of those values that are texts or bytes, in their order
    std::map<std::size_t, std::string> for_many;  ///< the text that takes so many
  };
  static Kind kind_of(std::string_view sql, std::size_t width);
  static std::string const& text_for(Kind& kind, std::size_t rows);
  static void send_rows(Kind& kind, Send const& send);

  std::unordered_map<std::string, Kind, TextHash, std::equal_to<>> kinds_;
  std::vector<Kind*> waiting_;
};

}  // namespace birge::db
