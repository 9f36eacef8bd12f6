#include "features/work/talk/talk_words.hpp"

#include "features/work/talk/talk_mention.hpp"
#include "platform/base/text.hpp"

namespace birge::work {

namespace {

constexpr char const* kind_name = "index_remarks";
constexpr int indexed_at_once = 500;

}  // namespace

void put_remark_words(db::Tx& tx, std::int64_t remark, std::string_view text) {
  for (auto const& word : words(without_mentions(text)))
    tx.put("insert into remark_word (word, remark) values ($1, $2) on conflict do nothing", word, remark);
}

void forget_remark_words(db::Tx& tx, std::int64_t remark) { tx.put("delete from remark_word where remark = $1", remark); }

jobs::Kind remarks_indexed() {
  return {kind_name, [](jobs::Job const&) -> jobs::Finish {
            return [](db::Tx& tx) {
              struct Old {
                std::int64_t id = 0;
                std::string text;
              };
              for (auto const& [id, text] : tx.all<Old>("select id, text from remark where searched = 0 order by id limit $1", indexed_at_once)) {
                put_remark_words(tx, id, text);
                tx.put("update remark set searched = 1 where id = $1", id);
              }
            };
          }};
}

jobs::Schedule remarks_indexed_often() {
  return jobs::every(kind_name, std::chrono::minutes(1),
                     [](db::Reader& read) { return read.maybe<std::int64_t>("select id from remark where searched = 0 limit 1").has_value(); });
}

}  // namespace birge::work
