package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Namespace;
import io.callscope.launcher.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tracker in a network namespace of its own, the oldest member, is cut off while a capture is
 * replayed, and comes back.
 */
@Tag("failover")
@Timeout(300)
class NetworkCutTest {
  private static final int CUT_SECONDS_MOST = 20;
  private static final int CALLS_PER_SECOND = 40;

  @TempDir Path folder;

  private Namespace namespace;

  @AfterEach
  void delete() throws Exception {
    if (namespace != null) {
      namespace.delete();
    }
  }

  /** Networks of tests that run at the same time differ. */
  private static String address() {
    long pid = ProcessHandle.current().pid();
    return "10." + (200 + pid % 50) + "." + pid / 50 % 250 + ".1";
  }

  @Test
  void theRestGoesOnAndBothBecomeOneClusterAgain() throws Exception {
    namespace = Namespace.create();
    String here = address();
    String there = namespace.connect(here);
    Traffic traffic = Traffic.generate(folder, "cut", CALLS_PER_SECOND, 60, "");
    try (Cluster cluster = new Cluster(folder.resolve("cluster"), 8, 3)) {
      cluster.listenOn(here);
      cluster.place(1, there, namespace.prefix());
      Program cutOff = cluster.start(1, "tracker", "-evr_limits", "0,0,0");
      cutOff.await("is in cluster");
      Program near = cluster.start(0, "tracker", "-evr_limits", "0,0,0");
      cluster.join();
      cluster.awaitShared(2);
      Program capture = cluster.start(2, "capture", "-replay", "-pcap=" + traffic.capture());
      cluster.awaitEvents(50);

      namespace.cut(here, there);
      long cutNanos = System.nanoTime();
      cluster.awaitShared(1);
      long seconds = Traffic.secondsSince(cutNanos);
      cluster.awaitEvents(50);
      namespace.mend(here, there);
      long mendedNanos = System.nanoTime();
      cluster.awaitShared(2);
      long healed = Traffic.secondsSince(mendedNanos);
      cluster.await(() -> !capture.isAlive());
      assertThat(capture.end()).as(cluster::errors).isZero();

      EventBalance balance = traffic.balance(cluster.events());
      Traffic.say(
          "replaced after " + seconds + " s, one cluster again after " + healed + " s, " + balance);
      assertThat(seconds).isLessThan(CUT_SECONDS_MOST);
      assertThat(cutOff.isAlive() && near.isAlive()).isTrue();
      // What it had sent before it knew of its successor may have been on its way all the time.
      assertThat(cluster.outOfTurn()).isLessThan(2 * CALLS_PER_SECOND);
      assertThat(balance.touched()).as("%s", balance).isLessThan(2 * CALLS_PER_SECOND);
    }
  }
}
