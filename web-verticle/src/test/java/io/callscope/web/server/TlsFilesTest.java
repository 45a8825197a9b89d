package io.callscope.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.testdata.TestCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  @TempDir static Path folder;

  private static Vertx vertx;
  private static TestCertificate rsa;
  private static TestCertificate ec;

  @BeforeAll
  static void make() throws Exception {
    vertx = Vertx.vertx();
    rsa = TestCertificate.make(folder, "rsa", "-keyalg", "RSA", "-validity", "90");
    ec = TestCertificate.make(folder, "ec", "-keyalg", "EC", "-validity", "90");
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  private static TlsFiles.Loaded load(Path certificate, Path key) {
    return new TlsFiles(vertx, "http_tls", certificate, key).load();
  }

  private static void assertWrong(Path certificate, Path key, String reason) {
    assertThatThrownBy(() -> load(certificate, key))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void keysOfBothKindsAreTaken() {
    for (TestCertificate one : new TestCertificate[] {rsa, ec}) {
      TlsFiles.Loaded loaded = load(one.certificate(), one.key());
      assertThat(loaded.names()).containsExactly("localhost", "noc.example");
      assertThat(loaded.validity().warning(Instant.now())).isEmpty();
    }
  }

  @Test
  void datesAreWarnedOf() {
    Instant now = Instant.now();
    Validity validity = load(ec.certificate(), ec.key()).validity();
    assertThat(validity.warning(now.plus(Duration.ofDays(80)))).contains("expires at");
    assertThat(validity.warning(now.plus(Duration.ofDays(91)))).contains("expired at");
    assertThat(validity.warning(now.minus(Duration.ofDays(1)))).contains("not valid before");
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheFile() throws Exception {
    assertWrong(rsa.certificate(), ec.key(), "private key algorithm does not match");
    TestCertificate other = TestCertificate.make(folder, "other", "-keyalg", "EC");
    assertWrong(ec.certificate(), other.key(), "is not the key of");
    assertWrong(folder.resolve("none"), ec.key(), "http_tls_cert: cannot read");
    assertWrong(ec.certificate(), folder.resolve("none"), "http_tls_key: cannot read");
    assertWrong(ec.key(), ec.certificate(), "http_tls_cert " + ec.key() + ": has no PEM block");
    assertWrong(folder, ec.key(), "cannot read");
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n");
    assertWrong(ec.certificate(), encrypted, "is encrypted");
    Path broken =
        Files.writeString(
            folder.resolve("broken"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertWrong(ec.certificate(), broken, "cannot be used");
  }
}
