#include "platform/sheet/records.hpp"

#include <gtest/gtest.h>

#include "platform/base/problem.hpp"

namespace birge::sheet {
namespace {

TEST(Records, ARowLongerThanTheHeaderIsRefused) { EXPECT_THROW(Records("t.csv", "code,name\na,b,c\n"), Problem); }
TEST(Records, AColumnNamedTwiceIsRefused) { EXPECT_THROW(Records("t.csv", "code,code\na,b\n"), Problem); }

TEST(Records, AColumnThatIsNotThereIsRefusedByName) {
  Records const records("t.csv", "code,name\na,b\n");
  try {
    static_cast<void>((*records.begin())["colour"]);
    FAIL();
  } catch (Problem const& problem) { EXPECT_EQ(std::get<std::string>(problem.shown.arguments[1]), "colour"); }
}

TEST(Records, WhatIsNoNumberIsRefused) {
  Records const records("t.csv", "code,size\na,12a\nb,\n");
  EXPECT_THROW(records.begin()->integer("size"), Problem);
  EXPECT_THROW((records.begin() + 1)->integer("size"), Problem);
  EXPECT_FALSE((records.begin() + 1)->maybe_integer("size"));
}

TEST(Records, CellsAreReadByColumnName) {
  Records const records("t.csv", "code,name,size,open\nosh,\"Ош, шаар\",182.5,yes\nuzgen,Өзгөн\n");
  ASSERT_EQ(records.size(), 2u);
  auto const& osh = *records.begin();
  EXPECT_EQ(osh["name"], "Ош, шаар");
  EXPECT_DOUBLE_EQ(osh.real("size"), 182.5);
  EXPECT_TRUE(osh.flag("open"));
  auto const& uzgen = *(records.begin() + 1);
  EXPECT_EQ(uzgen["name"], "Өзгөн");
  EXPECT_EQ(uzgen["size"], "");
  EXPECT_FALSE(uzgen.maybe("size"));
}

}  // namespace
}  // namespace birge::sheet
