#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "features/trust/trust_words.hpp"

namespace birge::trust {
namespace {

/// The sources that write to the log, each without its line breaks.
std::vector<std::string> sources() {
  std::vector<std::string> all;
  for (auto const* folder : {"/src/features", "/src/app"})
    for (auto const& entry : std::filesystem::recursive_directory_iterator(BIRGE_SOURCE + std::string(folder))) {
      auto const path = entry.path().string();
      if (!path.ends_with(".cpp") || path.ends_with("_test.cpp")) continue;
      std::ifstream file(path);
      std::stringstream text;
      text << file.rdbuf();
      auto source = text.str();
      std::ranges::replace(source, '\n', ' ');
      auto const has = [&](char const* text) { return source.find(text) != std::string::npos; };
      if (has("audit::") || has("note(tx") || has("told")) all.push_back(std::move(source));
    }
  return all;
}

/// The words that a pattern finds in the sources, each of which stands for one word of the log.
std::set<std::string> written(std::initializer_list<char const*> patterns) {
  static auto const all = sources();
  std::set<std::string> words;
  for (auto const* pattern : patterns) {
    std::regex const expression(pattern);
    for (auto const& source : all)
      for (std::sregex_iterator found(source.begin(), source.end(), expression), end; found != end; ++found) words.insert((*found)[1]);
  }
  return words;
}

void expect_words(std::set<std::string> const& codes, std::span<Term const> terms, std::size_t at_least) {
  EXPECT_GE(codes.size(), at_least) << "the sources are written otherwise now: the patterns of this test find too little";
  for (auto const& code : codes) {
    auto const found = std::ranges::find(terms, code, &Term::code);
    if (found == terms.end()) {
      ADD_FAILURE() << code << " has no words";
      continue;
    }
    for (auto const language : {Language::ky, Language::ru})
      EXPECT_NE(Say::in(language)(found->words), Say::in(Language::en)(found->words)) << code << " in " << birge::code(language);
  }
}

}  // namespace

TEST(TrustWords, EveryFieldThatTheProgramNotesHasWordsInEveryLanguage) {
  expect_words(written({R"re(\.(?:changed|with|text_changed)\("([a-z_]+)")re", R"re(_changed\(entry, "([a-z_]+)")re"}), fields(), 60);
}

TEST(TrustWords, EveryActThatTheProgramNotesHasWordsInEveryLanguage) {
  expect_words(written({R"re(note\(tx,[^";]*"([a-z_]+)")re", R"re((?:Entry[^&]|record\(tx, \{)[^";]*[^{";]"([a-z_]+)")re",
                        R"re([^a-z_]entry(?:_of)?\([^";{]*"([a-z_]+)")re", R"re([?:] audit::Word\("([a-z_]+)"\))re",
                        R"re(case (?:Action|Step)::[a-z_]+: return "([a-z_]+)")re"}),
               actions(), 60);
}

TEST(TrustWords, EveryObjectThatTheProgramNotesHasWordsInEveryLanguage) {
  expect_words(written({R"re(Object\("([a-z_]+)")re", R"re(Entry[^"{;]*[{(][^"{;]*(?:"[a-z_]+")?[^"{;]*\{"([a-z_]+)")re"}), objects(), 10);
}

TEST(TrustWords, NoTwoThingsThatCanBeDoneReadTheSame) {
  for (auto const language : languages) {
    std::set<std::string> codes, words;
    for (auto const& term : actions()) {
      EXPECT_TRUE(codes.emplace(term.code).second) << term.code;
      EXPECT_TRUE(words.insert(Say::in(language)(term.words)).second) << term.code << " in " << code(language);
    }
  }
}

TEST(TrustWords, ACodeWithoutAWordStandsAsItIs) {
  auto const& say = Say::in(Language::en);
  EXPECT_EQ(action_words(say, "sums_rebuilt"), "sums made anew");
  EXPECT_EQ(action_words(say, "never_heard_of"), "never heard of");
  EXPECT_EQ(value_words(say, "=12"), "12");
  EXPECT_EQ(value_words(say, "-"), "nothing");
  EXPECT_EQ(value_words(say, "2018-09-14"), "14 Sep 2018");
}

}  // namespace birge::trust
