package io.callscope.pcapdump.file;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.pcap.PcapWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Part of group {@code pcap_dump}: what became of the messages of one writer. Its thread writes.
 */
public final class DumpCounters {
  private static final DropReason[] REASONS = DropReason.values();

  private final CounterGroup.Builder builder = new CounterGroup.Builder("pcap_dump");

  final int received = builder.add("received_msgs", "messages that reached their writer");
  final int repeated = builder.add("repeated_msgs", "sent again though they had been received");
  final int written = builder.add("written_msgs", "messages written");
  final int bytesWritten = builder.add("bytes_written", "bytes of their frames");
  final int packets = builder.add("written_packets", "packets that they made");
  final int heldMessages =
      builder.add("crt_alloc_msgs", CounterKind.GAUGE_MAX, "messages gathered, not written yet");
  final int heldBytes =
      builder.add("crt_alloc_bytes", CounterKind.GAUGE_MAX, "memory that they are in");
  final int openFiles = builder.add("open_files", CounterKind.GAUGE_MAX, "files kept open");
  final int knownCalls = builder.add("known_calls", CounterKind.GAUGE_MAX, "calls remembered");
  final int knownConnections =
      builder.add("known_connections", CounterKind.GAUGE_MAX, "TCP connections of these calls");
  final int forgottenConnections =
      builder.add("forgotten_connections", "TCP connections that were too many; they begin anew");
  final int notOn = builder.add("dropped_off", "dropped because dumping was off");
  final int filtered = builder.add("dropped_filter", "dropped because their call was not wanted");
  final int dropped = builder.add("dropped_write", "dropped because of an error");
  final int newSubdirs = builder.add("new_subdirs", "directories made");
  final int newFiles = builder.add("new_files", "files begun");
  final int repaired = builder.add("repaired_files", "files whose last record was cut off");
  final int writes = builder.add("writes", "times something was written to a file");
  private final int unnotedEvents =
      builder.add(
          "unnoted_events", "events given up whose message was on the disk or did not come");
  private final int firstReason;

  private final CounterGroup group;

  public DumpCounters() {
    int first = -1;
    for (DropReason reason : REASONS) {
      int counter = builder.add(reason.counter(), reason.description());
      first = first < 0 ? counter : first;
    }
    firstReason = first;
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  public void received(int messages) {
    group.add(received, messages);
  }

  public void repeated(int messages) {
    group.add(repeated, messages);
  }

  public void notOn() {
    group.increment(notOn);
  }

  public void filtered() {
    group.increment(filtered);
  }

  /** An event was noted on no message. */
  public void unnoted() {
    group.increment(unnotedEvents);
  }

  public void dropped(DropReason reason, long messages) {
    group.add(dropped, messages);
    group.add(firstReason + reason.ordinal(), messages);
  }

  /** Bytes that went to the disk, but for the little that pcapng has more. For any thread. */
  public long diskBytes() {
    return group.value(bytesWritten)
        + PcapWriter.RECORD_HEADER_BYTES * group.value(packets)
        + PcapWriter.FILE_HEADER_BYTES * group.value(newFiles);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  void set(int counter, long value) {
    group.set(counter, value);
  }

  /** How many were dropped for a reason. */
  long dropped(DropReason reason) {
    return group.value(firstReason + reason.ordinal());
  }

  /** Exact between batches. */
  public Balance balance() {
    Map<String, Long> reasons = new LinkedHashMap<>();
    for (DropReason reason : REASONS) {
      reasons.put(reason.counter(), dropped(reason));
    }
    reasons.put("dropped_off", group.value(notOn));
    reasons.put("dropped_filter", group.value(filtered));
    return new Balance(
        "dump files",
        group.value(received),
        group.value(written) + group.value(heldMessages),
        reasons);
  }
}
