// SPDX-License-Identifier: GPL-2.0-only
#include "tests/explore/counted_programs.hpp"

#include "tests/explore/cells.hpp"
#include "tests/explore/counted_stocks.hpp"

#include <functional>
#include <map>
#include <memory>

namespace stockcheck::explore::tests {

namespace {

using enum memory_order;
using numbers = std::vector<std::size_t>;
using cells = std::vector<std::unique_ptr<cell>>;

/// A program of some cells, with one body for all tasks.
class on_cells final : public engine_program {
 public:
  using body = std::function<void(on_cells&, std::size_t)>;

  on_cells(std::size_t nr_cells, const body& code, const std::function<void(on_cells&)>& check)
      : code_(code), check_(check) {
    for (std::size_t i = 0; i < nr_cells; ++i) cells_.push_back(std::make_unique<cell>());
  }
  void task(std::size_t number) override { code_(*this, number); }
  void settle() override { check_(*this); }

  cell& operator[](std::size_t i) { return *cells_[i]; }
  mutex& lock() { return lock_; }

 private:
  const body& code_;
  const std::function<void(on_cells&)>& check_;
  cells cells_;
  mutex lock_;
};

void demand(bool holds, const char* what, here at = here::current()) {
  if (!holds) fail(what, at);
}

code_under_test program_of(
    std::size_t nr_tasks, std::size_t nr_cells, on_cells::body code,
    std::function<void(on_cells&)> check = [](on_cells&) {}) {
  return {.nr_tasks = nr_tasks,
          .make = [nr_cells, code = std::move(code), check = std::move(check)] {
            return std::make_unique<on_cells>(nr_cells, code, check);
          }};
}

/// Tasks; additions of each; and, if there is a third, cells, each of which gets one addition.
code_under_test fetch_add(const numbers& of) {
  const std::size_t times = of.at(1);
  const std::size_t nr_cells = of.size() > 2 ? of[2] : 1;
  return program_of(
      of[0], nr_cells,
      [=](on_cells& p, std::size_t) {
        for (std::size_t i = 0; i < times; ++i)
          for (std::size_t c = 0; c < nr_cells; ++c) p[c].fetch_add(1, relaxed);
      },
      [all = of[0] * times](on_cells& p) {
        demand(p[0].load(relaxed) == all, "an addition was lost");
      });
}

/// Tasks that each add one under a mutex.
code_under_test locked_increment(const numbers& of) {
  return program_of(
      of.at(0), 1,
      [](on_cells& p, std::size_t) {
        p.lock().lock();
        p[0].store(p[0].load(plain) + 1, plain);
        p.lock().unlock();
      },
      [all = of[0]](on_cells& p) { demand(p[0].load(plain) == all, "an addition was lost"); });
}

/// Tasks; the i-th one, from 1, replaces i - 1 by i.
code_under_test rotating_exchange(const numbers& of) {
  return program_of(of.at(0), 1,
                    [](on_cells& p, std::size_t t) { p[0].replace(t, t + 1, seq_cst, seq_cst); });
}

/// Readers of what one more task writes.
code_under_test readers(const numbers& of) {
  return program_of(of.at(0) + 1, 1, [](on_cells& p, std::size_t t) {
    if (t == 0)
      p[0].store(1, relaxed);
    else
      p[0].load(relaxed);
  });
}

/// Tasks that make cell i the successor of cell i - 1, while one more looks for the last zero.
code_under_test last_zero(const numbers& of) {
  const std::size_t n = of.at(0);
  return program_of(n + 1, n + 1, [n](on_cells& p, std::size_t t) {
    if (t > 0) {
      p[t].store(p[t - 1].load(acquire) + 1, release);
      return;
    }
    for (std::size_t i = n; p[i].load(acquire) != 0; --i) {
    }
  });
}

/// Tasks that put four words each into a table of 128 entries.
code_under_test indexer(const numbers& of) {
  constexpr std::size_t entries = 128;
  return program_of(of.at(0), entries, [](on_cells& p, std::size_t t) {
    for (value m = 1; m <= 4; ++m) {
      const value word = m * 11 + t;
      for (value hash = word * 7 % entries; !p[hash].replace(0, word, seq_cst, seq_cst);)
        hash = (hash + 1) % entries;
    }
  });
}

/// Tasks that add without atomicity.
code_under_test increment(const numbers& of) {
  return program_of(of.at(0), 1,
                    [](on_cells& p, std::size_t) { p[0].store(p[0].load(relaxed) + 1, relaxed); });
}

/// Rounds in which one task makes x the sum of both, the other y; a third one looks at them.
code_under_test fibonacci(const numbers& of) {
  return program_of(3, 2, [rounds = of.at(0)](on_cells& p, std::size_t t) {
    if (t == 2) {
      const value bound = 144;
      const bool first = p[0].load(acquire) > bound;
      demand(!first && p[1].load(acquire) <= bound, "more than Fibonacci");
      return;
    }
    for (std::size_t k = 0; k < rounds; ++k) {
      const value x = p[0].load(acquire);
      const value y = p[1].load(acquire);
      p[t].store(x + y, release);
    }
  });
}

/// Tasks that charge a counter, and uncharge it.
code_under_test charge_and_uncharge(const numbers& of) {
  return program_of(
      of.at(0), 1,
      [](on_cells& p, std::size_t) {
        p[0].fetch_add(1, full);
        p[0].fetch_sub(1, full);
      },
      [](on_cells& p) { demand(p[0].load(relaxed) == 0, "a charge is left"); });
}

/// Tasks; limit of the uppermost counter; levels. What exceeds the limit takes its charges back.
code_under_test try_charge(const numbers& of) {
  const value limit = of.at(1);
  const std::size_t levels = of.at(2);
  return program_of(
      of[0], levels,
      [=](on_cells& p, std::size_t) {
        for (std::size_t level = 0; level < levels; ++level) {
          const value charged = p[level].fetch_add(1, full) + 1;
          if (level + 1 < levels || charged <= limit) continue;
          p[level].fetch_sub(1, full);
          for (std::size_t below = 0; below < level; ++below) p[below].fetch_sub(1, full);
        }
      },
      [=](on_cells& p) {
        for (std::size_t level = 1; level < levels; ++level)
          demand(p[level].load(relaxed) == p[0].load(relaxed), "levels differ");
        demand(p[0].load(relaxed) <= limit, "charged above the limit");
      });
}

}  // namespace

code_under_test counted_program(const std::string& name,
                                const std::vector<std::size_t>& parameters) {
  static const std::map<std::string, std::function<code_under_test(const numbers&)>> programs{
      {"fetch_add", fetch_add},
      {"locked increment", locked_increment},
      {"casrot", rotating_exchange},
      {"readers", readers},
      {"lastzero", last_zero},
      {"indexer", indexer},
      {"inc", increment},
      {"fib_bench", fibonacci},
      {"charge and uncharge", charge_and_uncharge},
      {"try_charge", try_charge},
      {"stocks", stocks},
  };
  return programs.at(name)(parameters);
}

}  // namespace stockcheck::explore::tests
