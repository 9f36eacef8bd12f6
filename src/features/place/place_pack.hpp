#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "features/place/place.hpp"
#include "platform/base/id.hpp"
#include "platform/base/pack_files.hpp"

/// The places of a country pack: read from its files and checked as a whole, then stored in one transaction.
namespace birge::place {

/// What sources.csv, source_texts.csv, census2022.csv, places.csv, aliases.csv, maps/*.csv and national_days.csv say.
struct Pack {
  struct Source {
    std::string key, title, address, licence, dated, note;
  };
  struct SourceText {
    std::string source, language, title, licence, note;  ///< empty: as the source has it
  };
  struct Unit {
    std::string code, source;
    std::int64_t population, year;
    std::optional<std::int64_t> men, women;
  };
  struct Entry {
    std::string code, parent, kind;  ///< parent: code, empty for the country
    Level level;
    int position;  ///< among its siblings
    std::string path;
    std::optional<std::string> pcode, census_unit;
    std::optional<Day> valid_from, valid_until;  ///< the first and the last day on which it is a place
    std::optional<double> latitude, longitude;
    std::map<std::string, std::pair<std::string, std::string>> names;  ///< by language: name, short name
    std::vector<std::string> aliases;
  };
  struct Layer {
    std::string name, water, borders, attribution;
    std::int64_t width, height;
    double west, north, x_scale, y_scale;
    std::map<std::string, std::string> attributions;  ///< by language, where it is translated
  };
  struct Shape {
    std::string layer, place, outline;  ///< an empty outline: a point at label_x, label_y
    double label_x, label_y;
    bool approximate;
  };
  struct NationalDay {
    Day from, until;
    std::string kind, code, source;
  };
  struct NationalDayName {
    std::string code, language, name;
  };

  std::vector<Source> sources;
  std::vector<SourceText> source_texts;
  std::vector<Unit> units;
  std::vector<Entry> places;  ///< each after its parent
  std::vector<Layer> layers;
  std::vector<Shape> shapes;
  std::vector<NationalDay> days;
  std::vector<NationalDayName> day_names;
};

/// Reads and checks the files. Throws Problem that names the file and row for whatever does not fit together: an unknown parent, source,
/// census unit or place, a level that is not one below the parent's, a code or P-code that stands twice, days that end before they begin
/// or lie outside the parent's.
Pack read_pack(PackFiles const& files);

/// Stores a pack: new places get ids, known ones (by code) are updated and keep theirs. Loading it again changes nothing but
/// facts_version; a newer pack may be loaded over an older one. Places that a newer pack leaves out stay, because activities may name them.
void load_pack(db::Tx& tx, IdMaker& ids, Pack const& pack);
void load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& files);

}  // namespace birge::place
