#pragma once

#include "platform/http/request.hpp"

/// The pages around the activities: home, regions, organisations, editions, and what explains the data.
namespace birge::overview {

Reply home(Request& request);           ///< /
Reply regions(Request& request);        ///< /regions
Reply region(Request& request);         ///< /regions/{code}
Reply organisations(Request& request);  ///< /organisations?q=...&kind=...
Reply organisation(Request& request);   ///< /organisations/{slug}
Reply editions(Request& request);       ///< /editions
Reply edition(Request& request);        ///< /editions/{slug}
Reply guide(Request& request);          ///< /guide
Reply sources(Request& request);        ///< /sources
Reply method(Request& request);         ///< /method
Reply open_data(Request& request);      ///< /open-data

// Bare addresses, with the language in the file's name.
Reply share_edition(Request& request);   ///< /share/editions/{slug-language.png}
Reply share_activity(Request& request);  ///< /share/activities/{id-language.png}

}  // namespace birge::overview
