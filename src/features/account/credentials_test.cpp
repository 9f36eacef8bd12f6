#include <gtest/gtest.h>

#include <chrono>

#include "features/account/account_secrets.hpp"
#include "features/account/login.hpp"
#include "features/account/password.hpp"
#include "features/account/second_factor.hpp"

namespace birge::account {
namespace {

using namespace std::chrono_literals;

std::string read(char const* typed) {
  auto const login = login_of(typed);
  return login ? login->text : "nothing";
}

TEST(Login, WhatIsNeitherNumberNorAddressIsRefused) {
  for (auto const* typed :
       {"", "  ", "admin", "12345", "+", "++996700123456", "0700 12 34 5", "+99670012345", "+9967001234567", "+0700123456", "a@b", "@example.org",
        "a@@b.org", "a b@example.org", "a@example..org", "a@.org", "a@example.o\r\nBcc: x@y.org", "<a@example.org>", "0700123456; drop"})
    EXPECT_EQ(read(typed), "nothing") << typed;
}

TEST(Login, EverySpellingOfANumberIsTheSame) {
  for (auto const* typed :
       {"+996700123456", "996700123456", "0700123456", "700123456", "0700 12-34-56", "+996 (700) 12-34-56", "00996 700 123456", " 0700.123.456 "})
    EXPECT_EQ(read(typed), "+996700123456") << typed;
  EXPECT_EQ(read("+7 701 234 56 78"), "+77012345678") << "a number of another country needs its code";
  EXPECT_EQ(shown(*login_of("0700123456")), "+996 700 123 456");
}

TEST(Login, AnAddressIsComparedInLowerCase) {
  EXPECT_EQ(read(" Aigul@Example.ORG "), "aigul@example.org");
  EXPECT_EQ(login_of("a@b.kg")->kind, LoginKind::email);
}

TEST(Password, WhatIsShortOrCommonIsRefused) {
  for (auto const* typed :
       {"",           "short",      "Ab1!xyz",      "1234567890",  "password12", "Password1234", "qwertyuiop",   "aaaaaaaaaaaaaaa", "йцукенгшщз",
        "0700123456", "пароль2024", "abcabcabcabc", "kyrgyzstan1", "Кыргызстан", "iloveyou123",  "абабабабабаб", "спартак1999",     "алматы2024а",
        "1999-12-31", "birge12345"})
    EXPECT_FALSE(check_password(password_text(typed), {}).empty()) << typed;
}

TEST(Password, WhatIsKnownOfThePersonMakesNone) {
  std::vector<std::string> const personal{"Айгүл Токтогулова", "toktogulova@example.org"};
  EXPECT_FALSE(check_password("toktogulova@example.org", personal).empty());
  EXPECT_FALSE(check_password("Токтогулова", personal).empty());
}

TEST(Password, SomeWordsInAnyAlphabetAreGood) {
  for (auto const* typed : {"correct horse battery staple", "жашыл тоо китеп самоор", "малина трактор окно семь", "x7Kp-93mz-wQ", "тогуз көл үч ат"})
    EXPECT_TRUE(check_password(password_text(typed), {}).empty()) << typed;
}

TEST(Password, ATooLongOneIsRefused) { EXPECT_FALSE(check_password(std::string(201, 'x'), {}).empty()); }

TEST(Password, ASpaceThatATelephoneAddedDoesNotMatter) { EXPECT_EQ(password_text("жашыл тоо "), password_text("жашыл тоо")); }

TEST(Password, IsHashedWithArgon2idAndNeverTwiceTheSame) {
  auto const hash = password_hash("жашыл тоо китеп");
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_NE(hash, password_hash("жашыл тоо китеп"));
  EXPECT_TRUE(password_fits(hash, "жашыл тоо китеп"));
  EXPECT_FALSE(password_fits(hash, "жашыл тоо китепп"));
  EXPECT_FALSE(password_fits("", "")) << "an account without a password lets nobody in";
  EXPECT_FALSE(password_fits("", "жашыл тоо китеп"));
}

Instant moment(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

TEST(SecondFactor, MakesTheCodesOfTheStandard) {
  // RFC 6238, appendix B: the secret "12345678901234567890"; the last six of its eight digits.
  std::string const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  EXPECT_EQ(totp_code(secret, moment(59)), "287082");
  EXPECT_EQ(totp_code(secret, moment(1111111109)), "081804");
  EXPECT_EQ(totp_code(secret, moment(20000000000)), "353130");
}

TEST(SecondFactor, AWrongCodeIsRefused) {
  auto const secret = new_totp_secret();
  auto const now = moment(1700000000);
  for (auto const* code : {"", "00000", "0000000", "abcdef", "12345x"}) EXPECT_FALSE(totp_step(secret, code, now, 0)) << code;
  EXPECT_FALSE(totp_step(secret, totp_code(secret, now + 61s), now, 0)) << "of the period after the next";
  EXPECT_FALSE(totp_step(secret, totp_code(secret, now - 90s), now, 0));
}

TEST(SecondFactor, ACodeIsGoodOnceAlsoWhenTheClockIsSetBack) {
  auto const secret = new_totp_secret();
  auto const now = moment(1700000000);
  auto const code = totp_code(secret, now);
  auto const step = totp_step(secret, code, now, 0);
  ASSERT_TRUE(step);
  EXPECT_FALSE(totp_step(secret, code, now, *step));
  EXPECT_FALSE(totp_step(secret, totp_code(secret, now - 30s), now, *step)) << "the code before it";
  EXPECT_FALSE(totp_step(secret, totp_code(secret, now - 3600s), now - 3600s, *step)) << "an old code under a clock that was set back";
  EXPECT_TRUE(totp_step(secret, totp_code(secret, now + 30s), now + 30s, *step));
}

TEST(PaperCode, IsReadHoweverItWasTyped) {
  auto const code = new_paper_code();
  EXPECT_EQ(code.size(), 9U);
  auto upper = code;
  for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(paper_code_key(" " + upper + " "), paper_code_key(code));
  EXPECT_EQ(paper_code_key("O0lI-11"), "001111");
}

}  // namespace
}  // namespace birge::account
