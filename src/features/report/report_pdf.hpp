#pragma once

#include <string>
#include <string_view>

/// Sheets of paper from our own HTML, by WeasyPrint run as a process of its own.
namespace birge::report {

/// The bytes of a PDF of a complete document that loads nothing. Throws Problem when WeasyPrint is not installed, fails or takes longer than two
/// minutes. The document and the PDF lie in a folder of their own under TMPDIR meanwhile.
std::string pdf_of(std::string_view document);

}  // namespace birge::report
