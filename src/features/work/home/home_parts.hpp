#pragma once

#include "features/work/home/home_desk.hpp"

/// Parts of My page that stand in files of their own.
namespace birge::work {

/// How punctually the results of the own region and of the own organisations come in, with the way to those of all.
Html results_in_time(Request& request, Desk const& desk);

}  // namespace birge::work
