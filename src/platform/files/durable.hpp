#pragma once

#include <filesystem>
#include <string_view>

/// Files that are on the disk, content and name, when the function returns: a power failure does not take them back. Each function throws
/// std::system_error, whose text is for the log, when the disk is full or cannot be written.
namespace birge::files {

/// Makes the folder where there is none, for its owner alone.
void make_folder(std::filesystem::path const& folder);

/// Puts a file that is written, or of a library that writes by itself, in place of what stands at `path`; nobody ever finds half of it there.
void put_in_place(std::filesystem::path const& unfinished, std::filesystem::path const& path);

/// Writes `content` to `unfinished`, readable for its owner alone, and puts that in place. What fails leaves nothing there.
void write_in_place(std::filesystem::path const& unfinished, std::filesystem::path const& path, std::string_view content);

}  // namespace birge::files
