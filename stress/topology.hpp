// SPDX-License-Identifier: GPL-2.0-only
// The machine's processing units, in an order that spreads threads, and binding a thread to one.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct hwloc_topology;

namespace stockcheck::stress {

/// Units are ordered so that the first n of them spread over packages, then over cores, and share a
/// core as hyperthreads only when nothing else is left. Const functions are thread-safe.
class topology {
 public:
  /// A processing unit: the numbers of its package, of its core in the package and of itself in the
  /// core, in logical order; and the number the operating system gives it.
  struct unit {
    unsigned package = 0;
    unsigned core = 0;
    unsigned thread = 0;
    unsigned os_index = 0;
    friend bool operator==(const unit&, const unit&) = default;
  };

  /// The units that the calling thread may run on. Throws std::runtime_error when hwloc fails.
  static topology of_this_machine();
  /// A machine that does not exist, in hwloc's notation, such as "package:2 core:4 pu:2".
  /// Throws std::runtime_error when hwloc does not understand it.
  static topology synthetic(const std::string& description);

  [[nodiscard]] const std::vector<unit>& units() const { return units_; }
  /// The unit of the i-th of any number of threads; wraps around.
  [[nodiscard]] const unit& unit_of(unsigned i) const { return units_[i % units_.size()]; }

  /// Binds the calling thread to unit_of(i). False when the system refuses, or when these are not
  /// the units of this machine; then the thread runs where it did.
  [[nodiscard]] bool bind_this_thread(unsigned i) const;

 private:
  struct destroy {
    void operator()(hwloc_topology* tree) const;
  };
  using tree_pointer = std::unique_ptr<hwloc_topology, destroy>;

  topology(tree_pointer tree, bool exists);

  tree_pointer tree_;
  bool exists_;
  std::vector<unit> units_;
};

}  // namespace stockcheck::stress
