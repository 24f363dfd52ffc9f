// SPDX-License-Identifier: GPL-2.0-only
// The memory of the code under test: every allocation of a task has the same address in every
// execution, and memory that was freed is not used again before the next one.
#pragma once

#include "explore/execution_graph.hpp"
#include "explore/site.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace stockcheck::explore {

/// A block holds this at first. `constructed` says that whoever allocated it sees to that.
enum class fresh_memory : std::uint8_t { uninitialised, zeroed, constructed };

/// Addresses depend on the thread and on what it allocated before alone. Not thread-safe.
class arena {
 public:
  struct block {
    char* begin = nullptr;
    std::size_t size = 0;
    fresh_memory fresh = fresh_memory::constructed;
    site at{};
    bool released = false;  ///< outside of the tasks; within, the graph says it
  };

  arena();
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  ~arena();

  /// Forgets all blocks; the pages stay mapped.
  void reset();
  /// nullptr if the thread's share is used up. The bytes are what an earlier execution left.
  void* allocate(std::size_t thread, std::size_t size, std::size_t alignment, fresh_memory fresh,
                 const site& at);
  /// The block an address lies in; no_block if none.
  [[nodiscard]] block_id block_of(const void* address) const;
  [[nodiscard]] block& operator[](block_id id);
  [[nodiscard]] std::span<const block> blocks(std::size_t thread) const { return blocks_[thread]; }
  [[nodiscard]] static block_id id_of(std::size_t thread, std::size_t number);
  /// The thread that allocated it.
  [[nodiscard]] static std::size_t thread_of(block_id id);

 private:
  static constexpr std::size_t share = std::size_t{1} << 20;  ///< bytes for each thread

  [[nodiscard]] char* begin_of(std::size_t thread) const { return memory_ + thread * share; }

  char* memory_;
  std::array<std::vector<block>, max_threads> blocks_;
  std::array<std::size_t, max_threads> used_{};
};

}  // namespace stockcheck::explore
