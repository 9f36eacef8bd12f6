#include "features/evidence/evidence_store.hpp"

#include "features/audit/audit.hpp"
#include "features/evidence/evidence_words.hpp"
#include "platform/base/problem.hpp"

namespace birge::evidence {

namespace {

/// When everybody sees a picture `e` of the activity `a`: its people let it, somebody looked at it and let it through, and its result is confirmed.
constexpr db::Literal everybody_sees(
    "(e.kind = 'picture' and e.wanted = 1 and e.looked = 1 and e.released_at is not null and e.caption <> '' and e.people <= e.consent"
    " and e.minors <= e.guardians and a.state = 'confirmed' and a.visibility = 'public')");

audit::Who who(Scene const& scene) { return audit::Who::person(scene.person, scene.organisation); }

audit::Entry entry_of(Scene const& scene, audit::Word action, ActivityId activity) {
  audit::Entry entry{who(scene), action, {"activity", activity}, scene.now};
  entry.in(scene.region, scene.lead);
  return entry;
}

audit::Entry entry_of(Scene const& scene, audit::Word action, Item const& item) {
  auto entry = entry_of(scene, action, item.activity);
  entry.with("evidence", item.id).with("kind", audit::Value::pack_code(item.kind));
  return entry;
}

/// As it is stored at this moment; it may be gone meanwhile.
Item stored(db::Tx& tx, Item const& item) {
  auto found = Store(tx).find(item.activity, item.id);
  if (!found) throw Problem(Failure::not_found, message("Somebody took it away meanwhile."));
  return std::move(*found);
}

}  // namespace

std::vector<Item> Store::of_activity(ActivityId activity) {
  return read_.all<Item>(
      "select id, activity, kind, file, bytes, width, height, preview, preview_width, preview_height, caption, language,"
      " looked, people, minors, consent, guardians, wanted, released_at, released_by, added, added_by, version from evidence where activity = $1 order by id",
      activity);
}

std::optional<Item> Store::find(ActivityId activity, EvidenceId id) {
  return read_.maybe<Item>(
      "select id, activity, kind, file, bytes, width, height, preview, preview_width, preview_height, caption, language,"
      " looked, people, minors, consent, guardians, wanted, released_at, released_by, added, added_by, version from evidence where id = $1 and activity = $2",
      id, activity);
}

std::vector<PublicPicture> Store::public_pictures(ActivityId activity) {
  db::Sql sql(
      "select e.id, e.file, e.preview, e.width, e.height, e.preview_width, e.preview_height, e.caption, e.language from evidence e"
      " join activity a on a.id = e.activity where e.activity = ? and ",
      activity);
  return read_.all<PublicPicture>(sql.add(everybody_sees).add(" order by e.id"));
}

bool Store::is_public_file(std::string_view file) {
  db::Sql sql("select 1 from evidence e join activity a on a.id = e.activity where e.file = ? and ", file);
  sql.add(everybody_sees)
      .add(" union all select 1 from evidence e join activity a on a.id = e.activity where e.preview = ? and e.preview <> '' and ", file);
  return read_.maybe<std::int64_t>(sql.add(everybody_sees)).has_value();
}

std::string Store::sheet_answer(ActivityId activity) {
  return read_.maybe<std::string>("select answer from sheet_answer where activity = $1", activity).value_or("");
}

bool Store::posted(PersonId person, std::string_view token) {
  return read_.maybe<std::int64_t>("select 1 from evidence where added_by = $1 and token = $2", person, token).has_value();
}

std::set<std::string, std::less<>> Store::files() {
  std::set<std::string, std::less<>> names;
  read_.each<std::string>("select file from evidence union select preview from evidence where preview <> ''",
                          [&](std::string&& name) { names.insert(std::move(name)); });
  return names;
}

std::vector<EvidenceId> Store::sheets_to_delete(Instant now, int limit) {
  // A sheet that came in after the confirmation stays as long after that.
  return read_.all<EvidenceId>(
      "select e.id from evidence e where e.kind = 'sheet' and e.added <= $1 and (e.added <= $2 or exists (select 1 from result_confirmation c"
      " where c.activity = e.activity and c.at <= $1)) order by e.id limit $3",
      now - sheet_kept_after_confirmation, now - sheet_kept_at_most, limit);
}

std::map<ActivityId, Counts> evidence_of(db::Reader& read, std::vector<ActivityId> const& activities) {
  struct Row {
    ActivityId activity;
    std::string kind;
    std::int64_t count, shown;
  };
  std::map<ActivityId, Counts> result;
  if (activities.empty()) return result;
  db::Sql sql("select e.activity, e.kind, count(*), sum(case when ");
  sql.add(everybody_sees);
  sql.add(" then 1 else 0 end) from evidence e join activity a on a.id = e.activity where e.activity in (?", activities.front());
  db::Sql answers("select activity from sheet_answer where answer = 'kept' and activity in (?", activities.front());
  for (std::size_t i = 1; i < activities.size(); ++i) {
    sql.add(", ?", activities[i]);
    answers.add(", ?", activities[i]);
  }
  sql.add(") group by e.activity, e.kind");
  answers.add(")");
  read.each<Row>(sql, [&](Row&& row) {
    auto& counts = result[row.activity];
    auto const count = static_cast<int>(row.count);
    switch (kind_of(row.kind).value()) {
      case Kind::picture:
        counts.pictures = count;
        counts.public_pictures = static_cast<int>(row.shown);
        break;
      case Kind::document: counts.documents = count; break;
      case Kind::sheet: counts.sheets = count; break;
      case Kind::order: counts.orders = count; break;
    }
  });
  read.each<ActivityId>(answers, [&](ActivityId&& id) { result[id].sheet_kept = true; });
  return result;
}

Outcome add(db::Tx& tx, Scene const& scene, Item const& item, std::string_view token) {
  Store store(tx);
  if (store.posted(scene.person, token)) return Outcome::repeated;
  auto const there = store.of_activity(item.activity);
  if (static_cast<int>(there.size()) >= most_of_activity)
    throw Problem(Failure::unprocessable, message("An activity has at most {} pictures and documents. Take one away first.", most_of_activity));
  for (auto const& other : there)
    if (other.file == item.file && other.kind == item.kind) throw Problem(Failure::unprocessable, message("This very file is here already."));
  tx.run(
      "insert into evidence (id, activity, kind, file, bytes, width, height, preview, preview_width, preview_height, caption, language, looked, people, minors,"
      " consent, guardians, wanted, released_at, released_by, added, added_by, token, version, searched)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, null, null, $19, $20, $21, 1, 1)",
      item.id, item.activity, item.kind, item.file, item.bytes, item.width, item.height, item.preview, item.preview_width, item.preview_height,
      item.caption, item.language, item.looked, item.people, item.minors, item.consent, item.guardians, item.wanted, scene.now, scene.person, token);
  put_caption_words(tx, item.id, item.caption);
  if (item.what() == Kind::sheet) answer_sheet(tx, scene, item.activity, "uploaded");
  audit::record(tx, entry_of(scene, "evidence_added", item));
  return Outcome::done;
}

Outcome describe(db::Tx& tx, Scene const& scene, Item const& item, bool releases) {
  auto const before = stored(tx, item);
  if (before.version != item.version) return Outcome::stale;
  auto after = item;
  after.released_at = std::nullopt;
  bool const as_let_through = before.caption == item.caption && before.people == item.people && before.minors == item.minors;
  bool const stays = before.released_at && can_be_released(after) && (as_let_through || releases);
  tx.run(
      "update evidence set caption = $2, language = $3, looked = $4, people = $5, minors = $6, consent = $7, guardians = $8,"
      " wanted = $9, released_at = $10, released_by = $11, version = version + 1 where id = $1",
      item.id, item.caption, item.language, item.looked, item.people, item.minors, item.consent, item.guardians, item.wanted,
      stays ? before.released_at : std::nullopt, stays ? before.released_by : std::nullopt);
  auto entry = entry_of(scene, "evidence_described", item);
  if (before.caption != item.caption) {
    forget_caption_words(tx, item.id);
    put_caption_words(tx, item.id, item.caption);
    entry.text_changed("caption");
  }
  entry.changed("people", before.people, item.people).changed("minors", before.minors, item.minors);
  entry.changed("consent", before.consent, item.consent).changed("guardians", before.guardians, item.guardians);
  audit::record(tx, entry.changed("wanted", before.wanted, item.wanted));
  return Outcome::done;
}

Outcome release(db::Tx& tx, Scene const& scene, Item const& item) {
  auto const before = stored(tx, item);
  if (before.version != item.version) return Outcome::stale;
  if (before.released_at) return Outcome::repeated;
  if (!can_be_released(before)) throw Problem(Failure::unprocessable, why_not_public(before, {}));
  tx.run("update evidence set released_at = $2, released_by = $3, version = version + 1 where id = $1", item.id, scene.now, scene.person);
  audit::record(tx, entry_of(scene, "evidence_published", item));
  return Outcome::done;
}

void withdraw(db::Tx& tx, Scene const& scene, Item const& item) {
  static_cast<void>(stored(tx, item));
  tx.run("update evidence set consent = 0, guardians = 0, wanted = 0, released_at = null, released_by = null, version = version + 1 where id = $1",
         item.id);
  audit::record(tx, entry_of(scene, "evidence_withdrawn", item));
}

void remove(db::Tx& tx, Scene const& scene, Item const& item) {
  static_cast<void>(stored(tx, item));
  forget_caption_words(tx, item.id);
  tx.run("delete from evidence where id = $1", item.id);
  if (item.what() == Kind::sheet)
    tx.run(
        "delete from sheet_answer where activity = $1 and answer = 'uploaded' and not exists (select 1 from evidence e where e.activity = $1"
        " and e.kind = 'sheet')",
        item.activity);
  audit::record(tx, entry_of(scene, "evidence_removed", item));
}

void note_opened_sheet(db::Tx& tx, Scene const& scene, Item const& item) { audit::record(tx, entry_of(scene, "sheet_opened", item)); }

void answer_sheet(db::Tx& tx, Scene const& scene, ActivityId activity, std::string_view answer) {
  auto const before = Store(tx).sheet_answer(activity);
  if (before == answer) return;
  tx.run(
      "insert into sheet_answer (activity, answer, at, person) values ($1, $2, $3, $4)"
      " on conflict (activity) do update set answer = excluded.answer, at = excluded.at, person = excluded.person",
      activity, answer, scene.now, scene.person);
  auto entry = entry_of(scene, "sheet_answered", activity);
  audit::record(tx, entry.with("sheet", audit::Value::pack_code(answer)));
}

int delete_sheets(db::Tx& tx, std::vector<EvidenceId> const& sheets, Instant now) {
  int deleted = 0;
  for (auto const id : sheets) {
    auto const activity = tx.maybe<ActivityId>("select activity from evidence where id = $1 and kind = 'sheet'", id);
    if (!activity) continue;
    forget_caption_words(tx, id);
    tx.run("delete from evidence where id = $1", id);
    audit::Entry entry{audit::Who::system(), "sheet_deleted", {"activity", *activity}, now};
    audit::record(tx, entry.with("evidence", id));
    ++deleted;
  }
  return deleted;
}

}  // namespace birge::evidence
