package io.callscope.testdata.sbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.testdata.sbc.CallScript.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulateSbcTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws InterruptedException {
    return SimulateSbc.run(arguments, new PrintStream(out), new PrintStream(err));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x; the port must be a number from 1 to 65535",
        "4739 --sbcs; --sbcs needs a value",
        "4739 --rate -1; --rate must be a number from 0 to 100000000",
        "4739 --fault none; --fault: there is no none",
        "4739 --transports udp4,udp5; --transports: there is no udp5",
        "4739 --nope; there is no option --nope",
      })
  void aBadArgumentIsSaid(String arguments, String error) throws InterruptedException {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(error);
  }

  @Test
  void helpNamesEveryOption() throws InterruptedException {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--sbcs", "--fault", "--pcap");
  }

  /** A collector that answers as asked and counts what comes. */
  private static final class Collector implements Runnable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Integer> sets = new ArrayList<>();

    Collector() throws IOException {}

    @Override
    public void run() {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        byte[] head = in.readNBytes(20);
        while (head.length == 20) {
          int id = ByteBuffer.wrap(head).getShort(16);
          byte[] rest = in.readNBytes(ByteBuffer.wrap(head).getShort(2) - 20);
          sets.add(id);
          if (id == 256) {
            head[17] = 1;
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(rest);
          }
          head = in.readNBytes(20);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void wholeCallsAreSentAtTheirRate(Kind kind) throws Exception {
    Collector collector = new Collector();
    Thread thread = new Thread(collector);
    thread.start();
    String port = "" + collector.server.getLocalPort();
    String transport = kind.name().toLowerCase(java.util.Locale.ROOT);
    assertThat(
            run(port, "--seconds", "0.5", "--rate", "1000", "--quality", "--transports", transport))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    thread.join();
    collector.server.close();
    assertThat(collector.sets.get(0)).isEqualTo(256);
    int calls = 16; // those that are open at a time are brought to their end
    assertThat(collector.sets).hasSizeGreaterThanOrEqualTo(1 + 15 * calls);
    assertThat((collector.sets.size() - 1) % 15).as("whole calls").isZero();
    assertThat(collector.sets.stream().filter(set -> set == 268).count() * 15)
        .isEqualTo(collector.sets.size() - 1);
  }

  @Test
  void withoutACollectorItFails() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(run("" + port, "--seconds", "1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("sbc0: nobody listens at 127.0.0.1:" + port + ": Connection refused");
  }

  @Test
  void aCollectorThatHangsUpIsSaidOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 7; i++) {
                    server.accept().close();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.start();
      assertThat(run("" + server.getLocalPort(), "--seconds", "1", "--sbcs", "7")).isEqualTo(1);
      thread.join();
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .contains("and 2 more SBCs failed")
        .filteredOn(line -> line.startsWith("sbc"))
        .allMatch(line -> line.matches("sbc\\d: [^:]+.*"))
        .hasSize(5);
  }
}
