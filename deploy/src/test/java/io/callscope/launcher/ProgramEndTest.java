package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends: waits, signals, recorded speed. */
class ProgramEndTest {
  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void prepare() {
    program = new Program(folder);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void endWaitKeepsTheServerUpForAWhile() throws Exception {
    int port = Program.freePort();
    long start = System.nanoTime();
    program.start("-pcap", Program.DEMO.toString(), "-http_port", "" + port, "-end_wait", "2500ms");
    program.await("wait 2.5s");
    assertThat(program.get(port, "/about", "*/*").statusCode()).isEqualTo(200);
    assertThat(program.end()).isZero();
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2500));
  }

  /** Starts a replay that would take eleven minutes and waits until its first packets are in. */
  private void startReplay() throws Exception {
    int port = Program.freePort();
    program.start("-pcap", Program.DEMO.toString(), "-replay", "-http_port", "" + port);
    program.await(() -> packets(port) > 0);
  }

  private long packets(int port) throws Exception {
    try {
      JsonObject dashboard = new JsonObject(program.get(port, "/", "application/json").body());
      return dashboard.getJsonArray("sources").stream()
          .mapToLong(source -> ((JsonObject) source).getLong("packets"))
          .sum();
    } catch (ConnectException e) {
      return 0; // not up yet
    }
  }

  @Test
  void aSignalEndsAReplayInGoodOrder() throws Exception {
    startReplay();
    program.terminate();
    assertThat(program.end()).isZero();
    assertThat(program.err()).contains("stopping");
    assertThat(program.out()).contains("SIP messages/s").contains("active call entries");
  }

  @Test
  void aSignalEndsTheWaitForSomebodyToWriteToAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    int port = Program.freePort();
    program.start("-pcap", pipe.toString(), "-http_port", "" + port);
    program.awaitPages(port);
    program.terminate();
    assertThat(program.end()).isZero();
    assertThat(program.err()).contains("stopping").doesNotContain("left behind");
    assertThat(program.out())
        .contains("active call entries: 0")
        .contains("health: in = handled + dropped, nothing lost");
  }

  @Test
  void whatAKilledProcessHasLeftOfUploadsGoesAtTheNextStart() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    program.java("-Djava.io.tmpdir=" + temporary);
    Path left = Files.createTempDirectory(temporary, "callscope-private-");
    Files.createFile(left.resolve("lock"));
    Files.createFile(left.resolve("1.pcap"));
    program.start("-pcap", Program.DEMO.toString(), "-end_wait", "1m");
    program.await(() -> Files.notExists(left));
    program.terminate();
    assertThat(program.end()).isZero();
  }

  @Test
  void aScaledReplayTakesItsShareOfTheTime() throws Exception {
    // 674.6 s of capture.
    assertThat(program.run("-pcap", Program.DEMO.toString(), "-replay", "-replay_scale", "0.004"))
        .isZero();
    assertThat(program.out()).containsPattern("run time: +2\\.[6-9]|run time: +[3-9]\\.");
    assertThat(program.out()).contains("parse_ok:   2170");
  }
}
