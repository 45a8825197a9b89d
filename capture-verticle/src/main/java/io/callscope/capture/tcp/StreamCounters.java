package io.callscope.capture.tcp;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of segments, once for SIP streams ({@code pkt_stats}) and once for those on WebSocket
 * ports ({@code pkt_stats.http}). Written by the source's thread.
 */
public final class StreamCounters {
  final int syn;
  final int fin;
  final int closed;
  final int ignored;
  final int streamsIgnored;
  final int streams;
  final int segments;
  final int received;
  final int outOfOrder;
  final int miss;
  final int missedBytes;
  final int recovered;
  final int empty;
  final int duplicates;
  final int queued;
  final int outOfWindow;
  final int total;
  final int totalBytes;
  final int ignoredBytes;
  final int duplicateBytes;
  final int queuedBytes;
  final int strayBytes;
  final int active;
  final int streamTimeouts;
  final int reorderTimeouts;
  final int acknowledgedHoles;
  final int streamsEvicted;
  final int memoryReliefs;
  final int reused;
  final int failures;
  private CounterGroup group;

  /**
   * @param builder of the group they are part of
   */
  public StreamCounters(CounterGroup.Builder builder) {
    syn = builder.add("tcp_syn", "streams whose start was seen");
    fin = builder.add("tcp_fin", "streams ended by FIN or RST");
    closed = builder.add("tcp_closed", "streams closed, for whatever reason");
    ignored = builder.add("tcp_ign", "segments of streams that are ignored");
    streamsIgnored = builder.add("tcp_stream_ign", "closed streams that were ignored");
    streams = builder.add("tcp_streams", "streams, a direction of a connection each");
    segments = builder.add("tcp_segs", "segments delivered in their order");
    received = builder.add("tcp_total_rcvd", "bytes delivered in their order");
    outOfOrder = builder.add("tcp_out_of_order", "segments that came before an earlier one");
    miss = builder.add("tcp_miss", "holes: bytes that never came, and starts not seen");
    missedBytes = builder.add("tcp_missed_bytes", "bytes of these holes");
    recovered = builder.add("tcp_recovered", "holes after which the stream went on");
    total = builder.add("tcp_payloads", "segments with bytes, SYN, FIN or RST of these streams");
    totalBytes = builder.add("tcp_payload_bytes", "bytes of all segments");
    empty = builder.add("tcp_empty", "segments without bytes or news, such as acknowledgements");
    duplicates = builder.add("tcp_dups", "segments that brought nothing new");
    queued =
        builder.add("tcp_queued", CounterKind.GAUGE_MAX, "segments that wait for one before them");
    outOfWindow = builder.add("tcp_stray", "segments far from what their stream expects");
    ignoredBytes = builder.add("tcp_ign_bytes", "bytes of segments that were ignored");
    duplicateBytes = builder.add("tcp_dup_bytes", "bytes that had come before");
    queuedBytes = builder.add("tcp_queued_bytes", CounterKind.GAUGE_MAX, "bytes that wait");
    strayBytes = builder.add("tcp_stray_bytes", "bytes of stray segments");
    active = builder.add("tcp_active", CounterKind.GAUGE_MAX, "streams open now");
    streamTimeouts = builder.add("tcp_stream_timeouts", "streams closed since they were silent");
    reorderTimeouts = builder.add("tcp_reorder_timeouts", "streams whose hole was not waited for");
    acknowledgedHoles =
        builder.add("tcp_acked_holes", "holes given up since the receiver had those bytes");
    streamsEvicted = builder.add("tcp_stream_evicted", "streams closed: there were too many");
    memoryReliefs = builder.add("tcp_mem_reliefs", "streams that had to let go: memory was short");
    reused = builder.add("tcp_reused", "streams closed by a new start on the same ports");
    failures = builder.add("tcp_failures", "streams given up for a fault in this program");
  }

  /** The group they are part of; once, before anything is counted. */
  public void countIn(CounterGroup built) {
    group = built;
  }

  public void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  /** A hole, or the unknown before the first byte, did no harm or is overcome. */
  public void recovered() {
    group.increment(recovered);
  }

  void segment(int length) {
    group.increment(total);
    group.add(totalBytes, length);
  }

  void ended(int counter, int bytesCounter, int length) {
    group.increment(counter);
    group.add(bytesCounter, length);
  }

  void queued(int segments, int bytes) {
    group.add(queued, segments);
    group.add(queuedBytes, bytes);
  }

  /** What became of the segments, and of their bytes. */
  public Balance segmentBalance(String stage) {
    return balance(stage, total, segments, duplicates, queued, outOfWindow, ignored);
  }

  public Balance byteBalance(String stage) {
    return balance(
        stage, totalBytes, received, duplicateBytes, queuedBytes, strayBytes, ignoredBytes);
  }

  private Balance balance(String stage, int in, int handled, int... reasons) {
    Map<String, Long> drops = new LinkedHashMap<>();
    for (int reason : reasons) {
      drops.put(group.definitions().get(reason).name(), group.value(reason));
    }
    return new Balance(stage, group.value(in), group.value(handled), drops);
  }

  /** Bytes delivered. */
  public long receivedBytes() {
    return group.value(received);
  }

  /** Segments these streams had, and those without anything. */
  public long all() {
    return group.value(total) + group.value(empty);
  }
}
