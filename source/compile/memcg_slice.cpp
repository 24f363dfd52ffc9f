#include "source/compile/memcg_slice.hpp"

#include "source/compile/shim_files.hpp"
#include "source/slicer/c_file.hpp"
#include "source/slicer/slice.hpp"
#include "source/source_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace stockcheck::source {

namespace {

/// What scenarios call, and so what they are about.
const std::vector<std::string> charge_functions{"refill_stock",
                                                "drain_local_stock",
                                                "drain_all_stock",
                                                "memcg_hotplug_cpu_dead",
                                                "try_charge_memcg",
                                                "mem_cgroup_charge_skmem",
                                                "mem_cgroup_uncharge_skmem"};

/// The same about kernel objects; together, where the file defines all of them.
const std::vector<std::string> object_functions{
    "obj_cgroup_alloc",  "memcg_reparent_objcgs", "__get_obj_cgroup_from_memcg",
    "obj_cgroup_charge", "obj_cgroup_uncharge",   "mod_objcg_state"};
const std::vector<std::string> slab_functions{"__memcg_slab_post_alloc_hook",
                                              "__memcg_slab_free_hook"};

constexpr std::array c_names{"bool", "true", "false", "NULL", "size_t"};

void add_names(const c_file& file, name_set& names) {
  for (const definition& d : file.definitions()) names.insert(d.names.begin(), d.names.end());
}

/// What the headers of the shim give, and the kernel's own ones that they include.
name_set provided_names(const tree_files& files) {
  name_set names(c_names.begin(), c_names.end());
  for (const shim_file& file : shim_files())
    if (file.name.ends_with(".h"))
      add_names(c_file::parse(std::string(file.name), std::string(file.text)), names);
  if (const auto counters = files.find("include/linux/page_counter.h"); counters != files.end())
    add_names(c_file::parse(counters->first, counters->second), names);
  return names;
}

bool defines(const c_file& file, const std::string& name) {
  return std::ranges::any_of(file.find(name),
                             [&](std::size_t i) { return file.definitions()[i].is_complete(); });
}

/// The files, of which the later ones use what the earlier ones define.
class cutter {
 public:
  explicit cutter(const tree_files& files) : provided_(provided_names(files)) {
    for (const std::string& path : memcg_files())
      if (const auto found = files.find(path); found != files.end())
        files_.push_back(c_file::parse(path, found->second));
    slices_.resize(files_.size());
  }

  void run() {
    for (std::size_t i = files_.size(); i-- > 0;) {
      std::vector<std::string> wanted;
      if (i + 1 == files_.size()) wanted = wanted_of_last();
      for (const std::string& name : open_)
        if (defines(files_[i], name)) wanted.push_back(name);
      slices_[i] = cut(files_[i], wanted, provided_);
      if (!slices_[i].missing.empty())
        throw source_error(
            fmt::format("{} has no {}", files_[i].name(), fmt::join(slices_[i].missing, ", ")));
      for (const unresolved_name& name : slices_[i].unresolved) open_.insert(name.name);
      for (const std::size_t piece : slices_[i].pieces) {
        const std::vector<std::string>& names = files_[i].definitions()[piece].names;
        defined_.insert(names.begin(), names.end());
      }
    }
    check_resolved();
  }

  [[nodiscard]] std::string text() const {
    std::string text = "#include <stockcheck/memcg.h>\n";
    for (const slice& s : slices_) text += s.text;
    if (defined_.contains("percpu_charge_mutex")) text += "#define SC_HAS_DRAIN_MUTEX\n";
    text += "#include <stockcheck/memcg_stock.c>\n";
    if (has_slabs_) text += "#define SC_HAS_SLAB_HOOKS\n";
    if (has_objects_) text += "#include <stockcheck/obj_stock.c>\n";
    return text;
  }
  [[nodiscard]] std::string text_of(const std::string& name) const {
    const c_file& last = files_.back();
    const auto found = last.find(name);
    if (found.empty()) return "";
    const definition& d = last.definitions()[found.front()];
    return last.text().substr(d.begin, d.end - d.begin);
  }

 private:
  std::vector<std::string> wanted_of_last() {
    std::vector<std::string> wanted = charge_functions;
    const auto is_here = [this](const std::string& name) { return defines(files_.back(), name); };
    has_objects_ = std::ranges::all_of(object_functions, is_here);
    has_slabs_ = has_objects_ && std::ranges::all_of(slab_functions, is_here);
    if (has_objects_) std::ranges::copy(object_functions, std::back_inserter(wanted));
    if (has_slabs_) std::ranges::copy(slab_functions, std::back_inserter(wanted));
    return wanted;
  }

  /// What stands under a conditional may not be compiled: then the compiler says so.
  void check_resolved() const {
    std::vector<std::string> lacking;
    for (std::size_t i = 0; i < files_.size(); ++i)
      for (const unresolved_name& name : slices_[i].unresolved)
        if (!name.is_conditional && !defined_.contains(name.name))
          lacking.push_back(description_of(files_[i], name));
    if (!lacking.empty())
      throw source_error(fmt::format("what the shim lacks: {}", fmt::join(lacking, "; ")));
  }

  name_set provided_;
  std::vector<c_file> files_;
  std::vector<slice> slices_;
  bool has_objects_ = false;
  bool has_slabs_ = false;
  name_set open_;     ///< unresolved in later files
  name_set defined_;  ///< in what was cut
};

}  // namespace

const std::vector<std::string>& memcg_files() {
  static const std::vector<std::string> files{"include/linux/memcontrol.h", "mm/memcontrol-v1.h",
                                              "mm/memcontrol.c"};
  return files;
}

memcg_slice cut_memcg(const tree_files& files) {
  if (!files.contains(memcg_files().back()))
    throw source_error(fmt::format("the kernel tree has no {}", memcg_files().back()));
  cutter of(files);
  of.run();
  return {of.text(), of.text_of("struct memcg_stock_pcp")};
}

}  // namespace stockcheck::source
