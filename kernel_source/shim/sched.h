// SPDX-License-Identifier: GPL-2.0-only
/* The task that charges, and the flags of its allocation. */
#ifndef SC_SHIM_SCHED_H
#define SC_SHIM_SCHED_H

#include <stockcheck/types.h>

#define __GFP_DMA 0x01u
#define __GFP_RECLAIMABLE 0x10u
#define __GFP_HIGH 0x20u
#define __GFP_IO 0x40u
#define __GFP_FS 0x80u
#define __GFP_DIRECT_RECLAIM 0x400u
#define __GFP_KSWAPD_RECLAIM 0x800u
#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define __GFP_NOWARN 0x2000u
#define __GFP_RETRY_MAYFAIL 0x4000u
#define __GFP_NOFAIL 0x8000u
#define __GFP_NORETRY 0x10000u
#define __GFP_ACCOUNT 0x400000u
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_NOWAIT __GFP_KSWAPD_RECLAIM
#define GFP_ATOMIC (__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define gfpflags_allow_blocking(gfp) (((gfp) & __GFP_DIRECT_RECLAIM) != 0)
#define gfpflags_allow_spinning(gfp) (((gfp) & __GFP_RECLAIM) != 0)
#define MAX_RECLAIM_RETRIES ((int)sc_reclaim_retries())
#define PAGE_ALLOC_COSTLY_ORDER 3
#define get_order(size) ((void)(size), 0)

#define PF_MEMALLOC 0x800u
#define MMF_OOM_SKIP 21

struct percpu_ref;
struct mm_struct {
  unsigned long flags;
};
#define mm_flags_test(flag, mm) test_bit((flag), &(mm)->flags)
struct signal_struct {
  struct mm_struct* oom_mm;
};
struct task_struct {
  unsigned flags;
  unsigned memcg_nr_pages_over_high;
  struct signal_struct* signal;
  bool in_memcg_oom;
  struct percpu_ref* borrowed; /* sc_ref_borrow() */
};
#define current ((struct task_struct*)sc_current_task())
/* The value of expr, as a task that lies on the stack, where nobody else looks; a handler that
 * interrupts it is another one. */
#define SC_RUN_AS(task, type, expr)                 \
  ({                                                \
    void* const sc_interrupted = sc_current_task(); \
    type sc_result;                                 \
    sc_set_current_task(task);                      \
    sc_result = (expr);                             \
    sc_set_current_task(sc_interrupted);            \
    sc_result;                                      \
  })
#define task_in_memcg_oom(task) ((task)->in_memcg_oom)
#define task_is_dying() sc_never()
#define tsk_is_oom_victim(task) ((void)(task), sc_never())
#define set_notify_resume(task) ((void)(task))
#define in_task() sc_in_task()
#define in_nmi() sc_never()

#endif
