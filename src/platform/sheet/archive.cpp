#include "platform/sheet/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace birge::sheet {
namespace {

constexpr std::size_t ratio = 200, ratio_from = 16 * 1024 * 1024;
constexpr zip_int64_t most_parts = 10'000;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct ClosePart {
  void operator()(zip_file_t* part) const { zip_fclose(part); }
};

[[noreturn]] void refuse_encrypted() {
  throw Problem(Failure::unprocessable,
                message("This workbook is protected with a password: remove the password in Excel, save it and send it again."));
}

zip_source_t* zip_source(Source const& source, zip_error_t* error) {
  return source.in_memory() ? zip_source_buffer_create(source.bytes().data(), source.bytes().size(), 0, error)
                            : zip_source_file_create(source.path().c_str(), 0, -1, error);
}

}  // namespace

void refuse_damaged(std::string const& why) {
  throw Problem(Failure::unprocessable,
                message("This workbook is damaged or was cut off on its way: open it in Excel, save it again and send the new file."), why);
}

struct Archive::Inside {
  std::unique_ptr<zip_t, CloseArchive> zip;
};

Archive::Archive(Source const& source, Limits const& limits) : inside_(std::make_unique<Inside>()), packed_(source.size()) {
  most_ = std::min(limits.unpacked_bytes, std::max(ratio * packed_, ratio_from));
  zip_error_t error;
  zip_error_init(&error);
  auto* const bytes = zip_source(source, &error);
  inside_->zip.reset(bytes == nullptr ? nullptr : zip_open_from_source(bytes, ZIP_RDONLY, &error));
  if (!inside_->zip) {
    if (bytes != nullptr) zip_source_free(bytes);
    std::string const why = zip_error_strerror(&error);
    zip_error_fini(&error);
    refuse_damaged(why);
  }
  zip_error_fini(&error);
  if (zip_get_num_entries(inside_->zip.get(), 0) > most_parts) refuse_damaged("too many parts");
}

Archive::~Archive() = default;

bool Archive::has(std::string const& part) const { return zip_name_locate(inside_->zip.get(), part.c_str(), ZIP_FL_NOCASE) >= 0; }

std::size_t Archive::claimed_size(std::string const& part) const {
  zip_stat_t about;
  if (zip_stat(inside_->zip.get(), part.c_str(), ZIP_FL_NOCASE, &about) != 0) return 0;
  return (about.valid & ZIP_STAT_SIZE) != 0 ? about.size : 0;
}

void Archive::count(std::string const& part, std::size_t bytes) {
  unpacked_[part] = std::max(unpacked_[part], bytes);
  auto const all = std::accumulate(unpacked_.begin(), unpacked_.end(), std::size_t{0}, [](auto sum, auto const& each) { return sum + each.second; });
  if (all <= most_) return;
  throw Problem(Failure::too_large,
                message("This workbook unpacks to far more than its size suggests: copy its table into a new workbook and send that."),
                part + " passes the limit of unpacked bytes");
}

void Archive::unpack(std::string const& part, std::function<bool(std::string_view)> const& take) {
  auto* const zip = inside_->zip.get();
  auto const index = zip_name_locate(zip, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) refuse_damaged("lacks " + part);
  zip_stat_t about;
  if (zip_stat_index(zip, static_cast<zip_uint64_t>(index), 0, &about) != 0) refuse_damaged(zip_strerror(zip));
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) refuse_encrypted();
  // What the archive claims is refused at once; what it does not admit is counted below.
  if ((about.valid & ZIP_STAT_SIZE) != 0) count(part, about.size);
  std::unique_ptr<zip_file_t, ClosePart> const file(zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
  if (!file) refuse_damaged(part + ": " + zip_strerror(zip));
  std::array<char, 64 * 1024> buffer;
  for (std::size_t all = 0;;) {
    auto const got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) refuse_damaged(part + ": " + zip_file_strerror(file.get()));
    if (got == 0) return;
    count(part, all += static_cast<std::size_t>(got));
    if (!take({buffer.data(), static_cast<std::size_t>(got)})) return;
  }
}

std::string Archive::beginning(std::string const& part, std::size_t most) {
  std::string found;
  unpack(part, [&](std::string_view piece) {
    found += piece.substr(0, most - found.size());
    return found.size() < most;
  });
  return found;
}

}  // namespace birge::sheet
