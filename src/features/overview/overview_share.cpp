#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_view.hpp"
#include "features/site/share.hpp"

namespace birge::overview {

namespace {

/// "2018-ky.png": what the picture is of, and its language.
struct FileName {
  std::string name;
  Language language = Language::ky;
};

[[noreturn]] void refuse() { throw Problem(Failure::not_found, message("There is no such picture.")); }

FileName read_name(Request const& request) {
  std::string_view file = request.capture("file");
  if (!file.ends_with(".png")) refuse();
  file.remove_suffix(4);
  auto const dash = file.rfind('-');
  auto const language = dash == std::string_view::npos ? std::nullopt : language_of(file.substr(dash + 1));
  if (!language) refuse();
  return {std::string(file.substr(0, dash)), *language};
}

/// A picture travels without its page, so it names the hotline only while somebody has checked it.
std::string foot(Say const& say, campaign::Facts const& facts) {
  for (auto const& contact : facts.contacts)
    if (contact.purpose == "hotline" && contact.checked && !contact.found_dead) return say("Help: {}", contact.number);
  return std::string(say("Together against trafficking in persons"));
}

Reply picture(Request& request, site::ShareCard const& card) {
  auto const svg = site::share_svg(card);
  Reply reply;
  reply.etag = site::share_tag(svg);
  reply.content_type = "image/png";
  reply.cache_control = "public, max-age=3600";
  if (!request.message.knows(reply.etag)) reply.body = site::share_png(svg);
  return reply;
}

std::string sample_words(Say const& say, campaign::Edition const& edition) {
  return edition.sample ? std::string(say("Sample data. Invented, to show how Birge works.")) : std::string();
}

}  // namespace

Reply share_edition(Request& request) {
  auto const [name, language] = read_name(request);
  auto const facts = site::facts(request);
  auto const* edition = facts->edition(name);
  if (!edition) refuse();
  auto const& say = Say::in(language);
  auto const slogan = edition->slogan(language);
  return picture(request, {.above = view::dates(say, *edition),
                           .title = edition->name(language),
                           .detail = slogan,
                           .foot = foot(say, *facts),
                           .sample = sample_words(say, *edition)});
}

Reply share_activity(Request& request) {
  auto const [name, language] = read_name(request);
  auto const id = parse_id_as<activity::ActivityTag>(name);
  auto const activity = id ? activity::Store(request.read()).find(*id) : std::nullopt;
  if (!activity || !activity->is_public || !activity::counted(activity->state)) refuse();
  auto const facts = site::facts(request);
  auto const* edition = facts->edition(activity->edition);
  if (!edition) refuse();
  auto const& say = Say::in(language);
  auto when = activity->precision == activity::Precision::day     ? say.date_range(activity->day, activity->end_day)
              : activity->precision == activity::Precision::month ? say.month(activity->day.year(), activity->day.month())
                                                                  : std::to_string(activity->day.year());
  if (activity->start_minutes) when += ", " + say.time(*activity->start_minutes);
  auto const where = activity->place ? facts->places->full_name(*activity->place, language) : say(activity::name(activity->reach));
  bool const off = activity->state == activity::State::cancelled;
  return picture(request,
                 {.above = (off ? say(activity::name(activity->state)) + " · " : std::string()) + facts->codes.name("kind", activity->kind, language),
                  .title = activity->text(language).title,
                  .detail = when + " · " + where,
                  .foot = foot(say, *facts),
                  .sample = sample_words(say, *edition)});
}

}  // namespace birge::overview
