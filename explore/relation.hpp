// SPDX-License-Identifier: GPL-2.0-only
// A binary relation over the numbers below n, a bit for each pair.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stockcheck::explore {

/// A set of numbers below n: a row of a relation.
class bit_set {
 public:
  explicit bit_set(std::size_t n) : words_((n + 63) / 64) {}
  explicit bit_set(std::span<const std::uint64_t> row) : words_(row.begin(), row.end()) {}

  void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  [[nodiscard]] bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  void add_all(std::span<const std::uint64_t> row) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= row[w];
  }
  [[nodiscard]] bool meets(std::span<const std::uint64_t> row) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      if ((words_[w] & row[w]) != 0) return true;
    return false;
  }
  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

/// The least number of a row from `begin` up to `end`, which is not one of them; `end` if there is
/// none.
inline std::size_t first_in(std::span<const std::uint64_t> row, std::size_t begin,
                            std::size_t end) {
  for (std::size_t at = begin; at < end; at = (at / 64 + 1) * 64)
    if (const std::uint64_t left = row[at / 64] >> (at % 64); left != 0)
      return std::min(end, at + static_cast<std::size_t>(__builtin_ctzll(left)));
  return end;
}

/// Calls `action` for each number in a row.
template <class Action>
void for_each_in(std::span<const std::uint64_t> row, Action action) {
  for (std::size_t w = 0; w < row.size(); ++w)
    for (std::uint64_t left = row[w]; left != 0; left &= left - 1)
      action(w * 64 + static_cast<std::size_t>(__builtin_ctzll(left)));
}

class relation {
 public:
  explicit relation(std::size_t n) : n_(n), words_((n + 63) / 64), bits_(n * words_) {}

  [[nodiscard]] std::size_t size() const { return n_; }
  void add(std::size_t a, std::size_t b) {
    bits_[a * words_ + b / 64] |= std::uint64_t{1} << (b % 64);
  }
  /// Relates `a` to all from `begin` up to `end`, which is not one of them.
  void add_range(std::size_t a, std::size_t begin, std::size_t end) {
    std::uint64_t* const row = bits_.data() + a * words_;
    for (std::size_t b = begin; b < end;) {
      const std::size_t bit = b % 64;
      const std::size_t count = std::min<std::size_t>(64 - bit, end - b);
      row[b / 64] |= (~std::uint64_t{0} >> (64 - count)) << bit;
      b += count;
    }
  }
  [[nodiscard]] bool has(std::size_t a, std::size_t b) const {
    return (bits_[a * words_ + b / 64] >> (b % 64) & 1U) != 0;
  }
  [[nodiscard]] std::span<const std::uint64_t> row(std::size_t a) const {
    return {bits_.data() + a * words_, words_};
  }
  void add_row(std::size_t a, std::span<const std::uint64_t> from) {
    for (std::size_t w = 0; w < words_; ++w) bits_[a * words_ + w] |= from[w];
  }
  [[nodiscard]] bool has_cycle() const {
    std::vector<std::uint8_t> state(n_);  // 0 unseen, 1 on the path, 2 done
    const auto visit = [&](auto& self, std::size_t a) -> bool {
      state[a] = 1;
      bool cycle = false;
      for_each_in(row(a), [&](std::size_t b) {
        cycle = cycle || state[b] == 1 || (state[b] == 0 && self(self, b));
      });
      state[a] = 2;
      return cycle;
    };
    for (std::size_t a = 0; a < n_; ++a)
      if (state[a] == 0 && visit(visit, a)) return true;
    return false;
  }

 private:
  std::size_t n_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace stockcheck::explore
