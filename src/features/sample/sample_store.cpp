#include "features/sample/sample_store.hpp"

#include "features/sample/sample_words.hpp"

namespace birge::sample {

campaign::EditionId add_edition(db::Tx& tx, IdMaker& ids, Options const& options) {
  if (tx.maybe<std::int64_t>("select id from edition where slug = $1", options.slug))
    throw Problem(Failure::conflict, message("The edition “{}” is there already.", options.slug));
  auto const id = ids.make<campaign::EditionTag>();
  auto const until = options.campaign_from.plus(99);
  tx.run("insert into edition (id, slug, year, sample, due_days, count_limit, audience_limit) values ($1, $2, $3, 1, 3, 50000, 5000000)", id,
         options.slug, options.campaign_from.year());
  tx.run(
      "insert into edition_dates (edition, version, preparation_from, campaign_from, campaign_until, closing_until, conference_day, reason)"
      " values ($1, 1, $2, $3, $4, $5, $6, '')",
      id, options.campaign_from.plus(-60), options.campaign_from, until, until.plus(60), until.plus(35));
  auto const aim = [&](std::string_view kind, std::int64_t activities, std::int64_t attendances) {
    tx.run("insert into edition_target (edition, region, kind, activities, attendances) values ($1, 0, $2, $3, $4)", id, kind, activities,
           attendances);
  };
  aim("", options.activities, std::int64_t{60} * options.activities);
  aim("lecture", options.activities / 8, std::int64_t{6} * options.activities);
  aim("forum_theatre", options.activities / 10, std::int64_t{5} * options.activities);
  auto const put = [&](std::string_view language, std::string_view name, std::string_view slogan, std::string_view about) {
    tx.run("insert into edition_text (edition, language, name, slogan, about) values ($1, $2, $3, $4, $5)", id, language, name, slogan, about);
  };
  put("ky", "Адам сатууга каршы 100 күн (үлгү)", "Бирге каршы турабыз",
      "Бул — Birge кандай иштээрин көрсөтүү үчүн ойдон чыгарылган үлгү. Мындагы уюмдар да, иш-чаралар да чыныгы эмес.");
  put("ru", "100 дней против торговли людьми (пример)", "Противостоим вместе",
      "Это пример, придуманный, чтобы показать, как работает Birge. Организации и мероприятия здесь ненастоящие.");
  put("en", "100 Days against Trafficking in Persons (sample)", "Standing together",
      "This is a sample, made up to show how Birge works. Neither its organisations nor its activities are real.");
  return id;
}

void add_hosts(db::Tx& tx, campaign::EditionId edition, campaign::Facts const& facts) {
  int position = 0;
  for (auto const& invented : organisations()) {
    std::string_view const role = invented.kind == "state_body" ? "lead" : invented.kind == "international" ? "donor" : "partner";
    tx.run("insert into edition_organisation (edition, organisation, role, position) values ($1, $2, $3, $4)", edition,
           facts.organisation_slugs.at(std::string(invented.slug)), role, position++);
  }
}

}  // namespace birge::sample
