#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "platform/db/db.hpp"

/// What is read whole and asked for all the time - who holds which role, the places of the country - is kept in memory, under a version that lies
/// in the database. So what another process changed is seen at once, at the price of one small question for all versions together.
namespace birge::db {

/// A name for what some tables hold now. It names one content for ever, in whatever database it stands, so what is kept under it is never wrong.
class Version {
public:
  constexpr explicit Version(Literal name) : name_(name) {}

  /// Empty where nothing was touched yet. Within a snapshot and within a transaction it is asked for once.
  std::string of(Reader& read) const;
  /// To be called by every write to those tables, after the last of its changes.
  void touch(Tx& tx) const;

private:
  Literal name_;
};

/// The latest few contents of some tables; several, because the snapshots of a moment may be of different versions.
template <class T>
class Kept {
public:
  explicit Kept(Version const& version) : version_(version) {}

  /// What `load(read, version)` gives (a shared pointer), loaded only where it is not known yet.
  template <class Load>
  std::shared_ptr<T const> get(Reader& read, Load&& load) {
    return read.once<T>(this, [&]() -> std::shared_ptr<T const> {
      auto const version = version_.of(read);
      if (auto known = find(version)) return known;
      if (read.fixed()) return keep(version, load(read, version));
      // A transaction may have changed the tables and not touched the version yet: what it reads is for nobody else.
      auto* const memory = read.memory();
      if (auto own = memory ? memory->find<Named>(this) : nullptr; own && own->version == version) return own->content;
      std::shared_ptr<T const> content = load(read, version);
      if (memory) memory->keep(this, std::make_shared<Named const>(Named{version, content}));
      return content;
    });
  }

private:
  struct Named {
    std::string version;
    std::shared_ptr<T const> content;
  };
  std::shared_ptr<T const> find(std::string const& version) {
    std::scoped_lock const lock(mutex_);
    for (auto const& [known, content] : kept_)
      if (known == version) return content;
    return nullptr;
  }
  std::shared_ptr<T const> keep(std::string const& version, std::shared_ptr<T const> content) {
    if (version.empty()) return content;
    std::scoped_lock const lock(mutex_);
    for (auto const& [known, there] : kept_)
      if (known == version) return there;  // another thread loaded it meanwhile
    kept_.push_front({version, content});
    if (kept_.size() > 4) kept_.pop_back();
    return content;
  }

  Version const& version_;
  std::mutex mutex_;
  std::deque<Named> kept_;
};

}  // namespace birge::db
