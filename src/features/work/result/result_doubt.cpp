#include "features/work/result/result_form.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"

/// What is unlikely about a result, where somebody decides on it.
namespace birge::work {

std::vector<Message> doubts(db::Reader& read, Activity const& activity) {
  activity::Store activities(read);
  std::vector<Activity> before;
  for (auto const id : Store(read).before(activity))
    if (auto other = activities.find(id)) before.push_back(std::move(*other));
  return unlikely(activity, before);
}

Html doubts_part(Request& request, Opened const& opened) {
  if (opened.activity.state != State::reported || !opened.may(Action::confirm, request.now).allowed) return {};
  auto const& say = request.say;
  Html reasons;
  for (auto const& reason : doubts(request.read(), opened.activity)) reasons.add("<li>{}</li>", say(reason));
  if (reasons.empty()) return {};
  return html("<div class=\"notice attention\" role=\"note\">{}<div><h2>{}</h2><ul>{}</ul></div></div>", site::icon("warning"),
              say("Look at this before you confirm it"), reasons);
}

}  // namespace birge::work
