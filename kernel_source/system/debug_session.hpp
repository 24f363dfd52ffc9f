// SPDX-License-Identifier: GPL-2.0-only
// Debug information of a compiled file, as elfutils reads it.
#pragma once

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace stockcheck::kernel_source {

struct end_debug_session {
  void operator()(Dwfl* session) const noexcept { dwfl_end(session); }
};

/// Modules live as long as the session that reports them.
using debug_session = std::unique_ptr<Dwfl, end_debug_session>;

/// A session without modules.
debug_session begin_debug_session();

/// Calls `visit` for every row of a module's line tables: its first address, its file, which is
/// null where none is known, and its line. Does nothing if the module is null.
void for_each_source_line(Dwfl_Module* module,
                          const std::function<void(std::uintptr_t, const char*, int)>& visit);

}  // namespace stockcheck::kernel_source
