#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/base/problem.hpp"
#include "platform/http/server.hpp"

namespace birge::http {
namespace {

using ::testing::ElementsAre;

struct Form {
  Parameters fields;
  std::vector<File> files;
};

Form read(std::string content_type, std::string body) {
  Message message;
  message.method = Method::post;
  message.headers = {{"content-type", std::move(content_type)}};
  message.body = std::move(body);
  Form form;
  read_form(message, form.fields, form.files);
  return form;
}

Form read_multipart(std::string body) { return read("multipart/form-data; boundary=xyz", std::move(body)); }

std::string file_part(std::string const& name) {
  return "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--xyz--\r\n";
}

Failure failure_of(std::string content_type, std::string body) {
  try {
    read(std::move(content_type), std::move(body));
  } catch (Problem const& problem) { return problem.failure; }
  ADD_FAILURE() << "was read";
  return Failure::internal;
}

TEST(Parameters, MalformedOnesAreRefused) {
  for (auto const* encoded : {"a=%", "a=%2", "a=%zz", "a=%ff", "%c3=x", "a=%00", "a=%ed%a0%80"}) EXPECT_FALSE(Parameters::parse(encoded)) << encoded;
}

TEST(Parameters, MoreThan200NamesAreRefused) {
  std::string encoded;
  for (int i = 0; i < 200; ++i) encoded += "a&";
  EXPECT_TRUE(Parameters::parse(encoded));
  EXPECT_FALSE(Parameters::parse(encoded + "a"));
}

TEST(Parameters, AreDecodedInOrder) {
  auto const parameters = Parameters::parse("q=%D0%9E%D1%88+a%2Bb&kind=1&&kind=2&empty=&bare&e=a=b");
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->get("q"), "Ош a+b");
  EXPECT_THAT(parameters->all("kind"), ElementsAre("1", "2"));
  EXPECT_TRUE(parameters->has("bare"));
  EXPECT_FALSE(parameters->has("q "));
  EXPECT_EQ(parameters->get("e"), "a=b");
}

TEST(Parameters, EncodedOnesReadBackTheSame) {
  Parameters parameters;
  parameters.set("q", "Ош & +%=\n");
  parameters.set("a", "1");
  parameters.set("q", parameters.get("q"));
  auto const again = Parameters::parse(parameters.encoded());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->list(), parameters.list());
  parameters.remove("q");
  EXPECT_EQ(parameters.encoded(), "a=1");
}

TEST(Form, WhatIsNoFormIsRefused) {
  EXPECT_EQ(failure_of("application/json", "{}"), Failure::unsupported_type);
  EXPECT_EQ(failure_of("text/plain", "a=b"), Failure::unsupported_type);
  EXPECT_EQ(failure_of("", "a=b"), Failure::unsupported_type);
  EXPECT_EQ(failure_of("application/x-www-form-urlencoded", "a=%ff"), Failure::bad_input);
}

TEST(Form, MalformedMultipartIsRefused) {
  std::string const head = "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n";
  char const* const bodies[] = {
      "",
      "garbage",
      "--xyz",
      "--xyz\r\n",
      "--xyz\r\nContent-Disposition: form-data; name=a\r\n",
      "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue",
      "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue\r\n--xyz",
      "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue\r\n--xyzzy\r\n",
      "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nvalue\r\n--xyz--",
      "--xyz\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--xyz--",
      "--xyz\r\nContent-Disposition: attachment; name=a\r\n\r\nvalue\r\n--xyz--",
      "--xyz\r\nno colon\r\n\r\nvalue\r\n--xyz--",
      "--xyz\r\n\r\nvalue\r\n--xyz--",
  };
  for (auto const* body : bodies) EXPECT_EQ(failure_of("multipart/form-data; boundary=xyz", body), Failure::bad_input) << body;
  EXPECT_EQ(failure_of("multipart/form-data", head + "v\r\n--xyz--"), Failure::bad_input);
  EXPECT_EQ(failure_of("multipart/form-data; boundary=" + std::string(71, 'x'), head), Failure::bad_input);
  EXPECT_EQ(failure_of("multipart/form-data; boundary=xyz", head + "\xff\r\n--xyz--"), Failure::bad_input);
}

TEST(Form, TooManyPartsAreRefused) {
  std::string body;
  for (int i = 0; i < 201; ++i) body += "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
  EXPECT_EQ(failure_of("multipart/form-data; boundary=xyz", body + "--xyz--\r\n"), Failure::too_large);
}

TEST(Form, PathTraversalInUploadNamesIsCut) {
  auto const name = [](std::string const& claimed) { return read_multipart(file_part(claimed)).files.at(0).name; };
  EXPECT_EQ(name("../../etc/passwd"), "passwd");
  EXPECT_EQ(name("C:\\Users\\Aida\\plan.xlsx"), "plan.xlsx");
  EXPECT_EQ(name(".."), "file");
  EXPECT_EQ(name("/"), "file");
  EXPECT_EQ(name("..hidden"), "hidden");
  EXPECT_EQ(name("a%22b%0D%0A.csv"), "a\"b .csv");
  EXPECT_EQ(name("\xE2\x80\xAEvsc.exe"), "vsc.exe");  // a right-to-left override would show it as exe.csv
  EXPECT_EQ(name("План 2018.csv"), "План 2018.csv");
}

TEST(Form, AnEndlessUploadNameIsCutBeforeItsEnding) {
  auto const name = read_multipart(file_part(std::string(1000, 'x') + ".csv")).files.at(0).name;
  EXPECT_LE(name.size(), 130U);
  EXPECT_TRUE(name.ends_with(".csv"));
}

TEST(Form, FieldsAndFilesAreTold) {
  auto const form = read_multipart(
      "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nТегерек\r\nстол\r\n"
      "--xyz  \r\ncontent-disposition: Form-Data; name=empty\r\n\r\n\r\n"
      "--xyz\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n" +
      std::string("--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\nContent-Type: x/y\r\n\r\n") +
      std::string("\0\r\n--xy\xff", 8) + "\r\n--xyz--\r\n");
  EXPECT_EQ(form.fields.get("title"), "Тегерек\r\nстол");
  EXPECT_TRUE(form.fields.has("empty"));
  ASSERT_EQ(form.files.size(), 1U);
  EXPECT_EQ(form.files[0].field, "f");
  EXPECT_EQ(form.files[0].name, "a.bin");
  EXPECT_EQ(form.files[0].content_type, "x/y");
  EXPECT_EQ(form.files[0].content, std::string("\0\r\n--xy\xff", 8));
}

TEST(Form, AnUrlencodedBodyIsRead) {
  auto const form = read("application/x-www-form-urlencoded; charset=UTF-8", "a=1&b=%D0%B0");
  EXPECT_EQ(form.fields.get("b"), "а");
  EXPECT_TRUE(form.files.empty());
}

}  // namespace
}  // namespace birge::http
