package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.files.PrivateDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender is told of a request that failed. */
class RefusedExceptionTest {
  @TempDir Path folder;

  private static String told(Throwable cause, boolean stopping) {
    RefusedException refused = RefusedException.of(cause, stopping);
    return refused.code() + " " + refused.getMessage();
  }

  @Test
  void whoseFaultItIsTellsTheCode() {
    assertThat(told(new IllegalArgumentException("no such upload: 7"), false))
        .isEqualTo("400 no such upload: 7");
    assertThat(told(new IllegalStateException(), false)).isEqualTo("400 null");
    assertThat(told(RefusedException.unavailable("later"), false)).isEqualTo("503 later");
    Uploads nowhere = new Uploads(new PrivateDirectory(folder.resolve("gone")));
    assertThatThrownBy(() -> nowhere.begin("a.pcap", 0))
        .satisfies(
            full -> assertThat(told(full, false)).startsWith("507 the upload could not be kept: "));
  }

  @Test
  void whileItStopsNothingElseIsAFault() {
    assertThat(told(new IllegalStateException("closed"), true)).isEqualTo("503 injecting ends");
    assertThat(told(RefusedException.unavailable("later"), true)).isEqualTo("503 later");
  }
}
