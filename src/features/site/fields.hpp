#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/problem.hpp"
#include "platform/html/html.hpp"
#include "platform/i18n/say.hpp"

/// Parts of forms, with what is wrong shown beside its field.
namespace birge::site {

/// One field. `type` is text, tel, email, password, search, date or number; `autocomplete` as HTML has it.
struct Field {
  std::string_view name;
  std::string_view label;  ///< as it is shown
  std::string_view value = {};
  std::string_view hint = {};
  std::string_view type = "text";
  std::string_view autocomplete = "off";
  bool required = false;
  std::string_view inputmode = {};  ///< which keypad a telephone shows: tel, numeric, email
  bool is_short = false;            ///< for dates, codes and numbers
};

using Faults = std::span<Fault const>;

Html text_field(Say const& say, Field const& field, Faults faults);
Html text_area(Say const& say, Field const& field, Faults faults);

/// Values and their words, one of which is chosen by field.value.
using Options = std::vector<std::pair<std::string, std::string>>;
Html select_field(Say const& say, Field const& field, Options const& options, Faults faults);
/// `notes`: a line below each option, in their order; none at all, or as many as there are options.
Html radio_field(Say const& say, Field const& field, Options const& options, Faults faults, std::span<std::string const> notes = {});

/// One box to tick, sent as name=1.
Html check_box(std::string_view name, std::string_view label, bool on);

/// Above a form that was refused: what belongs to no field, and a link to each field that is wrong. Nothing where nothing is.
Html fault_summary(Say const& say, Faults faults);

/// A notice: `kind` is attention, danger, done or empty for information.
enum class Notice { information, attention, danger, done };
Html notice(Notice kind, Html const& text);

}  // namespace birge::site
