#pragma once

#include <span>
#include <string>
#include <string_view>

#include "features/audit/chain.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/i18n/say.hpp"

/// The words of the audit log for people.
namespace birge::trust {

struct Term {
  std::string_view code;
  Message words;
};

std::span<Term const> actions();
std::span<Term const> objects();
std::span<Term const> fields();

/// What a code is called; the code itself, with spaces, where there is no word for it.
std::string action_words(Say const& say, std::string_view code);
std::string object_words(Say const& say, std::string_view code);
std::string field_words(Say const& say, std::string_view code);

/// A code as the field it stands in understands it: a state, a role, a kind. Empty where the field has no words for it.
std::string coded_words(Say const& say, campaign::Facts const& facts, audit::Row const& row, std::string_view field, std::string_view value);

/// A value as the log writes it, for people: =12, 2018-09-14, #id, -, yes, no or a code.
std::string value_words(Say const& say, std::string_view value);

}  // namespace birge::trust
