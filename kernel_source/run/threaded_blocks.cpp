// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/threaded_blocks.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>

namespace stockcheck::kernel_source {

namespace {

/// Neither small nor a pointer.
constexpr int nonsense = 0xa5;

}  // namespace

void* block_list::add(std::size_t size, std::size_t alignment, bool zeroed,
                      const explore_site& at) {
  const std::size_t aligned = std::max(alignment, alignof(std::max_align_t));
  const std::size_t whole = (size + aligned - 1) / aligned * aligned;
  const std::scoped_lock alone{guard_};
  void* const memory = std::aligned_alloc(aligned, whole);
  if (memory == nullptr) return nullptr;
  blocks_.push_back({.memory = memory, .size = size, .at = at});
  std::memset(memory, zeroed ? 0 : nonsense, size);
  return memory;
}

bool block_list::free(void* memory) {
  const std::scoped_lock alone{guard_};
  const auto found =
      std::ranges::find_if(blocks_, [memory](const block& b) { return b.memory == memory; });
  if (found == blocks_.end() || found->is_freed) return false;
  found->is_freed = true;
  const auto* const bytes = static_cast<const std::byte*>(memory);
  found->remains.assign(bytes, bytes + found->size);
  std::memset(memory, nonsense, found->size);
  return true;
}

const void* block_list::remains_of(const void* address) {
  const auto* const byte = static_cast<const std::byte*>(address);
  const std::scoped_lock alone{guard_};
  for (const block& b : blocks_) {
    const auto* const begin = static_cast<const std::byte*>(b.memory);
    if (b.is_freed && !std::less<>{}(byte, begin) && std::less<>{}(byte, begin + b.size))
      return b.remains.data() + (byte - begin);
  }
  return address;
}

std::optional<block_list::leak> block_list::leaked() {
  const std::scoped_lock alone{guard_};
  const auto found = std::ranges::find(blocks_, false, &block::is_freed);
  if (found == blocks_.end()) return std::nullopt;
  return leak{.size = found->size, .at = found->at};
}

void block_list::clear() {
  const std::scoped_lock alone{guard_};
  // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): of std::aligned_alloc()
  for (const block& b : blocks_) std::free(b.memory);
  blocks_.clear();
}

block_list& threaded_blocks() {
  static block_list blocks;
  return blocks;
}

}  // namespace stockcheck::kernel_source
