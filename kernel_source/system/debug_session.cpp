// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/debug_session.hpp"

#include <cstddef>

namespace stockcheck::kernel_source {

debug_session begin_debug_session() {
  static constexpr Dwfl_Callbacks callbacks{.find_elf = &dwfl_build_id_find_elf,
                                            .find_debuginfo = &dwfl_standard_find_debuginfo,
                                            .section_address = &dwfl_offline_section_address,
                                            .debuginfo_path = nullptr};
  return debug_session(dwfl_begin(&callbacks));
}

void for_each_source_line(Dwfl_Module* module,
                          const std::function<void(std::uintptr_t, const char*, int)>& visit) {
  if (module == nullptr) return;
  Dwarf_Addr bias = 0;
  for (Dwarf_Die* unit = dwfl_module_nextcu(module, nullptr, &bias); unit != nullptr;
       unit = dwfl_module_nextcu(module, unit, &bias)) {
    std::size_t count = 0;
    dwfl_getsrclines(unit, &count);
    for (std::size_t i = 0; i < count; ++i) {
      Dwarf_Addr address = 0;
      int line = 0;
      const char* const file =
          dwfl_lineinfo(dwfl_onesrcline(unit, i), &address, &line, nullptr, nullptr, nullptr);
      visit(address, file, line);
    }
  }
}

}  // namespace stockcheck::kernel_source
