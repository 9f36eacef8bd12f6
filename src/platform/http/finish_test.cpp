#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>

#include "platform/http/compression.hpp"
#include "platform/http/server.hpp"

namespace birge::http {
namespace {

using ::testing::HasSubstr;

std::string header(Finished const& finished, std::string_view name) {
  for (auto const& [key, value] : finished.headers)
    if (key == name) return value;
  return {};
}

Message asked(std::string accept_encoding, std::string if_none_match = {}) {
  Message message;
  message.headers = {{"accept-encoding", std::move(accept_encoding)}, {"if-none-match", std::move(if_none_match)}};
  return message;
}

Reply long_page() {
  std::string body;
  for (int i = 0; i < 500; ++i) body += "<li>" + std::to_string(i * 7919 % 1000) + "</li>";
  Reply reply = text(body, "text/html; charset=utf-8");
  reply.etag = "7-ky";
  return reply;
}

std::string unbrotli(std::string const& bytes) {
  std::string out(1'000'000, '\0');
  std::size_t size = out.size();
  auto const* in = reinterpret_cast<std::uint8_t const*>(bytes.data());
  EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), in, &size, reinterpret_cast<std::uint8_t*>(out.data())), BROTLI_DECODER_RESULT_SUCCESS);
  out.resize(size);
  return out;
}

std::string gunzip(std::string bytes) {
  std::string out(1'000'000, '\0');
  z_stream stream{};
  inflateInit2(&stream, MAX_WBITS + 16);
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Finish, NothingLoadsFromElsewhere) {
  auto const policy = header(finish({}, page({})), "Content-Security-Policy");
  for (auto const* rule : {"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'none'", "frame-ancestors 'none'",
                           "base-uri 'none'", "form-action 'self'"})
    EXPECT_THAT(policy, HasSubstr(rule));
  EXPECT_THAT(policy, ::testing::Not(HasSubstr("unsafe")));
  EXPECT_EQ(header(finish({}, page({})), "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(finish({}, page({})), "X-Content-Type-Options"), "nosniff");
}

TEST(Finish, AReplyMaySayItsOwnPolicyOnce) {
  auto const finished = finish({}, text("x").header("Referrer-Policy", "same-origin"));
  EXPECT_EQ(header(finished, "Referrer-Policy"), "same-origin");
  EXPECT_EQ(std::ranges::count(finished.headers, "Referrer-Policy", [](auto const& header) { return header.first; }), 1);
}

TEST(Finish, AHeaderWithALineBreakIsRefused) {
  EXPECT_THROW(finish({}, text("x").header("Location", "/\r\nX: y")), std::logic_error);
  EXPECT_THROW(finish({}, text("x", "text/plain\n")), std::logic_error);
}

TEST(Finish, NotModifiedForMatchingETag) {
  for (auto const* tag : {"\"7-ky\"", "W/\"7-ky\"", "\"6-ky\", W/\"7-ky\"", "*"}) {
    auto const finished = finish(asked("br", tag), long_page());
    EXPECT_EQ(finished.status, 304) << tag;
    EXPECT_TRUE(finished.body.empty());
    EXPECT_EQ(header(finished, "ETag"), "W/\"7-ky\"");
    EXPECT_EQ(header(finished, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(finished, "Content-Type"), "");
  }
}

TEST(Finish, ModifiedForAnotherETag) {
  for (auto const* tag : {"", "\"7-ru\"", "7-ky", "\"7-ky", "\"7-kyy\"", ","}) EXPECT_EQ(finish(asked("br", tag), long_page()).status, 200) << tag;
}

TEST(Finish, AnErrorOrAPostIsNeverNotModified) {
  auto failed = long_page();
  failed.status = Status::unprocessable;
  EXPECT_EQ(finish(asked("", "*"), failed).status, 422);
  auto post = asked("", "*");
  post.method = Method::post;
  EXPECT_EQ(finish(post, long_page()).status, 200);
}

TEST(Finish, BrotliWhenAccepted) {
  auto const finished = finish(asked("gzip, deflate, br"), long_page());
  EXPECT_EQ(header(finished, "Content-Encoding"), "br");
  EXPECT_EQ(header(finished, "Vary"), "Accept-Encoding");
  EXPECT_LT(finished.body.size(), long_page().body.size() / 2);
  EXPECT_EQ(unbrotli(finished.body), long_page().body);
}

TEST(Finish, GzipWhenOnlyThatIsAccepted) {
  for (auto const* accepted : {"gzip, deflate", "GZIP;q=0.5", "br;q=0, gzip;q=1.0"}) {
    auto const finished = finish(asked(accepted), long_page());
    EXPECT_EQ(header(finished, "Content-Encoding"), "gzip") << accepted;
    EXPECT_EQ(gunzip(finished.body), long_page().body);
  }
}

TEST(Finish, PlainWhenNothingElseIsAccepted) {
  for (auto const* accepted : {"", "deflate", "br;q=0", "br; q=0.000, gzip;q=0", "brotli"}) {
    auto const finished = finish(asked(accepted), long_page());
    EXPECT_EQ(header(finished, "Content-Encoding"), "") << accepted;
    EXPECT_EQ(finished.body, long_page().body);
    EXPECT_EQ(header(finished, "Vary"), "Accept-Encoding");
  }
}

TEST(Finish, ShortBodiesAndPicturesStayAsTheyAre) {
  EXPECT_EQ(header(finish(asked("br"), text(std::string(900, 'x'))), "Content-Encoding"), "");
  EXPECT_EQ(header(finish(asked("br"), text(std::string(9000, 'x'), "image/png")), "Content-Encoding"), "");
  EXPECT_EQ(header(finish(asked("br"), text(std::string(9000, 'x'), "image/png")), "Vary"), "");
}

TEST(Finish, FixedBodiesAreSentAsTheyWereCompressed) {
  Reply reply;
  reply.content_type = "text/css; charset=utf-8";
  reply.fixed_body = "plain";
  reply.fixed_brotli = "brotli";
  reply.fixed_gzip = "gzip";
  EXPECT_EQ(finish(asked("br, gzip"), reply).fixed_body, "brotli");
  EXPECT_EQ(finish(asked("gzip"), reply).fixed_body, "gzip");
  EXPECT_EQ(finish(asked(""), reply).fixed_body, "plain");
}

TEST(Finish, ADownloadKeepsItsNameInBothForms) {
  auto const reply = download("x", "text/csv", "Отчёт \"2018\".csv");
  EXPECT_EQ(reply.headers.at(0).second,
            "attachment; filename=\"_____ _2018_.csv\"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%222018%22.csv");
}

}  // namespace
}  // namespace birge::http
