#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/problem.hpp"
#include "platform/http/message.hpp"
#include "platform/i18n/say.hpp"

/// Fields of the forms of this folder: label, hint, what is wrong, and what was typed. They need no script.
namespace birge::work::fields {

/// What a form knows: the language, what was typed and what is wrong with it.
struct Form {
  Say const& say;
  http::Parameters const& typed;
  std::vector<Fault> const& faults;
};

struct Look {
  std::string_view hint = {};
  std::string_view type = "text";  ///< date, time, text
  Attribute extra = {};            ///< of the control: inputmode, maxlength
  bool optional = false;           ///< says so beside the label
  bool narrow = false;             ///< dates and numbers
};

struct Choice {
  std::string value;
  std::string text;
};

Html input(Form const& form, std::string_view name, std::string_view label, Look const& look = {});
Html area(Form const& form, std::string_view name, std::string_view label, Look const& look = {});
Html select(Form const& form, std::string_view name, std::string_view label, std::vector<Choice> const& choices, Look const& look = {});
/// One of several, or any of them.
Html radios(Form const& form, std::string_view name, std::string_view legend, std::vector<Choice> const& choices, Look const& look = {});
Html boxes(Form const& form, std::string_view name, std::string_view legend, std::vector<Choice> const& choices, Look const& look = {});
Html hidden(std::string_view name, std::string_view value);

/// Asked for where a text seems to hold a telephone number or an e-mail address: that somebody looked at it. Nothing elsewhere.
Html looked_at_box(Form const& form);

/// What is wrong, above the form, each leading to its field.
Html faults_above(Form const& form);

}  // namespace birge::work::fields
