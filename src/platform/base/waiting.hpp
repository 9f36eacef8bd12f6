#pragma once

/// Between whoever lends out threads and whatever makes one of them wait for long: a thread that only waits for a disk or for another thread lets
/// another one work meanwhile. Without it a few threads could wait for a few commits, and no commit could be shared by many.
namespace birge {

class Waiting {
public:
  /// Told, on the thread itself, that it begins and ends to wait.
  class Lender {
  public:
    virtual void waiting_begins() noexcept = 0;
    virtual void waiting_ends() noexcept = 0;

  protected:
    ~Lender() = default;
  };
  /// Who lends the thread that calls; it must outlive the thread.
  static void lent_by(Lender& lender) { lender_ = &lender; }

  /// As long as this lives, the thread waits. Nothing happens on a thread that nobody lent.
  Waiting() {
    if (lender_) lender_->waiting_begins();
  }
  ~Waiting() {
    if (lender_) lender_->waiting_ends();
  }
  Waiting(Waiting const&) = delete;
  Waiting& operator=(Waiting const&) = delete;

private:
  static inline thread_local Lender* lender_ = nullptr;
};

}  // namespace birge
