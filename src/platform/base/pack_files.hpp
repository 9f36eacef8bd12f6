#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace birge {

/// The files of one country pack: those in the binary, or a folder of the same layout that a coalition keeps for itself.
class PackFiles {
public:
  /// The pack of a country (kg) that came with the program; throws Problem when there is none.
  static PackFiles embedded(std::string_view country);
  /// A pack in a folder; throws Problem when it is not a folder that can be read.
  static PackFiles on_disk(std::string const& folder);

  /// The content of a file by its name inside the pack (places.csv, maps/region.csv); nothing if the pack has no such file.
  /// Throws Problem when it is there but cannot be read. Names never lead out of the pack.
  std::optional<std::string> read(std::string_view name) const;
  /// As read, for a file no pack can do without: its absence is a Problem.
  std::string require(std::string_view name) const;

  /// What a message calls this pack: countries/kg/ or the folder.
  std::string const& name() const { return folder_; }

private:
  PackFiles(std::string folder, bool on_disk) : folder_(std::move(folder)), on_disk_(on_disk) {}
  std::string folder_;  ///< ends in /
  bool on_disk_;
};

}  // namespace birge
