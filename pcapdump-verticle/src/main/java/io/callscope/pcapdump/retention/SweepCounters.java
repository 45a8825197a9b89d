package io.callscope.pcapdump.retention;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/**
 * Group {@code pcap_dump.sweep}: old files that went. Written by the thread that sweeps, but for
 * what says otherwise.
 */
public final class SweepCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("pcap_dump.sweep");

  private final int sweeps = builder.add("sweeps", "times all files were looked at");
  private final int files = builder.add("files", CounterKind.GAUGE_MAX, "files after the last one");
  private final int bytes = builder.add("bytes", CounterKind.GAUGE_MAX, "bytes of them");
  final int removedForAge = builder.add("removed_age", "files removed because of their age");
  final int removedForSize =
      builder.add("removed_size", "files removed because all together were too large");
  private final int removedBytes = builder.add("removed_bytes", "bytes of removed files");
  private final int failures = builder.add("failures", "files that could not be removed");

  private final int brokenOff =
      builder.add("broken_off", "sweeps that ended by an error that the log tells of");

  private final CounterGroup group = builder.build();

  public CounterGroup group() {
    return group;
  }

  void removed(int counter, long ofBytes) {
    group.increment(counter);
    group.add(removedBytes, ofBytes);
  }

  /** Something could not be removed, or not be looked at. */
  void failed() {
    group.increment(failures);
  }

  /** A sweep did not come to its end. The service's thread counts that. */
  public void brokeOff() {
    group.increment(brokenOff);
  }

  void swept(long leftFiles, long leftBytes) {
    group.increment(sweeps);
    group.set(files, leftFiles);
    group.set(bytes, leftBytes);
  }
}
