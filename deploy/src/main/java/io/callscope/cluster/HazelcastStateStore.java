package io.callscope.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.callscope.tracker.state.StateStore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * States of partitions in Hazelcast, each in a map of its own: a few large values by the number of
 * their segment, and the head, behind its epoch, under a key that is no number of a segment. The
 * members share the segments out, with a copy of each on another.
 *
 * <p>The head is replaced only by who has put there what it replaces, so that an owner which does
 * not know that it was replaced changes nothing.
 */
final class HazelcastStateStore implements StateStore {
  private static final Long HEAD = -1L;
  private static final long PATIENCE_SECONDS = 10;

  private final HazelcastInstance hazelcast;
  private final Map<Integer, IMap<Long, byte[]>> maps = new ConcurrentHashMap<>();

  private final Map<Integer, WaitingRequests> waiting = new ConcurrentHashMap<>();

  /** What this process has put there last: mostly what it replaces next, without asking. */
  private final Map<Integer, byte[]> heads = new ConcurrentHashMap<>();

  HazelcastStateStore(HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
  }

  private IMap<Long, byte[]> map(int partition) {
    return maps.computeIfAbsent(
        partition, number -> hazelcast.getMap(MemberConfig.stateOf(number)));
  }

  private <T> CompletionStage<T> later(int partition, Callable<T> request) {
    return waiting
        .computeIfAbsent(
            partition,
            number -> new WaitingRequests(number, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)))
        .ask(request);
  }

  private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> request) {
    try {
      return inTime(request.get().toCompletableFuture());
    } catch (RuntimeException e) { // a member that is ending refuses at once
      return CompletableFuture.failedStage(e);
    }
  }

  private static <T> CompletionStage<T> inTime(CompletableFuture<T> answer) {
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<Opened> open(int partition) {
    return later(
        partition,
        () -> {
          IMap<Long, byte[]> map = map(partition);
          while (true) {
            byte[] before = map.get(HEAD);
            long epoch = before == null ? 1 : epoch(before) + 1;
            byte[] head = before == null ? null : head(before);
            byte[] after = join(epoch, head);
            boolean first = before == null && map.putIfAbsent(HEAD, after) == null;
            if (first || (before != null && map.replace(HEAD, before, after))) {
              return new Opened(epoch, head, segments(map));
            }
          }
        });
  }

  private static long[] segments(IMap<Long, byte[]> map) {
    return map.keySet().stream().mapToLong(Long::longValue).filter(key -> key >= 0).toArray();
  }

  @Override
  public CompletionStage<byte[]> read(int partition, long segment) {
    return asked(() -> map(partition).getAsync(segment));
  }

  @Override
  public CompletionStage<Void> write(int partition, long segment, byte[] bytes) {
    return asked(() -> map(partition).setAsync(segment, bytes));
  }

  @Override
  public CompletionStage<Boolean> commit(int partition, long epoch, byte[] head) {
    return later(
        partition,
        () -> {
          IMap<Long, byte[]> map = map(partition);
          byte[] after = join(epoch, head);
          byte[] before = heads.put(partition, after);
          while (true) {
            if (before != null && epoch(before) == epoch && map.replace(HEAD, before, after)) {
              return true;
            }
            before = map.get(HEAD);
            if (before == null) {
              if (map.putIfAbsent(HEAD, after) == null) {
                return true;
              }
            } else if (epoch(before) != epoch) {
              return false;
            }
          }
        });
  }

  @Override
  public CompletionStage<Void> drop(int partition, long from, long to) {
    return later(
        partition,
        () -> {
          for (long segment = from; segment < to; segment++) {
            map(partition).delete(segment);
          }
          return null;
        });
  }

  /** The epoch before the head; a head that is absent is empty. */
  private static byte[] join(long epoch, byte[] head) {
    int length = head == null ? 0 : head.length;
    ByteBuffer joined = ByteBuffer.allocate(Long.BYTES + length).putLong(epoch);
    if (head != null) {
      joined.put(head);
    }
    return joined.array();
  }

  private static long epoch(byte[] joined) {
    return joined.length < Long.BYTES ? 0 : ByteBuffer.wrap(joined).getLong();
  }

  private static byte[] head(byte[] joined) {
    return joined.length <= Long.BYTES
        ? null
        : Arrays.copyOfRange(joined, Long.BYTES, joined.length);
  }
}
