#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "features/notice/notice.hpp"
#include "features/work/work_store.hpp"

/// Notices with what they are about, as far as the person may still see it.
namespace birge::news {

struct Item {
  notice::Notice notice;
  notice::Event event = notice::Event::approved;
  std::shared_ptr<activity::Activity const> activity;  ///< null: about none, or about several
  Url leads_to;

  bool several() const { return notice.count > 1; }
};

/// Looks at notices with the eyes of one person, at one moment.
class Sight {
public:
  Sight(db::Reader& read, account::Person const& person, campaign::Facts const& known, Day today)
      : read_(read), person_(person), known_(known), viewer_(read, person, today) {}

  /// Nothing where the person may not see it any more, or it is gone.
  std::optional<Item> see(Say const& say, notice::Notice notice);

private:
  std::shared_ptr<activity::Activity const> visible(std::int64_t id);

  db::Reader& read_;
  account::Person const& person_;
  campaign::Facts const& known_;
  work::Viewer viewer_;
  std::map<std::int64_t, std::shared_ptr<activity::Activity const>> activities_;
};

/// What happened, in a sentence.
std::string sentence(Say const& say, Item const& item);

}  // namespace birge::news
