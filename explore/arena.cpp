// SPDX-License-Identifier: GPL-2.0-only
#include "explore/arena.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace stockcheck::explore {

namespace {
constexpr unsigned number_bits = 20;
}

arena::arena()
    : memory_(static_cast<char*>(::mmap(nullptr, share * max_threads, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))) {
  if (memory_ == MAP_FAILED) throw std::bad_alloc();
}

arena::~arena() { ::munmap(memory_, share * max_threads); }

void arena::reset() {
  for (auto& blocks : blocks_) blocks.clear();
  used_.fill(0);
}

block_id arena::id_of(std::size_t thread, std::size_t number) {
  return static_cast<block_id>(thread << number_bits | number);
}

std::size_t arena::thread_of(block_id id) { return id >> number_bits; }

arena::block& arena::operator[](block_id id) {
  return blocks_[id >> number_bits][id & ((1U << number_bits) - 1)];
}

void* arena::allocate(std::size_t thread, std::size_t size, std::size_t alignment,
                      fresh_memory fresh, const site& at) {
  const std::size_t begin = (used_[thread] + alignment - 1) / alignment * alignment;
  if (begin + size > share || size > share) return nullptr;
  // A byte more, so that empty blocks have addresses of their own.
  used_[thread] = begin + size + 1;
  blocks_[thread].push_back(
      {.begin = begin_of(thread) + begin, .size = size, .fresh = fresh, .at = at});
  char* const memory = blocks_[thread].back().begin;
  if (fresh == fresh_memory::zeroed) std::memset(memory, 0, size);
  return memory;
}

block_id arena::block_of(const void* address) const {
  const auto* const byte = static_cast<const char*>(address);
  if (byte < memory_ || byte >= memory_ + share * max_threads) return no_block;
  const auto thread = static_cast<std::size_t>(byte - memory_) / share;
  const auto& blocks = blocks_[thread];
  const auto behind = std::ranges::upper_bound(blocks, byte, {}, &block::begin);
  if (behind == blocks.begin()) return no_block;
  const block& found = *(behind - 1);
  if (byte >= found.begin + found.size) return no_block;
  return id_of(thread, static_cast<std::size_t>(&found - blocks.data()));
}

}  // namespace stockcheck::explore
