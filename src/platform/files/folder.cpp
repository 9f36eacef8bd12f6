#include "platform/files/folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>

#include "platform/base/encoding.hpp"
#include "platform/base/problem.hpp"
#include "platform/files/descriptor.hpp"
#include "platform/files/durable.hpp"

namespace birge::files {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void cannot_store(std::string why) {
  throw Problem(Failure::internal, message("The file could not be stored. Nothing was changed; please try again later."), std::move(why));
}

}  // namespace

std::string name_of(std::string_view content) {
  std::string hash(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), reinterpret_cast<unsigned char const*>(content.data()),
                     content.size(), nullptr, 0);
  return hex(hash);
}

bool is_name(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

Hold::~Hold() {
  if (descriptor_ >= 0) ::close(descriptor_);  // gives the lock back too
}

fs::path Folder::where(std::string_view name) const { return path_ / name.substr(0, 2) / name; }

std::string Folder::put(std::string_view content) const {
  static std::atomic<unsigned> counter{0};
  auto name = name_of(content);
  auto const to = where(name);
  auto const unfinished = to.parent_path() / ("." + name + "." + std::to_string(::getpid()) + "." + std::to_string(++counter));
  try {
    make_folder(to.parent_path());
    write_in_place(unfinished, to, content);
  } catch (std::system_error const& error) { cannot_store(error.what()); }
  return name;
}

std::optional<std::string> Folder::get(std::string_view name) const {
  if (!is_name(name)) return std::nullopt;
  std::ifstream file(where(name), std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Folder::Health Folder::check(std::string const& name) const {
  auto const content = get(name);
  if (!content) return Health::missing;
  return name_of(*content) == name ? Health::whole : Health::damaged;
}

std::vector<Stored> Folder::list() const {
  std::vector<Stored> list;
  std::error_code error;
  auto const now = fs::file_time_type::clock::now();
  for (auto const& entry : fs::recursive_directory_iterator(path_, error)) {
    auto name = entry.path().filename().string();
    if (!entry.is_regular_file(error) || !(is_name(name) || (name.size() > 65 && name[0] == '.'))) continue;
    auto const written = entry.last_write_time(error);
    if (error) continue;  // removed meanwhile
    auto const age = std::chrono::duration_cast<std::chrono::seconds>(now - written);
    list.push_back({std::move(name), static_cast<std::int64_t>(entry.file_size(error)), age});
  }
  std::ranges::sort(list, {}, &Stored::name);
  return list;
}

Hold Folder::hold() const {
  try {
    make_folder(path_);
  } catch (std::system_error const& error) { cannot_store(error.what()); }
  Descriptor lock(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.number() < 0) cannot_store(std::string("opening the lock: ") + std::strerror(errno));
  while (::flock(lock.number(), LOCK_SH) != 0)
    if (errno != EINTR) cannot_store(std::string("waiting for the lock: ") + std::strerror(errno));
  return Hold(lock.release());
}

bool Folder::remove_unless(std::vector<std::string> const& names, std::function<Names()> const& named) const {
  if (names.empty()) return true;
  Descriptor const lock(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.number() < 0) return false;
  // Whoever takes a picture away does not wait for a backup; what stays is found by the daily job.
  for (int attempt = 0; ::flock(lock.number(), LOCK_EX | LOCK_NB) != 0; ++attempt) {
    if (attempt == 20) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  auto const kept = named();
  std::error_code ignored;
  for (auto const& name : names)
    if (!kept.contains(name)) fs::remove(name.starts_with('.') ? path_ / name.substr(1, 2) / name : where(name), ignored);
  return true;
}

}  // namespace birge::files
