// SPDX-License-Identifier: GPL-2.0-only
// Memory that the process of a job shares with the one that waits for it.
//
// There is no descriptor on which a result could be sent: what is in the slot when the process has
// ended is what it has to say.
#pragma once

#include "harness/checker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stockcheck::harness {

class result_slot {
 public:
  enum class content : std::uint32_t {
    nothing,
    result,  ///< a record, as JSON
    error,   ///< why there is none
  };

  /// Throws std::system_error when there is no memory.
  result_slot();
  result_slot(const result_slot&) = delete;
  result_slot& operator=(const result_slot&) = delete;
  ~result_slot();

  /// In the process of the job, before anything else: the record cannot be written by accident.
  void close();
  /// How far the job is.
  void advance(const progress& to);
  /// The last thing that the process does. What does not fit is an error that says so.
  void put(content kind, std::string_view text);

  /// In the process that waits.
  [[nodiscard]] progress reached() const;
  /// How often something was put in.
  [[nodiscard]] unsigned puts() const;
  /// What is in there, if it is of that kind. Only once the process of the job has ended.
  [[nodiscard]] std::optional<std::string> get(content kind) const;

 private:
  struct header;
  struct record;
  [[nodiscard]] header& head() const;
  [[nodiscard]] record& body() const;

  char* memory_;
};

}  // namespace stockcheck::harness
