package io.callscope.web.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What the Java VM of the web service says of itself. */
final class JvmMetrics {
  private JvmMetrics() {}

  static void add(Exposition out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(out, "callscope_jvm_heap_used_bytes", "heap in use", (double) heap.getUsed());
    gauge(out, "callscope_jvm_heap_max_bytes", "heap at most", (double) heap.getMax());
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    gauge(
        out,
        "callscope_jvm_nonheap_used_bytes",
        "memory beside the heap",
        (double) other.getUsed());
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    gauge(out, "callscope_jvm_threads", "live threads", threads);
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.add(
          "callscope_jvm_gc_collections_total",
          Exposition.Type.COUNTER,
          "garbage collections",
          (double) Math.max(0, gc.getCollectionCount()),
          "gc",
          gc.getName());
      out.add(
          "callscope_jvm_gc_seconds_total",
          Exposition.Type.COUNTER,
          "time spent in garbage collections",
          Math.max(0, gc.getCollectionTime()) / 1e3,
          "gc",
          gc.getName());
    }
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      out.add(
          "callscope_process_cpu_seconds_total",
          Exposition.Type.COUNTER,
          "processor time of the process",
          system.getProcessCpuTime() / 1e9);
    }
  }

  private static void gauge(Exposition out, String name, String help, double value) {
    out.add(name, Exposition.Type.GAUGE, help, value);
  }
}
