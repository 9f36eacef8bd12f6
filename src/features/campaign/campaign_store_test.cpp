#include <algorithm>
#include <filesystem>
#include <fstream>

#include "features/campaign/campaign.hpp"
#include "platform/base/embedded.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/testing.hpp"

namespace birge::campaign {
namespace {

Day day(char const* iso) { return Day::parse(iso).value(); }

class CampaignStore : public testing::TestWithParam<db::Engine> {
protected:
  CampaignStore() {
    // The few places that organisations of the pack name; the tree itself is the matter of another feature.
    database_->write([&](db::Tx& tx) {
      tx.run("insert into place (id, level, kind, code, pcode, path, path_end, position) values (1, 0, 'country', 'kg', 'KG', 'kg/', 'kg0', 0)");
      int number = 1;
      for (std::string const pcode : {"KG02", "KG03", "KG04", "KG05", "KG06", "KG07", "KG08", "KG11", "KG21"}) {
        ++number;
        tx.run(R"(insert into place (id, parent, level, kind, code, pcode, path, path_end, position)
                  values ($1, 1, 1, 'oblast', $2, $3, $4, $5, $1))",
               number, "test-" + pcode, pcode + "000000000", "kg/" + pcode + "/", "kg/" + pcode + "0");
      }
    });
  }
  std::string facts_version_now() {
    return database_->read([](db::Reader& read) { return place::facts_version.of(read); });
  }
  bool load(PackFiles const& files = PackFiles::embedded("kg")) {
    return database_->write([&](db::Tx& tx) { return load_pack(tx, ids_, files, clock_.now()); });
  }
  template <class Function>
  auto ask(Function&& function) {
    return database_->read([&](db::Reader& read) {
      Store store(read);
      return function(store);
    });
  }
  Codes codes() {
    return database_->read([](db::Reader& read) { return Codes::load(read); });
  }
  Edition edition(std::string const& slug) {
    auto const editions = ask([](Store& store) { return store.editions(); });
    return *std::ranges::find(editions, slug, &Edition::slug);
  }
  Contact contact(std::string const& code) {
    auto const contacts = ask([](Store& store) { return store.contacts(); });
    return *std::ranges::find(contacts, code, &Contact::code);
  }
  void check(std::string const& contact, char const* on, std::string const& who, std::string const& how, bool works) {
    database_->write([&](db::Tx& tx) { record_check(tx, ids_, contact, day(on), who, how, works, "", day("2026-11-21")); });
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{parse_instant("2026-11-21T06:00:00Z").value()};
  IdMaker ids_{clock_, 0};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, CampaignStore, db::both_engines(), db::engine_name);

/// A copy of the pack of the program in a folder, where a test can change it.
class PackCopy {
public:
  PackCopy() : folder_(db::test_folder() + "/pack_" + std::to_string(++made)) {
    std::string const prefix = "countries/kg/";
    for (auto const& file : embedded_folder(prefix)) {
      auto const path = std::filesystem::path(folder_) / file.name.substr(prefix.size());
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << file.bytes;
    }
  }
  void change(std::string const& name, std::string const& from, std::string const& to) {
    auto text = files().require(name);
    auto const at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  PackFiles files() const { return PackFiles::on_disk(folder_); }

private:
  static inline int made = 0;
  std::string folder_;
};

TEST_P(CampaignStore, ACheckOfAnUnknownContactIsRefused) { EXPECT_THROW(check("999", "2026-11-20", "UNODC", "called", true), Problem); }

TEST_P(CampaignStore, ACheckInTheFutureIsRefused) {
  load();
  EXPECT_THROW(check("1899", "2026-11-22", "UNODC", "called", true), Problem);
}

TEST_P(CampaignStore, ACheckWithoutWhoOrHowIsRefused) {
  load();
  EXPECT_THROW(check("1899", "2026-11-20", " ", "called", true), Problem);
  EXPECT_THROW(check("1899", "2026-11-20", "UNODC", "", true), Problem);
  EXPECT_FALSE(contact("1899").checked);
}

TEST_P(CampaignStore, TheLatestCheckDecidesWhetherANumberIsShown) {
  load();
  EXPECT_FALSE(contact("1899").checked);
  EXPECT_FALSE(contact("1899").found_dead);
  check("1899", "2026-11-20", "State Migration Service", "called", true);
  EXPECT_EQ(contact("1899").checked, day("2026-11-20"));
  EXPECT_EQ(contact("1899").checked_by, "State Migration Service");
  check("1899", "2026-11-21", "UNODC", "called", false);
  EXPECT_TRUE(contact("1899").found_dead);
  EXPECT_EQ(contact("1899").checked, day("2026-11-20"));
  check("1899", "2026-11-19", "UNODC", "called", true);  // written down later, but older
  EXPECT_TRUE(contact("1899").found_dead);
  check("1899", "2026-11-21", "UNODC", "called again", true);
  EXPECT_FALSE(contact("1899").found_dead);
  EXPECT_EQ(contact("1899").checked_how, "called again");
}

TEST_P(CampaignStore, APackWithASpellingThatMeansTwoCodesIsRefused) {
  PackCopy pack;
  pack.change("codes.csv", "брифинг|", "брифинг|велопробег|");
  EXPECT_THROW(load(pack.files()), Problem);
}

TEST_P(CampaignStore, APackWithALowConfidenceNumberIsRefused) {
  PackCopy pack;
  pack.change("contacts.csv", "2018-11-27,medium", "2018-11-27,low");
  EXPECT_THROW(load(pack.files()), Problem);
}

TEST_P(CampaignStore, APackWhoseEditionNamesAnUnknownOrganisationOrSourceIsRefused) {
  PackCopy organisation, source, toml, days;
  organisation.change("editions/2018.toml", "\"unicef\"", "\"uniceff\"");
  EXPECT_THROW(load(organisation.files()), Problem);
  source.change("editions/2018.toml", "source = \"unodc-2018\"", "source = \"somebody\"");
  EXPECT_THROW(load(source.files()), Problem);
  toml.change("editions/2018.toml", "[about]", "[about");
  EXPECT_THROW(load(toml.files()), Problem);
  days.change("editions/2018.toml", "campaign_until = 2018-12-10", "campaign_until = 2018-08-10");
  EXPECT_THROW(load(days.files()), Problem);
}

TEST_P(CampaignStore, TheSamePackTwiceChangesNothing) {
  EXPECT_TRUE(load());
  auto const version = facts_version_now();
  EXPECT_FALSE(version.empty());
  EXPECT_FALSE(load());
  EXPECT_EQ(facts_version_now(), version);
}

TEST_P(CampaignStore, ANewerPackUpdatesWhatItHasAndKeepsWhatIsOurs) {
  load();
  auto const id = edition("2018").id;
  check("103", "2026-11-20", "Ministry of Health", "called", true);
  check("111", "2026-11-20", "UNICEF", "called", true);
  PackCopy pack;
  pack.change("editions/2018.toml", "conference_day = 2018-12-14", "conference_day = 2018-12-15");
  pack.change("editions/2017.toml", "low = 10000", "low = 10001");
  pack.change("codes.csv", "Форум-театр,Форум-театр,Forum theatre,театр-форум|", "Форум-театр,Форум-театр,Theatre of the forum,");
  pack.change("organisations.csv", "Osh City Hall,Ош мэриясы", "City Hall of Osh,Ош мэриясы");
  pack.change("contacts.csv", "\n111,111,", "\n112,112,");
  EXPECT_TRUE(load(pack.files()));

  EXPECT_EQ(edition("2018").id, id);
  EXPECT_EQ(edition("2018").conference_day, day("2018-12-15"));
  auto const first = edition("2017").id;
  auto const figures = ask([&](Store& store) { return store.stated_figures(first); });
  EXPECT_TRUE(std::ranges::any_of(figures, [](auto const& figure) { return figure.low == 10001 && !figure.high; }));
  EXPECT_EQ(codes().name("kind", "forum_theatre", Language::en), "Theatre of the forum");
  EXPECT_FALSE(codes().match("kind", "театр-форум"));
  EXPECT_TRUE(contact("103").checked);
  auto const contacts = ask([](Store& store) { return store.contacts(); });
  EXPECT_TRUE(std::ranges::none_of(contacts, [](auto const& each) { return each.code == "111"; }));
  auto const hall = database_->read([](db::Reader& read) { return coalition::Store(read).by_slug("osh-city-hall").value(); });
  EXPECT_EQ(hall.name(Language::en), "City Hall of Osh");
  EXPECT_FALSE(load(pack.files()));
}

TEST_P(CampaignStore, AnExtensionIsANewVersionOfTheDates) {
  load();
  PackCopy pack;
  pack.change("editions/2018.toml", "[names]",
              "[[dates]]\nversion = 2\npreparation_from = 2018-07-02\ncampaign_from = 2018-09-10\ncampaign_until = 2018-12-20\n"
              "closing_until = 2019-01-25\nreason = \"Extended by ten days\"\n\n[names]");
  load(pack.files());
  auto const extended = edition("2018");
  EXPECT_EQ(extended.dates_version, 2);
  EXPECT_EQ(extended.campaign_until, day("2018-12-20"));
  EXPECT_EQ(extended.stage(day("2018-12-15")), Stage::campaign);
  EXPECT_FALSE(extended.conference_day);
}

TEST_P(CampaignStore, TheDocumentedEditionsAreAsPublished) {
  load();
  auto const first = edition("2017");
  EXPECT_EQ(first.campaign_from, day("2017-07-31"));
  EXPECT_EQ(first.conference_day, day("2018-01-12"));
  EXPECT_EQ(first.count_limit, 50000);
  EXPECT_FALSE(first.sample);
  auto const figures = ask([&](Store& store) { return store.stated_figures(first.id); });
  ASSERT_EQ(figures.size(), 5u);
  EXPECT_EQ(figures[0].measure, "activities");
  EXPECT_EQ(figures[0].low, 77);
  EXPECT_EQ(figures[0].high, 77);
  EXPECT_EQ(figures[1].measure, "attendances");
  EXPECT_FALSE(figures[1].high);
  EXPECT_NE(figures[1].source_address.find("unodc.org"), std::string::npos);
  auto const second = edition("2018");
  EXPECT_EQ(second.slogan(Language::en), "Youth stands for the campaign");
  auto const participants = ask([&](Store& store) { return store.participants(second.id); });
  ASSERT_EQ(participants.size(), 9u);
  EXPECT_EQ(participants.front().role, "lead");
  EXPECT_EQ(participants.back().role, "donor");
  EXPECT_EQ(ask([](Store& store) { return store.setting("time_zone"); }), "Asia/Bishkek");
}

TEST_P(CampaignStore, NumbersComeInThePacksOrderWithSourceAndDate) {
  load();
  auto const contacts = ask([](Store& store) { return store.contacts(); });
  ASSERT_EQ(contacts.size(), 4u);
  EXPECT_EQ(contacts[0].number, "1899");
  EXPECT_EQ(contacts[0].source_day, "2018-11-27");
  EXPECT_EQ(contacts[1].purpose, "helpline");
  EXPECT_EQ(contacts[3].texts.at("ru").first, "Скорая помощь");
  for (auto const& each : contacts) EXPECT_NE(each.number, "189");
}

TEST_P(CampaignStore, EveryCodeHasNamesInThreeLanguagesAndAnIconThatExists) {
  load();
  auto const icons = std::string(embedded_file("web/icons.svg")->bytes);
  auto const codes = this->codes();
  EXPECT_EQ(codes.list("kind").size(), 29u);
  EXPECT_EQ(codes.list("topic").size(), 9u);
  for (auto const* const list : {"kind", "topic", "audience", "age_band"}) {
    EXPECT_FALSE(codes.list(list).empty());
    for (auto const& code : codes.list(list)) {
      EXPECT_NE(icons.find("id=\"" + code.icon + "\""), std::string::npos) << code.code;
      for (auto const language : languages) {
        EXPECT_TRUE(code.names.contains(std::string(birge::code(language)))) << code.code;
        EXPECT_EQ(codes.match(list, code.name(language)), code.code) << code.name(language);
      }
    }
  }
}

TEST_P(CampaignStore, AgeBandsFollowEachOtherWithoutGaps) {
  load();
  int next = 0;
  auto const codes = this->codes();
  for (auto const& band : codes.list("age_band")) {
    EXPECT_EQ(band.low_age, next) << band.code;
    next = band.high_age.value_or(199) + 1;
  }
  EXPECT_FALSE(codes.list("age_band").back().high_age);
}

TEST_P(CampaignStore, CodesAreFoundByWhatPeopleWrite) {
  load();
  auto const codes = this->codes();
  struct {
    char const *list, *text, *code;
  } const cases[] = {{"kind", "форум театр", "forum_theatre"},
                     {"kind", "ФОРУМ-ТЕАТР", "forum_theatre"},
                     {"kind", "Forum theater", "forum_theatre"},
                     {"kind", "Круглый стол", "round_table"},
                     {"kind", "тегерек стол", "round_table"},
                     {"kind", "round-table", "round_table"},
                     {"kind", "пресс-конф.", "press_conference"},
                     {"kind", "веломарафон", "bicycle_marathon"},
                     {"kind", "Велопробег", "bicycle_marathon"},
                     {"kind", "Викторина", "quiz_night"},
                     {"kind", "legal_consultation", "legal_consultation"},
                     {"kind", "семинар", "training"},
                     {"kind", "Флешмоб", "street_performance"},
                     {"kind", "Regional launch", "launch"},
                     {"kind", "Форум-театр (для школьников)", "forum_theatre"},
                     {"topic", "ала качуу", "bride_kidnapping"},
                     {"topic", "Торговля людьми", "trafficking"},
                     {"topic", "адам сатуу", "trafficking"},
                     {"audience", "мектеп окуучулары", "pupils"},
                     {"audience", "Студенты", "students"},
                     {"audience", "имамы", "religious_leaders"},
                     {"age_band", "14-17", "14_17"},
                     {"age_band", "14–17 лет", "14_17"},
                     {"age_band", "60+", "60_over"}};
  for (auto const& each : cases) EXPECT_EQ(codes.match(each.list, each.text).value_or("nothing"), each.code) << each.text;
  EXPECT_FALSE(codes.match("kind", "космический полёт"));
  EXPECT_FALSE(codes.match("kind", ""));
}

TEST_P(CampaignStore, SuggestsTheNearestCodesForWhatIsUnknown) {
  load();
  auto const codes = this->codes();
  auto const near = codes.nearest("kind", "круглый стул");
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near.front(), "round_table");
  EXPECT_EQ(codes.nearest("kind", "большой круглый стол").front(), "round_table");
  EXPECT_TRUE(codes.nearest("kind", "космический полёт").empty());
  EXPECT_LE(codes.nearest("kind", "форум").size(), 3u);
}

TEST_P(CampaignStore, BroadcastsAndSensitiveKindsAreMarked) {
  load();
  auto const codes = this->codes();
  EXPECT_TRUE(codes.find("kind", "legal_consultation")->sensitive);
  EXPECT_TRUE(codes.find("kind", "outreach_meeting")->sensitive);
  EXPECT_FALSE(codes.find("kind", "round_table")->sensitive);
  EXPECT_TRUE(codes.find("kind", "radio_phone_in")->broadcast);
  EXPECT_FALSE(codes.find("kind", "press_conference")->broadcast);
}

TEST_P(CampaignStore, HolidaysAreTheNationalDaysWithoutWork) {
  database_->write([](db::Tx& tx) {
    tx.run("insert into source (key, title, address, licence, dated, note) values ('law', 'Law', '', '', '', '')");
    tx.run("insert into national_day (day_from, day_until, kind, code, source) values ('2018-11-07', '2018-11-08', 'holiday', 'history', 'law')");
    tx.run("insert into national_day (day_from, day_until, kind, code, source) values ('2018-09-01', '2018-10-31', 'school_year', 'q1', 'law')");
    tx.run("insert into national_day (day_from, day_until, kind, code, source) values ('2018-11-05', '2018-11-16', 'exam', 'exams', 'law')");
  });
  auto const holidays = ask([](Store& store) { return store.holidays(); });
  ASSERT_EQ(holidays.size(), 1u);
  EXPECT_EQ(holidays.front().second, day("2018-11-08"));
}

}  // namespace
}  // namespace birge::campaign
