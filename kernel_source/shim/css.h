// SPDX-License-Identifier: GPL-2.0-only
/* References to a cgroup_subsys_state. */
#ifndef SC_SHIM_CSS_H
#define SC_SHIM_CSS_H

#include <stockcheck/hooks.h>

struct cgroup_subsys_state {
  long references; /* one for itself at first; the root has none */
};

#define css_get(css) css_get_many(css, 1)
#define css_get_many(css, n) sc_css_get((css), (n), SC_HERE)
#define css_tryget(css) sc_css_tryget((css), SC_HERE)
#define css_put(css) css_put_many(css, 1)
#define css_put_many(css, n) sc_css_put((css), (n), SC_HERE)

#endif
