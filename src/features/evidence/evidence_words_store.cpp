#include "features/evidence/evidence_words.hpp"

#include "platform/base/text.hpp"

namespace birge::evidence {

namespace {

constexpr char const* kind_name = "index_captions";
constexpr int indexed_at_once = 500;

}  // namespace

void put_caption_words(db::Tx& tx, EvidenceId id, std::string_view caption) {
  for (auto const& word : words(caption)) tx.put("insert into caption_word (word, evidence) values ($1, $2)", word, id);
}

void forget_caption_words(db::Tx& tx, EvidenceId id) { tx.put("delete from caption_word where evidence = $1", id); }

jobs::Kind captions_indexed() {
  return {
      kind_name, [](jobs::Job const&) -> jobs::Finish {
        return [](db::Tx& tx) {
          struct Old {
            EvidenceId id;
            std::string caption;
          };
          for (auto const& [id, caption] : tx.all<Old>("select id, caption from evidence where searched = 0 order by id limit $1", indexed_at_once)) {
            forget_caption_words(tx, id);  // of one that was described anew meanwhile
            put_caption_words(tx, id, caption);
            tx.put("update evidence set searched = 1 where id = $1", id);
          }
        };
      }};
}

jobs::Schedule captions_indexed_often() {
  return jobs::every(kind_name, std::chrono::minutes(1),
                     [](db::Reader& read) { return read.maybe<EvidenceId>("select id from evidence where searched = 0 limit 1").has_value(); });
}

}  // namespace birge::evidence
