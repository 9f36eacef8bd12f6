#include "platform/files/clean.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "platform/base/waiting.hpp"
#include "platform/files/files_testing.hpp"
#include "platform/files/jpeg_segments.hpp"

namespace birge::files {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What somebody sends is recognised and cleaned, as a form would do it.
Cleaned sent(std::string const& content) {
  auto const format = recognise(content);
  if (!format) throw std::runtime_error("not recognised");
  return clean(content, *format);
}

TEST(Clean, RecognisesByContentOnly) {
  EXPECT_EQ(recognise(testing::jpeg()), Format::jpeg);
  EXPECT_EQ(recognise(testing::png()), Format::png);
  EXPECT_EQ(recognise(testing::webp()), Format::webp);
  EXPECT_EQ(recognise(testing::heic()), Format::heic);
  EXPECT_EQ(recognise(testing::talkative_pdf()), Format::pdf);
  for (auto const* other : {"", "<!doctype html><script>", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "GIF89a", "PK\x03\x04", "MZ", "II*", "BM",
                            "\n%PDF-1.4", "<?xml version=\"1.0\"?><svg/>"})
    EXPECT_FALSE(recognise(other)) << other;
  EXPECT_FALSE(
      recognise(std::string("\0\0\0\x20"
                            "ftypavif"
                            "\0\0\0\0avifmif1miafMA1B",
                            32)))
      << "AVIF is not taken";
}

TEST(Clean, LeavesNothingButThePictureOfAnyFormat) {
  for (auto const& content : {testing::jpeg(), testing::png(), testing::webp(), testing::heic()}) {
    auto const cleaned = sent(content);
    ASSERT_FALSE(cleaned.refused) << static_cast<int>(*cleaned.refused);
    for (auto const& bytes : {cleaned.file, cleaned.preview}) {
      EXPECT_EQ(recognise(bytes), Format::jpeg);
      for (auto const* secret : {"Exif", "SecretCam", "SecretComment", "ICC_PROFILE", "GPS", "http://ns.adobe.com"})
        EXPECT_THAT(bytes, Not(HasSubstr(secret)));
    }
  }
}

TEST(Clean, LetsOthersWorkWhileAThreadWaitsForIt) {
  struct : Waiting::Lender {
    void waiting_begins() noexcept override { ++begun; }
    void waiting_ends() noexcept override { ++ended; }
    int begun = 0, ended = 0;
  } lender;
  std::thread([&] {
    Waiting::lent_by(lender);
    EXPECT_FALSE(sent(testing::png()).refused);
  }).join();
  EXPECT_EQ(lender.begun, 1);
  EXPECT_EQ(lender.ended, 1);
}

TEST(Clean, TurnsAPictureUpright) {
  auto const cleaned = sent(testing::jpeg());
  EXPECT_EQ(cleaned.width, 48);
  EXPECT_EQ(cleaned.height, 64);
}

TEST(Clean, ScalesDownToTheSideOfWhatIsKept) {
  auto const cleaned = sent(testing::blank_png(5000, 2500));
  ASSERT_FALSE(cleaned.refused);
  EXPECT_EQ(cleaned.width, picture_side);
  EXPECT_EQ(cleaned.height, picture_side / 2);
  EXPECT_EQ(cleaned.preview_width, preview_side);
  EXPECT_EQ(cleaned.preview_height, preview_side / 2);
  EXPECT_LT(cleaned.preview.size(), 40'000u);
}

TEST(Clean, RefusesAPictureBombBeforeItIsDecoded) {
  auto const bomb = testing::blank_png(30000, 30000);
  EXPECT_LT(bomb.size(), 500'000u);
  EXPECT_EQ(sent(bomb).refused, Refusal::too_many_pixels);
}

TEST(Clean, HoldsItsMemoryWithinLimits) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's own memory would be measured";
#endif
  // The largest picture that is taken: 50 million pixels.
  auto const cleaned = sent(testing::blank_png(7000, 7000));
  EXPECT_FALSE(cleaned.refused);
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  EXPECT_LT(used.ru_maxrss, 900 * 1024) << "kilobytes";
}

TEST(Clean, RefusesWhatIsCutShortOrNoPictureAtAll) {
  for (auto const& content : {testing::jpeg(), testing::png(), testing::webp(), testing::heic()})
    EXPECT_EQ(sent(content.substr(0, content.size() / 4)).refused, Refusal::damaged);
  EXPECT_EQ(sent(testing::jpeg().substr(0, 971)).refused, Refusal::damaged) << "only its last line is missing";
  EXPECT_EQ(sent("\xff\xd8\xff\xe0<html><script>alert(1)</script></html>").refused, Refusal::damaged);
  EXPECT_EQ(sent("\x89PNG\r\n\x1a\n<svg onload=\"alert(1)\"/>").refused, Refusal::damaged);
  EXPECT_EQ(sent(testing::blank_png(3, 3)).refused, Refusal::too_small);
}

TEST(Clean, LosesWhatHangsBehindAPicture) {
  // A polyglot: a picture that is a page, an archive or a script as well.
  auto const cleaned = sent(testing::jpeg() + "PK\x03\x04<script>alert('Polyglot')</script>%PDF-1.4");
  ASSERT_FALSE(cleaned.refused);
  EXPECT_THAT(cleaned.file, Not(HasSubstr("Polyglot")));
}

TEST(Clean, KeepsThePagesOfAPdfAndNothingBesideThem) {
  auto const cleaned = sent(testing::talkative_pdf());
  ASSERT_FALSE(cleaned.refused) << static_cast<int>(*cleaned.refused);
  EXPECT_TRUE(cleaned.file.starts_with("%PDF-"));
  EXPECT_EQ(cleaned.width, 0);
  EXPECT_FALSE(sent(cleaned.file).refused);
  for (auto const* secret : {"Secret", "JavaScript", "OpenAction", "Metadata", "EmbeddedFile", "FileAttachment", "/Author", "Exif"})
    EXPECT_THAT(cleaned.file, Not(HasSubstr(secret))) << secret;
}

TEST(Clean, RefusesAPdfThatIsBrokenOrLocked) {
  auto const whole = testing::talkative_pdf();
  EXPECT_EQ(sent(whole.substr(0, whole.size() / 2)).refused, Refusal::damaged);
  EXPECT_EQ(sent("%PDF-1.4\n<html><script>alert(1)</script></html>").refused, Refusal::damaged);
  auto const locked = testing::pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"},
                                      "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + std::string(64, 'a') +
                                          "> /U <" + std::string(64, 'b') + "> >>");
  EXPECT_EQ(sent(locked).refused, Refusal::locked);
}

constexpr std::size_t most_bomb = 5u << 20;

TEST(Clean, SurvivesAPdfThatUnpacksToMoreThanThereIs) {
  // A cross-reference stream has to be unpacked before anything else is known of a file.
  auto const once = testing::packed(std::string(1 << 20, '\0'), 900);
  auto const bomb = "%PDF-1.7\n1 0 obj\n" + testing::stream_of("/Type /XRef /Size 9 /W [1 4 2] /Root 2 0 R /Filter /FlateDecode", once) +
                    "\nendobj\nstartxref\n9\n%%EOF\n";
  EXPECT_LT(bomb.size(), most_bomb);
  auto const refused = sent(bomb).refused;  // libqpdf may call what did not fit damaged
  EXPECT_TRUE(refused == Refusal::too_heavy || refused == Refusal::damaged);
  EXPECT_FALSE(sent(testing::jpeg()).refused) << "and goes on";
}

TEST(JpegSegments, OfAPhotographKeepOnlyThePicture) {
  auto const plain = without_segments(testing::jpeg() + "behind");
  ASSERT_TRUE(plain);
  EXPECT_THAT(*plain, Not(HasSubstr("Secret")));
  EXPECT_THAT(*plain, Not(HasSubstr("behind")));
  EXPECT_EQ(without_segments(*plain), plain);
  EXPECT_FALSE(clean(*plain, Format::jpeg).refused);
  EXPECT_FALSE(without_segments("GIF89a"));
  EXPECT_FALSE(without_segments(testing::jpeg().substr(0, 10)));
}

}  // namespace
}  // namespace birge::files
