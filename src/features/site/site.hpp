#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/campaign/campaign.hpp"
#include "platform/http/request.hpp"

/// The frame of every page: head, header with the hotline always in sight, navigation, language switch, footer.
namespace birge::site {

struct Feed {
  std::string type;  ///< application/atom+xml ...
  std::string title;
  Url address;
};

struct Head {
  std::string title;
  std::string description;  ///< one sentence, for search engines and share cards
  std::string_view active;  ///< home, agenda, figures, regions, organisations, editions: the navigation's marked entry
  Url canonical;            ///< this page's address without what does not change it; empty: the path asked for
  std::vector<Feed> feeds;
  campaign::Edition const* edition = nullptr;  ///< null: none; its name stands in the header; a sample edition puts the sample banner on the page
  Url share_picture;                           ///< empty: the edition's
  bool index = true;                           ///< false: robots noindex
};

/// The whole page around `main`.
Reply page(Request& request, Head const& head, Html const& main, Status status = Status::ok);
/// The same around what `write_main` appends, which spares a long page one copy of itself. `room`: about how many bytes that is.
Reply page(Request& request, Head const& head, std::size_t room, std::function<void(Html&)> const& write_main, Status status = Status::ok);

/// The facts as of this request's snapshot.
std::shared_ptr<campaign::Facts const> facts(Request& request);

/// What a page's ETag is made of: revision of the database, build, language, today (what is late changes at midnight) and address.
std::string etag(Request& request);

/// Handler of get_bare("/maps/{file}", ...): the outlines of a map layer, to be kept for a year. Throws Problem(not_found).
Reply map_file(Request& request);

/// A page that says in one sentence what is wrong, with the one next step. Used for Problems and unknown paths.
Reply problem_page(Request& request, Status status, Message const& what);

/// A form that changes something: <form method="post"> around `body`, with the field that shows it came from here. Every form is made by this.
/// `files`: it carries files (multipart).
Html form(Request& request, Url const& action, Html const& body, bool files = false);

/// What somebody typed into a form of this site that came to nothing, to be copied; where trying again may help, with a button that sends it once
/// more. Nothing where no form was sent, or not from here. Secrets and files are never in it.
Html what_was_sent(Request& request, Status status);
/// For a form that came from this site with a token that is no longer good: shows again what was typed, but secrets and files, to be sent anew.
/// `signed_out`: it needs somebody signed in, and nobody is.
Reply send_again_page(Request& request, bool signed_out);

/// A person's text with its language marked when it is not the page's: <span lang="ky">...</span>.
Html in_language(Request const& request, std::string_view text, std::string_view language);
void add_in_language(Html& out, Request const& request, std::string_view text, std::string_view language);  ///< the same, appended

/// What a language is called in the language of the page, as it stands inside a sentence: кыргызча, кыргызский, Kyrgyz.
std::string_view language_name(Say const& say, Language language);

/// When a source was published, written out as far as it is known: 2018, 2018-09 or 2018-09-14. Whatever else it says stays as it is.
std::string dated(Say const& say, std::string_view source_date);

/// An icon of the sprite by its id, hidden from readers (the word stands beside it).
Html const& icon(std::string_view id);

/// " Sample data" as a tag behind the name of an edition that is one; nothing behind any other.
Html sample_tag(Say const& say, campaign::Edition const& edition);

/// The link to what comes behind a page of a list.
Html later_link(Url const& link, std::string_view text);
/// The end of a page of a list that goes on: "Next".
Html next_page(Say const& say, Url const& link);

/// The chosen edition of a page, among the facts: ?edition=slug, otherwise the current one. Problem(not_found) when there is no such edition or none at all.
campaign::Edition const& chosen_edition(Request& request, campaign::Facts const& facts);
/// The same of a query that a form carries.
campaign::Edition const& chosen_edition(Request& request, campaign::Facts const& facts, http::Parameters const& query);

}  // namespace birge::site
