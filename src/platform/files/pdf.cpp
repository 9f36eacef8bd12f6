#define POINTERHOLDER_TRANSITION 4  // libqpdf's own pointers are the standard ones
#include <algorithm>
#include <array>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>

#include "platform/files/clean.hpp"
#include "platform/files/jpeg_segments.hpp"

/// PDFs: the only file that knows libqpdf. What is kept is the pages; who wrote them when and where, what is hidden beside them and what would run
/// by itself is left out. Keys as in ISO 32000-1.
namespace birge::files::detail {

namespace {

using Object = QPDFObjectHandle;

template <std::size_t N>
bool among(std::array<char const*, N> const& names, std::string const& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Of the catalogue: what shows the pages and leads through them.
constexpr std::array kept_of_catalogue{"/Type",       "/Pages",    "/PageLabels",     "/Names", "/Dests",        "/Outlines", "/ViewerPreferences",
                                       "/PageLayout", "/MarkInfo", "/StructTreeRoot", "/Lang",  "/OCProperties", "/AcroForm", "/OutputIntents",
                                       "/Version"};
/// Anywhere: data about the document, hidden files, what runs.
constexpr std::array never_kept{"/AA", "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/JS", "/XFA", "/EF", "/RichMediaContent", "/Private"};
constexpr std::array harmless_actions{"/GoTo", "/URI", "/Named"};
constexpr std::array hidden_annotations{"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Popup"};
/// Of a remark on a page: who made it and when.
constexpr std::array told_by_annotations{"/T", "/M", "/CreationDate", "/NM", "/RC"};

bool is_action(Object value) { return value.isDictionary() && value.getKeyIfDict("/S").isName(); }

void scrub_annotation(Object annotation) {
  auto subtype = annotation.getKeyIfDict("/Subtype");
  if (!annotation.hasKey("/Rect") || !subtype.isName() || subtype.getName() == "/Widget") return;
  for (auto const* key : told_by_annotations) annotation.removeKey(key);
}

void scrub(Object object, int depth);

void scrub_dictionary(Object dictionary, int depth) {
  for (auto const* key : never_kept) dictionary.removeKey(key);
  scrub_annotation(dictionary);
  for (auto const& key : dictionary.getKeys()) {
    auto value = dictionary.getKey(key);
    // /A is an action of an annotation or a bookmark, and a number elsewhere; /Next follows an action.
    if ((key == "/A" || key == "/Next" || key == "/OpenAction" || key == "/PA") && is_action(value) &&
        !among(harmless_actions, value.getKey("/S").getName())) {
      dictionary.removeKey(key);
      continue;
    }
    if (!value.isIndirect()) scrub(value, depth + 1);
  }
}

void scrub_array(Object array, int depth) {
  for (int i = array.getArrayNItems() - 1; i >= 0; --i) {
    auto item = array.getArrayItem(i);
    auto subtype = item.getKeyIfDict("/Subtype");
    bool const action = is_action(item) && item.getKeyIfDict("/Type").isNameAndEquals("/Action");
    if ((subtype.isName() && item.hasKey("/Rect") && among(hidden_annotations, subtype.getName())) ||
        (action && !among(harmless_actions, item.getKey("/S").getName())))
      array.eraseItem(i);
    else if (!item.isIndirect()) scrub(item, depth + 1);
  }
}

/// Photographs on a page stand there as JPEG files of their own, with the place where they were taken.
void scrub_photograph(Object stream) {
  auto filter = stream.getDict().getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  if (!filter.isNameAndEquals("/DCTDecode")) return;
  auto const raw = stream.getRawStreamData();
  auto const bytes = std::string_view(reinterpret_cast<char const*>(raw->getBuffer()), raw->getSize());
  auto plain = without_segments(bytes);
  if (!plain) throw std::runtime_error("a photograph in the document cannot be read");
  if (plain->size() != bytes.size()) stream.replaceStreamData(*plain, stream.getDict().getKey("/Filter"), stream.getDict().getKey("/DecodeParms"));
}

void scrub(Object object, int depth) {
  if (depth > 200) throw std::runtime_error("nested too deeply");
  if (object.isStream()) {
    scrub_dictionary(object.getDict(), depth);
    scrub_photograph(object);
  } else if (object.isDictionary()) {
    scrub_dictionary(object, depth);
  } else if (object.isArray()) {
    scrub_array(object, depth);
  }
}

void scrub_catalogue(QPDF& pdf) {
  auto root = pdf.getRoot();
  for (auto const& key : root.getKeys())
    if (!among(kept_of_catalogue, key)) root.removeKey(key);
  auto names = root.getKey("/Names");
  if (names.isDictionary())
    for (auto const& key : names.getKeys())
      if (key != "/Dests") names.removeKey(key);
  auto trailer = pdf.getTrailer();
  trailer.removeKey("/Info");
  trailer.removeKey("/ID");
}

}  // namespace

Cleaned clean_pdf(std::string_view content) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("document", content.data(), content.size());
    if (pdf.isEncrypted()) return refused(Refusal::locked);
    if (pdf.getAllPages().empty()) return refused(Refusal::damaged);
    scrub_catalogue(pdf);
    for (auto& object : pdf.getAllObjects()) scrub(object, 0);
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    auto const made = writer.getBufferSharedPointer();
    Cleaned cleaned;
    cleaned.file.assign(reinterpret_cast<char const*>(made->getBuffer()), made->getSize());
    return cleaned;
  } catch (QPDFExc const& problem) { return refused(problem.getErrorCode() == qpdf_e_password ? Refusal::locked : Refusal::damaged); }
}

}  // namespace birge::files::detail
