// The share of re-seeded runs that fail, along the run, as a picture in HTML.

#ifndef REPRISE_SIM_EXPLORE_PAGE_CURVE_PICTURE_H_
#define REPRISE_SIM_EXPLORE_PAGE_CURVE_PICTURE_H_

#include <string>

#include "reprise/sim/explore/page/run_page_input.h"

namespace reprise {

// Empty where the curve has no points. Each point has its interval of 95 %,
// after Wilson (1927).
std::string CurvePictureHtml(const FailureCurve& curve);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_CURVE_PICTURE_H_
