#include "features/site/site.hpp"

#include <algorithm>
#include <unordered_map>

#include "features/account/account.hpp"
#include "features/place/place_map.hpp"
#include "features/site/workspace.hpp"
#include "platform/base/build.hpp"
#include "platform/base/text.hpp"
#include "platform/http/static_files.hpp"

namespace birge::site {

namespace {

std::string_view own_code(Say const& say) { return say.code(); }

/// This page's address in another language: the local path with that language before it, and the query as it is.
Url in_other_language(Request const& request, Language language) {
  auto const& target = request.message.target;
  auto const question = target.find('?');
  auto path = question == std::string::npos ? target : target.substr(0, question);
  if (path.size() > 1)
    if (auto const end = path.find('/', 1); language_of(path.substr(1, end == std::string::npos ? end : end - 1)))
      path = end == std::string::npos ? "/" : path.substr(end);
  auto address = "/" + std::string(code(language)) + path;
  if (question != std::string::npos) address += target.substr(question);
  return own_path(std::move(address));
}

std::string_view open_graph_locale(Language language) {
  switch (language) {
    case Language::ky: return "ky_KG";
    case Language::ru: return "ru_RU";
    default: return "en_GB";
  }
}

/// A form that was refused looks much like the one that was sent: its title says so first, as a screen reader begins with it.
std::string title_of(Say const& say, Head const& about, Status status) {
  return status == Status::unprocessable ? say("Error: {}", about.title) : about.title;
}

Html head(Request const& request, Head const& about, std::string const& canonical, Status status) {
  auto const& say = request.say;
  // What only the workspace needs does not travel to everybody.
  bool const signed_in = account::maybe_person(request);
  // The head is read by search engines, bookmarks and other sites, in whose texts a sign that nobody sees would stay.
  auto const description = plain_spaces(about.description);
  Html out;
  out.reserve(4096);
  out.add(
      "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"color-scheme\" content=\"light dark\"><title>{} — Birge</title>"
      "<link rel=\"stylesheet\" href=\"{}\"><script src=\"{}\"></script>"
      "<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\"><link rel=\"apple-touch-icon\" href=\"{}\">",
      plain_spaces(title_of(say, about, status)), http::static_url("web/style.css"), http::static_url(signed_in ? "web/work_head.js" : "web/site.js"),
      http::static_url("web/icons.svg"), http::static_url("web/apple-touch-icon.png"));
  if (signed_in) out.add("<link rel=\"stylesheet\" href=\"{}\">", http::static_url("web/work.css"));
  if (!description.empty()) out.add("<meta name=\"description\" content=\"{}\">", description);
  if (!about.index) out.add("<meta name=\"robots\" content=\"noindex\">");
  out.add("<link rel=\"canonical\" href=\"{}\">", url(canonical).value_or(Url()));
  if (about.index)
    for (auto const language : languages)
      out.add("<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">", code(language),
              url(request.absolute(in_other_language(request, language))).value_or(Url()));
  for (auto const& feed : about.feeds)
    out.add("<link rel=\"alternate\" type=\"{}\" title=\"{}\" href=\"{}\">", feed.type, plain_spaces(feed.title), feed.address);
  auto const picture = about.share_picture.text().empty() && about.edition
                           ? own_path("/share/editions/" + percent_encoded(about.edition->slug) + "-" + std::string(own_code(say)) + ".png")
                           : about.share_picture;
  out.add(
      "<meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" content=\"Birge\"><meta property=\"og:title\" content=\"{}\">"
      "<meta property=\"og:description\" content=\"{}\"><meta property=\"og:url\" content=\"{}\"><meta property=\"og:locale\" content=\"{}\">",
      plain_spaces(about.title), description, canonical, open_graph_locale(say.language()));
  if (!picture.text().empty())
    out.add(
        "<meta property=\"og:image\" content=\"{}\"><meta property=\"og:image:width\" content=\"1200\"><meta property=\"og:image:height\" content=\"630\">"
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        request.absolute(picture));
  return out;
}

/// "not checked since ..." or "checked on ...": what people must know of a number before they trust it.
Html check_of(Say const& say, campaign::Contact const& contact) {
  if (contact.checked) return html("<span class=\"checked\">{}</span>", say("checked on {}", *contact.checked));
  auto const year = contact.source_day.substr(0, 4);
  return html("<span class=\"unchecked\">{}</span>", say("not checked since {}", year));
}

Html hotline(Say const& say, campaign::Facts const& facts) {
  Html out;
  out.reserve(1024);
  auto const first = std::ranges::find_if(facts.contacts, [](auto const& contact) { return contact.purpose == "hotline" && !contact.found_dead; });
  out.add("<aside class=\"hotline\" aria-label=\"{}\"><div class=\"wide\">", say("Help"));
  if (first != facts.contacts.end()) {
    auto const text = first->texts.find(std::string(say.code()));
    out.add("<a class=\"call\" href=\"{}\">{} {}</a><p>{} {}</p>", url("tel:" + first->number).value_or(Url()), icon("phone"), first->number,
            text == first->texts.end() ? say("Hotline") : std::string_view(text->second.first), check_of(say, *first));
  }
  out.add("<span class=\"others\">");
  for (auto const& contact : facts.contacts) {
    if (contact.purpose != "emergency" || contact.found_dead) continue;
    auto const text = contact.texts.find(std::string(say.code()));
    auto const name = text == contact.texts.end() ? std::string() : text->second.first;
    out.add("<a href=\"{}\" title=\"{}\" aria-label=\"{} {}\">{}</a>", url("tel:" + contact.number).value_or(Url()), name, contact.number, name,
            contact.number);
  }
  out.add("</span></div></aside>");
  return out;
}

Html menu(Say const& say, std::string_view active) {
  Html out;
  out.reserve(1024);
  out.add("<nav class=\"menu\" aria-label=\"{}\"><ul>", say("Main menu"));
  auto const entry = [&](std::string_view name, Url const& address, std::string_view text) {
    out.add("<li><a href=\"{}\" {}>{}</a></li>", address, BIRGE_WHEN(name == active, "aria-current=\"page\""), text);
  };
  entry("agenda", say.path("/activities"), say("Activities"));
  entry("figures", say.path("/figures"), say("Figures"));
  entry("regions", say.path("/regions"), say("Regions"));
  entry("organisations", say.path("/organisations"), say("Organisations"));
  entry("editions", say.path("/editions"), say("Editions"));
  out.add("</ul></nav>");
  return out;
}

Html language_switch(Request const& request) {
  Html out;
  out.reserve(1024);
  out.add("<nav class=\"languages\" aria-label=\"{}\"><ul>", request.say("Language"));
  for (auto const language : languages) {
    std::string short_name(code(language));
    for (auto& c : short_name) c = static_cast<char>(c - 'a' + 'A');
    out.add("<li><a href=\"{}\" lang=\"{}\" hreflang=\"{}\" {}><span class=\"full\">{}</span><abbr class=\"code\" title=\"{}\">{}</abbr></a></li>",
            in_other_language(request, language), code(language), code(language),
            BIRGE_WHEN(language == request.say.language(), "aria-current=\"true\""), own_name(language), own_name(language), short_name);
  }
  out.add("</ul></nav>");
  return out;
}

Html shyrdak() {
  return html(
      "<svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><pattern id=\"horns\" width=\"36\" height=\"12\" "
      "patternUnits=\"userSpaceOnUse\"><path class=\"horn\" d=\"M-6 12 0 4.5 6 12zM30 12l6-7.5 6 7.5z\" fill=\"#1f5fbf\"/><path class=\"curl\" "
      "d=\"M18 12V6.5c0-5-8-5.5-8-1.3 0 2.8 3.8 3 3.8.4M18 6.5c0-5 8-5.5 8-1.3 0 2.8-3.8 3-3.8.4\" fill=\"none\" stroke=\"#1f5fbf\" "
      "stroke-width=\"1.7\" stroke-linecap=\"round\"/></pattern><rect width=\"100%\" height=\"12\" fill=\"url(#horns)\"/></svg>");
}

/// Works without a script: a field and a button, on narrow screens in a line of their own.
Html search_field(Say const& say) {
  return html(
      "<form class=\"find\" role=\"search\" aria-label=\"{}\" method=\"get\" action=\"{}\"><label class=\"heard\" for=\"find\">{}</label>"
      "<input type=\"search\" id=\"find\" name=\"q\" maxlength=\"100\" placeholder=\"{}\"><button aria-label=\"{}\">{}</button></form>",
      say("Search the whole site"), say.path("/search"), say("Search the whole site"), say("Search"), say("Search"), icon("search"));
}

Html header(Request const& request, Head const& about) {
  auto const& say = request.say;
  auto const name = about.edition ? about.edition->name(say.language()) : std::string(say("Together against trafficking in persons"));
  return html(
      "<header class=\"top\"><div class=\"wide\"><a class=\"brand\" href=\"{}\">{} <span><b>Birge</b><small>{}</small></span></a>{}{}"
      "<div class=\"tools\">{}{}<button class=\"theme\" type=\"button\" hidden aria-label=\"{}\">{}</button></div></div>{}</header>",
      say.path("/"), icon("birge"), name, menu(say, about.active), about.active == "search" ? Html() : search_field(say), language_switch(request),
      space_switch(request), say("Dark colours"), icon("theme"), shyrdak());
}

Html footer(Say const& say) {
  return html(
      "<footer class=\"foot\"><div class=\"wide\"><ul><li><a href=\"{}\">{}</a></li><li><a href=\"{}\">{}</a></li><li><a href=\"{}\">{}</a></li>"
      "<li><a href=\"{}\">{}</a></li><li><a href=\"{}\">{}</a></li><li><a href=\"{}\">{}</a></li></ul><p>{}</p></div></footer>",
      say.path("/sources"), say("Sources of the data"), say.path("/method"), say("How we count"), say.path("/open-data"), say("Open data"),
      say.path("/work"), say("For members of the coalition"), say.path("/join"), say("Join the coalition"), say.path("/invite"),
      say("Invite the campaign to your village"), say("Birge means “together”. This site keeps no trace of who reads it."));
}

}  // namespace

std::string_view language_name(Say const& say, Language language) {
  switch (language) {
    case Language::ky: return say("Kyrgyz");
    case Language::ru: return say("Russian");
    case Language::en: return say("English");
    case Language::test: break;
  }
  return own_name(language);
}

std::string dated(Say const& say, std::string_view source_date) {
  if (auto const day = Day::parse(source_date)) return say.date(*day);
  if (source_date.size() == 7)
    if (auto const month = Day::parse(std::string(source_date) + "-01")) return say.month(month->year(), month->month());
  return std::string(source_date);
}

Html const& icon(std::string_view id) {
  // A page has some forty, of a few dozen different ones: those of the program's own texts and of the country pack.
  static std::string const sprite(http::static_url("web/icons.svg").text());
  thread_local std::unordered_map<std::string, Html, TextHash, std::equal_to<>> drawn;
  if (auto const found = drawn.find(id); found != drawn.end()) return found->second;
  auto markup = html("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}\"/></svg>", own_path(sprite + "#" + std::string(id)));
  return drawn.emplace(id, std::move(markup)).first->second;
}

Reply page(Request& request, Head const& about, Html const& main, Status status) {
  return page(
      request, about, main.text().size(), [&](Html& out) { out += main; }, status);
}

Reply page(Request& request, Head const& about, std::size_t room, std::function<void(Html&)> const& write_main, Status status) {
  auto const& say = request.say;
  auto const known = facts(request);
  auto const canonical = request.absolute(about.canonical.text().empty() ? own_path(request.message.target) : about.canonical);
  Html out;
  out.reserve(room + 8192);
  out.add("<!doctype html><html lang=\"{}\"><head>{}</head><body><a class=\"skip\" href=\"#main\">{}</a>{}{}", say.code(),
          head(request, about, canonical, status), say("Skip to the content"), hotline(say, *known), header(request, about));
  out += workspace_bar(request, about.active);
  if (about.edition && about.edition->sample)
    out.add("<aside class=\"sample\" aria-label=\"{}\"><div class=\"wide\">{} <span><b>{}</b> {}</span></div></aside>", say("About these data"),
            icon("warning"), say("Sample data."), say("The activities and organisations on this page are invented, to show how Birge works."));
  out.add("<main id=\"main\" class=\"wide\">");
  write_main(out);
  out.add("</main>{}</body></html>", footer(say));
  auto reply = http::page(std::move(out), status);
  reply.header("Content-Language", std::string(say.code()));
  return reply;
}

std::shared_ptr<campaign::Facts const> facts(Request& request) { return campaign::facts(request.read()); }

std::string etag(Request& request) {
  auto& read = request.read();
  auto const revision = db::Database::revision(read);
  auto const today = campaign::facts(read)->today(request.now);
  return id_text(revision) + "-" + std::to_string(today.number) + "-" + std::string(request.say.code()) + "-" + std::string(build_id());
}

Reply map_file(Request& request) {
  auto const layer = place::map_layer_of_file(request.read(), request.capture("file"));
  if (!layer) throw Problem(Failure::not_found, message("There is no such file."));
  auto reply = http::text(layer->file, "image/svg+xml");
  reply.cache_control = "public, max-age=31536000, immutable";
  return reply;
}

Reply problem_page(Request& request, Status status, Message const& what) {
  auto const& say = request.say;
  Head about;
  about.title = say(what);
  about.index = false;
  about.canonical = say.path("/");
  Html words, doors;
  if (status == Status::not_found) {
    about.title = say("Page not found");
    words = html("<p class=\"lead\">{}</p><p>{}</p>", say(what), say("Look for it in the list of activities, or begin again on the first page."));
    doors = html("<a class=\"button\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a>", say.path("/activities"),
                 say("List of activities"), say.path("/"), say("To the first page"));
  } else {
    // What is refused for a reason that stands above happens again, as it should.
    if (static_cast<int>(status) >= 500) words = html("<p>{}</p>", say("If it happens again, tell the coordinator what you were doing."));
    bool const signed_in = account::maybe_person(request) != nullptr;
    doors = html("<a class=\"button\" href=\"{}\">{}</a>", signed_in ? say.path("/work") : say.path("/"),
                 signed_in ? say("My page") : say("To the first page"));
  }
  auto const main = html(
      "<section class=\"empty\"><svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><rect width=\"100%\" height=\"12\" "
      "fill=\"url(#horns)\"/></svg><p class=\"code\">{}</p><h1>{}</h1>{}<p class=\"actions\">{}</p></section>{}",
      static_cast<int>(status), about.title, words, doors, what_was_sent(request, status));
  return page(request, about, main, status);
}

Html in_language(Request const& request, std::string_view text, std::string_view language) {
  Html out;
  add_in_language(out, request, text, language);
  return out;
}

void add_in_language(Html& out, Request const& request, std::string_view text, std::string_view language) {
  if (language.empty() || language == request.say.code()) out.add("{}", text);
  else out.add("<span lang=\"{}\">{}</span>", language, text);
}

Html sample_tag(Say const& say, campaign::Edition const& edition) {
  return edition.sample ? html(" <span class=\"tag attention\">{} {}</span>", icon("warning"), say("Sample data")) : Html();
}

Html later_link(Url const& link, std::string_view text) {
  return html("<a class=\"button second next\" rel=\"next\" href=\"{}\">{} {}</a>", link, text, icon("chevron"));
}

Html next_page(Say const& say, Url const& link) {
  return html("<nav class=\"pages\" aria-label=\"{}\">{}</nav>", say("Pages of this list"), later_link(link, say("Next")));
}

campaign::Edition const& chosen_edition(Request& request, campaign::Facts const& facts) { return chosen_edition(request, facts, request.query); }

campaign::Edition const& chosen_edition(Request& request, campaign::Facts const& facts, http::Parameters const& query) {
  if (auto const slug = query.get("edition"); !slug.empty()) {
    if (auto const* edition = facts.edition(slug)) return *edition;
    throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(slug), 40)));
  }
  if (auto const current = facts.current(request.now)) return *current;
  throw Problem(Failure::not_found, message("No edition of the campaign has been entered yet."));
}

}  // namespace birge::site
