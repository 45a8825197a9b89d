package io.callscope.capture.source;

import io.callscope.bus.SourceStatus;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import java.util.List;

/**
 * Where packets come from. {@link #run} is one thread's whole work, ended early by interrupting it
 * after {@link #wake}; the methods without a thread of their own are for any.
 */
public interface PacketSource {
  /**
   * Reads everything, or until interrupted.
   *
   * @param stopNanos after an interrupt, longest wait for one partition to take its last batch
   */
  void run(long stopNanos);

  /** Ends a read that blocks; {@link #run} must also be interrupted. */
  void wake();

  /** To be called every so often ({@link #beatMillis}), on any thread; does not block. */
  void beat();

  /** Period of {@link #beat}, 0 for none. */
  long beatMillis();

  /** Other timeouts of TCP hold from its next look at its streams on. */
  void timeouts(TcpTimeouts timeouts);

  /** Notes an error that the source will have ended with. On its thread. */
  void fail(String error);

  /**
   * {@link #run} has thrown: sends what there is and tells the partitions that nothing more comes,
   * which would wait for it otherwise. On its thread.
   *
   * @param timeoutNanos longest wait for one partition to take its last batch
   */
  void abandon(long timeoutNanos);

  /** How far it is, a moment ago. */
  SourceStatus status();

  /** How it ended. On its thread, after {@link #run}. */
  SourceStatus end();

  List<CounterGroup> counterGroups();

  /** The account of every stage, exact once {@link #run} has returned. */
  List<Balance> balances();
}
