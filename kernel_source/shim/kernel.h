// SPDX-License-Identifier: GPL-2.0-only
/* Every header that the kernel's file includes, but does not bring along, is this one. */
#ifndef SC_SHIM_KERNEL_H
#define SC_SHIM_KERNEL_H

#include <stockcheck/access.h>
#include <stockcheck/bits.h>
#include <stockcheck/bug.h>
#include <stockcheck/cpus.h>
#include <stockcheck/guards.h>
#include <stockcheck/locks.h>
#include <stockcheck/percpu.h>
#include <stockcheck/rcu.h>
#include <stockcheck/types.h>

#endif
