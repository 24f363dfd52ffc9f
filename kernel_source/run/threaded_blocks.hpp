// SPDX-License-Identifier: GPL-2.0-only
// Memory that the kernel's code allocates on real threads.
#pragma once

#include "kernel_source/hooks.h"

#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

namespace stockcheck::kernel_source {

/// Blocks live until the round ends, also those that were freed: a use after that reads nonsense,
/// but does not destroy anything else. Thread-safe.
class block_list {
 public:
  block_list() = default;
  block_list(const block_list&) = delete;
  block_list& operator=(const block_list&) = delete;
  ~block_list() { clear(); }

  /// Null if there is no memory. `alignment` is a power of two. What is not zeroed is nonsense.
  void* add(std::size_t size, std::size_t alignment, bool zeroed, const explore_site& at);
  /// False if there is no such block, or not any more.
  [[nodiscard]] bool free(void* memory);
  /// Where it can be looked at what an address held last: for one in a block that was freed, which
  /// holds nonsense, in a copy. As long as the block.
  const void* remains_of(const void* address);
  /// One that was never freed.
  struct leak {
    std::size_t size = 0;
    explore_site at{};  ///< of its allocation
  };
  [[nodiscard]] std::optional<leak> leaked();
  /// Gives all of them back. While nobody uses them.
  void clear();

 private:
  struct block {
    void* memory = nullptr;
    std::size_t size = 0;
    explore_site at{};
    bool is_freed = false;
    std::vector<std::byte> remains{};
  };

  std::mutex guard_;
  std::vector<block> blocks_;
};

/// Returns the blocks of the running round.
block_list& threaded_blocks();

}  // namespace stockcheck::kernel_source
