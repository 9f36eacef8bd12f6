#include "platform/http/static_files.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace birge::http {
namespace {

TEST(StaticFiles, AFileThatIsNotEmbeddedHasNoAddress) { EXPECT_THROW(static_url("web/none.css"), std::logic_error); }

TEST(StaticFiles, AWrongHashIsNotThere) {
  EXPECT_FALSE(static_reply("style-0000000000000000.css"));
  EXPECT_FALSE(static_reply("style.css"));
  EXPECT_FALSE(static_reply(""));
}

TEST(StaticFiles, EveryAddressLeadsToItsFileForAYear) {
  for (auto const& file : embedded_folder("web/")) {
    auto const address = static_url(file.name);
    ASSERT_TRUE(address.text().starts_with("/static/"));
    auto const reply = static_reply(address.text().substr(8));
    ASSERT_TRUE(reply) << file.name;
    EXPECT_EQ(reply->fixed_body, file.bytes);
    EXPECT_EQ(reply->cache_control, "public, max-age=31536000, immutable");
    EXPECT_NE(reply->content_type, "application/octet-stream") << file.name;
  }
}

}  // namespace
}  // namespace birge::http
