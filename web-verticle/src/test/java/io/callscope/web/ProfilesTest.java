package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.Test;

/** Flight recordings. */
class ProfilesTest {
  private static final String PATH = "/debug/pprof/profile";

  @Test
  void aRecordingEndsWhenWhoeverAskedForItHasGone() throws Exception {
    try (TestSite site = new TestSite(1)) {
      site.start();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
        String request =
            "POST "
                + PATH
                + "?seconds=300 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(become(true)).as("it records").isTrue();
        assertThat(site.post(PATH, "seconds=1").statusCode()).isEqualTo(503);
      }
      assertThat(become(false)).as("it has stopped").isTrue();
    }
  }

  @Test
  void aRecordingIsADownload() throws Exception {
    try (TestSite site = new TestSite(1)) {
      site.start();
      HttpResponse<String> answer = site.post(PATH, "seconds=1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("FLR");
    }
  }

  private static boolean become(boolean recording) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (FlightRecorder.getFlightRecorder().getRecordings().isEmpty() == recording) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
