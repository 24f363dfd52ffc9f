# Remedy: The callback of a dead CPU of 6.1 drains what that CPU keeps of objects, too, and puts the obj_cgroup if there was one.
# Of: kernel 6.1
# File: mm/memcontrol.c
/^static int memcg_hotplug_cpu_dead/,/^}/ {
s/^\tstruct memcg_stock_pcp \*stock;/&\n\tstruct obj_cgroup *old;\n\tunsigned long flags;/
s/^\tdrain_stock(stock);/\tlocal_lock_irqsave(\&memcg_stock.stock_lock, flags);\n\told = drain_obj_stock(stock);\n\tlocal_unlock_irqrestore(\&memcg_stock.stock_lock, flags);\n\n&\n\tif (old)\n\t\tobj_cgroup_put(old);/
}
