package io.callscope.capture.live;

import static io.callscope.capture.packet.Frames.ACK;
import static io.callscope.capture.packet.Frames.SYN;
import static io.callscope.capture.packet.Frames.datagram;
import static io.callscope.capture.packet.Frames.invite;
import static io.callscope.capture.packet.Frames.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BatchPool;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.source.FakeClock;
import io.callscope.capture.source.FakeSink;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.SipFeed;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LiveSourceTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final byte[] INVITE = datagram(invite("c1"));

  private final FakeSink sink = new FakeSink();
  private final FakeClock clock = new FakeClock();
  private final FakeTaps taps = new FakeTaps();
  private final InterfaceInput input = new InterfaceInput("eth0.7", 0, 250);
  private final LiveSource source =
      new LiveSource(
          new CaptureConfig(
              "capture.eth0",
              "iface:eth0",
              input,
              "",
              DecodeOptions.DEFAULTS,
              1,
              CaptureConfig.LIVE_CREDITS),
          input,
          null,
          taps,
          sink,
          new BatchPool(),
          clock,
          DumpFeed.none());

  private Map<String, Long> run() throws SourceException {
    source.open();
    source.run(0);
    Thread.interrupted();
    assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    assertThat(taps.closed).isEqualTo(taps.opened);
    return counters();
  }

  private Map<String, Long> counters() {
    Map<String, Long> values = new TreeMap<>();
    for (CounterGroup group : source.counterGroups()) {
      for (int i = 0; i < group.definitions().size(); i++) {
        if (group.value(i) != 0) {
          values.put(group.name() + "." + group.definitions().get(i).name(), group.value(i));
        }
      }
    }
    return values;
  }

  private FakeTaps.Step packets(int count) {
    return listener -> {
      for (int i = 0; i < count; i++) {
        clock.wallNanos += MILLI;
        listener.packet(INVITE, 0, INVITE.length, INVITE.length, clock.wallNanos);
      }
      return count;
    };
  }

  private FakeTaps.Step silence(long nanos) {
    return listener -> {
      clock.wallNanos += nanos;
      clock.monotonicNanos += nanos;
      return 0;
    };
  }

  private static FakeTaps.Step fails(String reason) {
    return listener -> {
      throw new SourceException(reason);
    };
  }

  @Test
  void whatItReadsReachesThePartition() throws SourceException {
    taps.reads.add(packets(3));
    taps.statistics = new Tap.Statistics(7, 4, 1);
    assertThat(run())
        .containsEntry("pkt_stats.parse_ok", 3L)
        .containsEntry("feed.records_sent", 3L)
        .containsEntry("pcap.eth0_7.packets", 3L)
        .containsEntry("pcap.eth0_7.recvd", 7L)
        .containsEntry("pcap.eth0_7.drop", 4L)
        .containsEntry("pcap.eth0_7.if_drop", 1L);
    assertThat(sink.records(0)).hasSize(3);
    SipBatch last = sink.batches(0).get(sink.batches(0).size() - 1);
    assertThat(last.isLast()).isTrue();
    assertThat(last.source()).isEqualTo("iface:eth0");
    SourceStatus status = source.end();
    assertThat(status.state()).isEqualTo(State.ENDED);
    assertThat(status.packets()).isEqualTo(3);
    assertThat(status.captureMillis()).isZero();
  }

  @Test
  void itsClockGoesOnInSilenceButNotPastPacketsOnTheirWay() throws SourceException {
    long begin = clock.wallNanos;
    taps.reads.add(packets(1));
    taps.reads.add(silence(SECOND));
    taps.reads.add(
        listener -> {
          // Captured before the silence ended, delivered behind it.
          long captured = clock.wallNanos - 250 * MILLI;
          listener.packet(INVITE, 0, INVITE.length, INVITE.length, captured);
          return 1;
        });
    assertThat(run()).doesNotContainKey("pkt_stats.back_times");
    assertThat(sink.batches(0))
        .extracting(SipBatch::markNanos)
        .as("one batch that brings the time alone")
        .contains(begin + MILLI + SECOND - 350 * MILLI);
  }

  /** Time as it passes, and the machine's clock set by so much. */
  private FakeTaps.Step setClock(long nanos) {
    return listener -> {
      clock.monotonicNanos += SECOND;
      clock.wallNanos += SECOND + nanos;
      return 0;
    };
  }

  private long lastMark() {
    return sink.batches(0).get(sink.batches(0).size() - 1).markNanos();
  }

  @Test
  void aClockThatIsSetBackStopsNoTimer() throws SourceException {
    long begin = clock.wallNanos;
    taps.reads.add(packets(1));
    taps.reads.add(setClock(-3600 * SECOND));
    for (int i = 0; i < 100; i++) {
      taps.reads.add(silence(SECOND));
      taps.reads.add(packets(1));
    }
    assertThat(run())
        .containsEntry("pcap.eth0_7.clock_set_back", 1L)
        .containsEntry("pkt_stats.parse_ok", 101L);
    assertThat(lastMark() - begin)
        .as("a tenth slower, to catch up")
        .isBetween(89 * SECOND, 102 * SECOND);
  }

  @Test
  void aClockThatIsSetForthAndBackEndsWhereItShould() throws SourceException {
    long begin = clock.wallNanos;
    taps.reads.add(packets(1));
    taps.reads.add(setClock(60 * SECOND));
    taps.reads.add(packets(1));
    taps.reads.add(setClock(-60 * SECOND));
    for (int i = 0; i < 1000; i++) {
      taps.reads.add(silence(SECOND));
    }
    taps.reads.add(packets(1));
    assertThat(run()).containsEntry("pcap.eth0_7.clock_set_back", 1L);
    assertThat(lastMark() - begin).isBetween(1000 * SECOND, 1004 * SECOND);
  }

  @Test
  void aPartitionThatLagsCostsRecordsButNoTime() throws SourceException {
    sink.credits = SipFeed.LIVE_CREDITS;
    int packets = 129 * 256 + 50;
    taps.reads.add(packets(packets));
    Map<String, Long> counters = run();
    assertThat(counters).containsEntry("pkt_stats.parse_ok", (long) packets);
    assertThat(
            counters.get("feed.records_overflow")
                + counters.getOrDefault("feed.records_unsent", 0L))
        .isEqualTo(packets - counters.get("feed.records_sent"));
    assertThat(counters.get("feed.records_overflow")).isPositive();
    assertThat(counters.get("feed.records_sent")).isGreaterThan(119 * 256);
  }

  @Test
  void anInterfaceThatIsGoneIsOpenedAgainAndItsFiguresGoOn() throws SourceException {
    taps.statistics = new Tap.Statistics(5, 2, 0);
    taps.reads.add(packets(1));
    taps.reads.add(fails("eth0: The interface disappeared"));
    taps.openings.add(listener -> 0);
    taps.openings.add(fails("eth0: there is no such interface"));
    taps.openings.add(listener -> -1);
    taps.openings.add(listener -> 0);
    taps.reads.add(packets(1));
    assertThat(run())
        .containsEntry("pkt_stats.parse_ok", 2L)
        .containsEntry("pcap.eth0_7.reopened", 1L)
        .containsEntry("pcap.eth0_7.read_errs", 1L)
        .containsEntry("pcap.eth0_7.recvd", 10L)
        .containsEntry("pcap.eth0_7.drop", 4L);
    assertThat(taps.opened).isEqualTo(2);
    long waited = clock.monotonicNanos + 77;
    assertThat(waited).as("100, 200 and 400 ms").isEqualTo(700 * MILLI);
    assertThat(source.end().error()).isEmpty();
  }

  @Test
  void anInterfaceThatIsDownIsSaidOnce() throws SourceException {
    taps.reads.add(silence(SECOND));
    taps.reads.add(
        listener -> {
          taps.up = false;
          return silence(SECOND).run(listener);
        });
    taps.reads.add(silence(SECOND));
    taps.reads.add(
        listener -> {
          assertThat(source.status().error()).isEqualTo("eth0.7 is down; waiting for it");
          assertThat(counters()).containsEntry("pcap.eth0_7.blind", 1L);
          taps.up = true;
          return silence(SECOND).run(listener);
        });
    taps.reads.add(
        listener -> {
          assertThat(source.status().error()).isEmpty();
          assertThat(source.status().state()).isEqualTo(State.RUNNING);
          return 0;
        });
    assertThat(run()).containsEntry("pcap.eth0_7.downs", 1L).doesNotContainKey("pcap.eth0_7.blind");
  }

  @Test
  void anInterfaceThatIsDownAtTheStartIsWaitedFor() throws SourceException {
    taps.openings.add(listener -> -1);
    taps.openings.add(listener -> 0);
    taps.reads.add(packets(2));
    assertThat(run()).containsEntry("pkt_stats.parse_ok", 2L);
  }

  @Test
  void oneThatCannotBeOpenedAtTheStartIsAnError() {
    taps.openings.add(fails("eth0: there is no such interface"));
    assertThatThrownBy(source::open)
        .isInstanceOf(SourceException.class)
        .hasMessage("eth0: there is no such interface");
  }

  @Test
  void aReadThatWaitsTooLongIsWoken() throws SourceException {
    taps.reads.add(
        listener -> {
          clock.monotonicNanos += 249 * MILLI;
          source.beat();
          assertThat(taps.woken).isZero();
          clock.monotonicNanos += MILLI;
          source.beat();
          assertThat(taps.woken).isEqualTo(1);
          return 0;
        });
    run();
    source.beat();
    assertThat(taps.woken).as("no read is waiting").isEqualTo(1);
    assertThat(source.beatMillis()).isEqualTo(125);
  }

  private FakeTaps.Step packet(byte[] packet) {
    return listener -> {
      clock.wallNanos += MILLI;
      clock.monotonicNanos += MILLI;
      listener.packet(packet, 0, packet.length, packet.length, clock.wallNanos);
      return 1;
    };
  }

  private FakeTaps.Step has(int messages) {
    return listener -> {
      assertThat(sink.records(0)).hasSize(messages);
      return 0;
    };
  }

  @Test
  void a9AMessageOfAConnectionThatIsThereAlreadyComesAtOnce() throws SourceException {
    taps.reads.add(packet(segment(ACK, 5000, invite("c1"))));
    taps.reads.add(silence(3 * MILLI));
    taps.reads.add(has(1));
    taps.reads.add(silence(2 * SECOND));
    assertThat(run())
        .containsEntry("pkt_stats.parse_ok", 1L)
        .containsEntry("pkt_stats.sip_tcp", 1L)
        .containsEntry("pkt_stats.tcp_miss", 1L)
        .containsEntry("pkt_stats.tcp_recovered", 1L)
        .doesNotContainKeys("pkt_stats.tcp_missed_bytes", "pkt_stats.parse_errs");
    assertThat(sink.records(0)).hasSize(1);
  }

  @Test
  void holesAreGivenUpInSilenceWithinTwoSecondsInTheFirstMinute() throws SourceException {
    taps.reads.add(packet(segment(SYN, 0, "")));
    taps.reads.add(packet(segment(ACK, 101, invite("c1"))));
    for (int i = 0; i < 4; i++) {
      taps.reads.add(silence(250 * MILLI));
    }
    taps.reads.add(has(0));
    for (int i = 0; i < 4; i++) {
      taps.reads.add(silence(250 * MILLI));
    }
    taps.reads.add(has(1));
    assertThat(run())
        .containsEntry("pkt_stats.tcp_reorder_timeouts", 1L)
        .containsEntry("pkt_stats.tcp_missed_bytes", 100L)
        .containsEntry("pkt_stats.tcp_recovered", 1L);
  }

  @Test
  void connectionsAgeInSilenceByTheTimeoutsThatHoldNow() throws SourceException {
    taps.reads.add(packet(segment(SYN, 0, "")));
    taps.reads.add(packet(segment(ACK, 1, invite("c1"))));
    taps.reads.add(silence(61 * SECOND));
    taps.reads.add(
        listener -> {
          source.timeouts(new TcpTimeouts(SECOND, SECOND, 100 * SECOND));
          return 0;
        });
    taps.reads.add(silence(30 * SECOND));
    taps.reads.add(timedOut(0));
    taps.reads.add(silence(15 * SECOND));
    taps.reads.add(timedOut(1));
    run();
  }

  private FakeTaps.Step timedOut(long streams) {
    return listener -> {
      CounterGroup group = source.counterGroups().get(0);
      for (int i = 0; i < group.definitions().size(); i++) {
        if (group.definitions().get(i).name().equals("tcp_stream_timeouts")) {
          assertThat(group.value(i)).isEqualTo(streams);
          return 0;
        }
      }
      throw new AssertionError("no such counter");
    };
  }

  @Test
  void whatTheKernelHasWhenItIsStoppedIsStillRead() throws SourceException {
    taps.reads.add(
        listener -> {
          Thread.currentThread().interrupt();
          return packets(1).run(listener);
        });
    taps.reads.add(packets(5));
    taps.reads.add(packets(5));
    assertThat(run())
        .containsEntry("pkt_stats.parse_ok", 11L)
        .containsEntry("feed.records_sent", 11L);
  }
}
