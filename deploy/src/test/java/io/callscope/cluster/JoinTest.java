package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.callscope.testdata.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may join, and what those are told who may not. */
@Tag("slow")
@Timeout(300)
class JoinTest {
  private static final int ERROR = 255;

  @TempDir Path folder;

  @Test
  void whoDoesNotFitEndsWithAnErrorThatSaysWhyAndDisturbsNobody() throws Exception {
    String port = "" + Program.freePort();
    try (Cluster cluster = new Cluster(folder, 2, 4)) {
      Program tracker = cluster.start(0, "tracker");
      cluster.join();
      cluster.awaitShared(1);

      Program otherPartitions = cluster.start(1, "web", "-http_port", port, "-partitions", "3");
      Program stranger =
          cluster.start(
              2, "web", "-http_port", port, "-cluster_name", "stranger", "-cluster_wait", "2s");
      Program exposed = cluster.start(3, "web", "-http_port", port, "-cluster_addr", "192.0.2.1");

      Program taken = cluster.start(0, "web", "-http_port", port);

      assertThat(otherPartitions.end()).isEqualTo(ERROR);
      assertThat(otherPartitions.err())
          .contains("cannot join the cluster")
          .contains("has 2 partitions, this one 3");
      assertThat(stranger.end()).isEqualTo(ERROR);
      assertThat(stranger.err())
          .contains("no process that tracks calls was reached in cluster stranger at 127.0.0.1:");
      assertThat(exposed.end()).isEqualTo(ERROR);
      assertThat(exposed.err()).contains("192.0.2.1 is a public address");
      assertThat(taken.end()).isEqualTo(ERROR);
      assertThat(taken.err().lines())
          .singleElement()
          .asString()
          .contains("cannot join the cluster", "already in use");

      assertThat(tracker.isAlive()).isTrue();
      assertThat(cluster.view().getJsonArray("members"))
          .extracting(member -> ((JsonObject) member).getJsonArray("roles").size())
          .as("the tracker and this test")
          .containsExactlyInAnyOrder(1, 0);
    }
  }

  @Test
  void withCertificatesOnlyThoseOfTheAuthorityGetOntoTheBus() throws Exception {
    TestCertificate good = TestCertificate.make(folder, "good", "-keyalg", "EC");
    TestCertificate other = TestCertificate.make(folder, "other", "-keyalg", "EC");
    try (Cluster cluster = new Cluster(folder, 2, 3)) {
      Program tracker = cluster.start(0, "tracker", tls(good, good));
      tracker.await("tracker 1 is run here");
      Program capture =
          cluster.start(1, "capture", with(tls(good, good), "-pcap", Program.DEMO.toString()));
      assertThat(capture.end()).as(cluster::errors).isZero();

      Program wrong =
          cluster.start(1, "capture", with(tls(other, good), "-pcap", Program.DEMO.toString()));
      assertThat(wrong.end()).isEqualTo(ERROR);
      assertThat(wrong.err())
          .contains("does not answer on the event bus")
          .contains("-cluster_tls_ca");
      Program plain = cluster.start(2, "capture", "-pcap", Program.DEMO.toString());
      assertThat(plain.end()).isEqualTo(ERROR);
      assertThat(plain.err()).contains("encrypts the event bus, this one does not");
      assertThat(tracker.isAlive()).isTrue();
    }
  }

  private static String[] tls(TestCertificate own, TestCertificate authority) {
    return new String[] {
      "-cluster_tls_cert",
      own.certificate().toString(),
      "-cluster_tls_key",
      own.key().toString(),
      "-cluster_tls_ca",
      authority.certificate().toString()
    };
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }
}
