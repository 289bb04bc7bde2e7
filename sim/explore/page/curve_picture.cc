#include "reprise/sim/explore/page/curve_picture.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/report/html_text.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/text/numbers.h"

namespace reprise {
namespace {

// Of the picture, in its own units.
constexpr double kWidth = 760;
constexpr double kHeight = 110;
constexpr double kLeft = 44;
constexpr double kTop = 10;
constexpr double kBottom = 88;

double Height(double share) { return kBottom - share * (kBottom - kTop); }

class Picture {
 public:
  explicit Picture(const FailureCurve& curve) : curve_(curve) {
    first_ = last_ = curve.points.front().event;
    for (const CurvePoint& point : curve.points) Include(point.event);
    if (curve.turning_point) Include(*curve.turning_point);
  }

  std::string Html() const {
    std::string html = absl::StrFormat(
        "<svg viewBox=\"0 0 %g %g\" role=\"img\" aria-label=\"Share of "
        "re-seeded runs that fail, along the run\">",
        kWidth, kHeight);
    AppendScale(html);
    AppendPoints(html);
    AppendTurn(html);
    return html + "</svg>";
  }

 private:
  void Include(uint64_t event) {
    first_ = std::min(first_, event);
    last_ = std::max(last_, event);
  }
  double Place(uint64_t event) const {
    const auto span =
        static_cast<double>(std::max<uint64_t>(last_ - first_, 1));
    return kLeft +
           static_cast<double>(event - first_) / span * (kWidth - kLeft - 12);
  }

  void AppendScale(std::string& html) const {
    for (const int percent : {0, 50, 100}) {
      const double y = Height(percent / 100.0);
      absl::StrAppendFormat(
          &html,
          "<path class=\"grid\" d=\"M%g %.1fH%g\"/><text x=\"%g\" y=\"%.1f\" "
          "text-anchor=\"end\">%d %%</text>",
          kLeft, y, kWidth, kLeft - 6, y + 4, percent);
    }
    for (const uint64_t event : {first_, last_}) {
      absl::StrAppendFormat(
          &html, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"%s\">event %s</text>",
          Place(event), kBottom + 17, event == first_ ? "start" : "end",
          WithThousands(event));
    }
  }

  void AppendPoints(std::string& html) const {
    std::string line;
    std::string bars;
    for (const CurvePoint& point : curve_.points) {
      const Share share = ShareOf(point);
      const double x = Place(point.event);
      absl::StrAppendFormat(&line, "%s%.1f %.1f", line.empty() ? "M" : "L", x,
                            Height(share.middle));
      absl::StrAppendFormat(&bars, "M%.1f %.1fV%.1f", x, Height(share.low),
                            Height(share.high));
    }
    absl::StrAppend(&html, "<path class=\"spread\" d=\"", bars,
                    "\"/><path class=\"curve\" d=\"", line, "\"/>");
    for (const CurvePoint& point : curve_.points) {
      absl::StrAppendFormat(
          &html,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"><title>event %s: %s of %s "
          "fail</title></circle>",
          Place(point.event), Height(ShareOf(point).middle),
          WithThousands(point.event), WithThousands(point.failures),
          WithThousands(point.trials));
    }
  }

  void AppendTurn(std::string& html) const {
    if (!curve_.turning_point) return;
    absl::StrAppendFormat(&html, "<path class=\"turn\" d=\"M%.1f %gV%g\"/>",
                          Place(*curve_.turning_point), kTop - 6, kBottom);
  }

  const FailureCurve& curve_;
  uint64_t first_;
  uint64_t last_;
};

}  // namespace

std::string CurvePictureHtml(const FailureCurve& curve) {
  if (curve.points.empty()) return "";
  std::string html = "<figure id=\"curve\" class=\"curve\"><figcaption>";
  html += "How often the run fails when it is re-seeded after an event";
  if (curve.turning_point) {
    absl::StrAppend(&html, "; it turns at event ",
                    WithThousands(*curve.turning_point));
    if (!curve.turning_text.empty()) {
      html += ": ";
      checker::AppendHtmlText(curve.turning_text, html);
    }
  }
  absl::StrAppend(&html, "</figcaption>", Picture(curve).Html(), "</figure>\n");
  return html;
}

}  // namespace reprise
