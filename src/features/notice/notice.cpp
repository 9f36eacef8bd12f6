#include "features/notice/notice.hpp"

#include <algorithm>

namespace birge::notice {

std::string_view code(Part part) {
  switch (part) {
    case Part::waits: return "waits";
    case Part::mine: return "mine";
    case Part::talk: return "talk";
  }
  return {};
}

Message name(Part part) {
  switch (part) {
    case Part::waits: return message("What waits for me");
    case Part::mine: return message("My activities and my account");
    case Part::talk: return message("Discussions and mentions");
  }
  return {};
}

std::string_view code(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::now: return "now";
    case Rhythm::daily: return "daily";
    case Rhythm::weekly: return "weekly";
    case Rhythm::none: return "none";
  }
  return {};
}

std::optional<Rhythm> rhythm_of(std::string_view text) {
  auto const found = std::ranges::find_if(rhythms, [&](Rhythm rhythm) { return code(rhythm) == text; });
  return found == rhythms.end() ? std::nullopt : std::optional(*found);
}

Message name(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::now: return message("At once");
    case Rhythm::daily: return message("Once a day, in the morning");
    case Rhythm::weekly: return message("Once a week, on Monday");
    case Rhythm::none: return message("Never");
  }
  return {};
}

std::string_view code(Event event) {
  switch (event) {
    case Event::proposed: return "proposed";
    case Event::escalated: return "escalated";
    case Event::reported: return "reported";
    case Event::joining: return "joining";
    case Event::missing: return "missing";
    case Event::approved: return "approved";
    case Event::returned: return "returned";
    case Event::confirmed: return "confirmed";
    case Event::result_returned: return "result_returned";
    case Event::changed: return "changed";
    case Event::moved: return "moved";
    case Event::cancelled: return "cancelled";
    case Event::corrected: return "corrected";
    case Event::undone: return "undone";
    case Event::factor_removed: return "factor_removed";
    case Event::role_ended: return "role_ended";
    case Event::remarked: return "remarked";
    case Event::mentioned: return "mentioned";
  }
  return {};
}

std::optional<Event> event_of(std::string_view text) {
  auto const found = std::ranges::find_if(events, [&](Event event) { return code(event) == text; });
  return found == events.end() ? std::nullopt : std::optional(*found);
}

Part part_of(Event event) {
  switch (event) {
    case Event::proposed:
    case Event::escalated:
    case Event::reported:
    case Event::joining:
    case Event::missing: return Part::waits;
    case Event::remarked:
    case Event::mentioned: return Part::talk;
    default: return Part::mine;
  }
}

Message what(Event event) {
  switch (event) {
    case Event::proposed: return message("A proposal waits for your answer");
    case Event::escalated: return message("A proposal had no answer in time: now you may decide");
    case Event::reported: return message("A result waits for your confirmation");
    case Event::joining: return message("An organisation asks to join the coalition");
    case Event::missing: return message("A result is missing");
    case Event::approved: return message("Your activity was approved");
    case Event::returned: return message("Your proposal was returned, with a reason");
    case Event::confirmed: return message("The result was confirmed");
    case Event::result_returned: return message("The result was returned, with a reason");
    case Event::changed: return message("An approved activity was changed");
    case Event::moved: return message("The activity was moved to another day or place");
    case Event::cancelled: return message("The activity was cancelled");
    case Event::corrected: return message("The result was corrected");
    case Event::undone: return message("A step was taken back");
    case Event::factor_removed: return message("A coordinator removed your second step: set it up anew");
    case Event::role_ended: return message("One of your roles ended");
    case Event::remarked: return message("A new remark");
    case Event::mentioned: return message("You were mentioned");
  }
  return {};
}

std::string what_of_many(Say const& say, Event event, std::int64_t count) {
  switch (event) {
    case Event::proposed: return say.plural("{} proposal waits for your answer", "{} proposals wait for your answer", count);
    case Event::escalated:
      return say.plural("{} proposal had no answer in time: now you may decide", "{} proposals had no answer in time: now you may decide", count);
    case Event::reported: return say.plural("{} result waits for your confirmation", "{} results wait for your confirmation", count);
    case Event::missing: return say.plural("{} result is missing", "{} results are missing", count);
    case Event::approved: return say.plural("{} activity was approved", "{} activities were approved", count);
    case Event::returned: return say.plural("{} proposal was returned", "{} proposals were returned", count);
    case Event::confirmed: return say.plural("{} result was confirmed", "{} results were confirmed", count);
    case Event::result_returned: return say.plural("{} result was returned", "{} results were returned", count);
    case Event::changed: return say.plural("{} approved activity was changed", "{} approved activities were changed", count);
    case Event::moved: return say.plural("{} activity was moved", "{} activities were moved", count);
    case Event::cancelled: return say.plural("{} activity was cancelled", "{} activities were cancelled", count);
    default: return say(what(event)) + " (" + say.number(count) + ")";
  }
}

}  // namespace birge::notice
