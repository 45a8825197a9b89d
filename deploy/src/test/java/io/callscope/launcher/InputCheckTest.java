package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.config.Settings;
import io.callscope.config.SettingsException;
import io.callscope.testdata.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -check} finds in the files and addresses that options name. */
class InputCheckTest {
  @TempDir static Path folder;

  private static TestCertificate good;
  private static TestCertificate other;
  private static Path none;

  @BeforeAll
  static void make() throws Exception {
    good = TestCertificate.make(folder, "good", "-keyalg", "EC");
    other = TestCertificate.make(folder, "other", "-keyalg", "EC");
    none = folder.resolve("none");
  }

  private static List<String> problems(String... options) throws SettingsException {
    List<String> all = new ArrayList<>(List.of("-check"));
    all.addAll(List.of(options));
    return InputCheck.problems(Settings.load(all, Map.of()));
  }

  private static List<String> web(String... options) throws SettingsException {
    List<String> all = new ArrayList<>(List.of("-http_port", "8080"));
    all.addAll(List.of(options));
    return problems(all.toArray(String[]::new));
  }

  private static List<String> cluster(String... options) throws SettingsException {
    List<String> all = new ArrayList<>(List.of("-cluster", "-roles", "tracker"));
    all.addAll(List.of(options));
    return problems(all.toArray(String[]::new));
  }

  private static String[] tls(String prefix, Path certificate, Path key) {
    return new String[] {
      "-" + prefix + "_cert", certificate.toString(), "-" + prefix + "_key", key.toString()
    };
  }

  @Test
  void aCertificateMustGoWithItsKey() throws Exception {
    assertThat(web(tls("http_tls", good.certificate(), good.key()))).isEmpty();
    assertThat(web(tls("http_tls", good.certificate(), other.key())))
        .containsExactly(
            "http_tls_key " + other.key() + ": is not the key of " + good.certificate());
    assertThat(web(tls("http_tls", none, good.key())))
        .singleElement()
        .asString()
        .startsWith("http_tls_cert: cannot read " + none);
  }

  @Test
  void theFileOfUsersMustBeRight() throws Exception {
    Path file = folder.resolve("users");
    assertThat(web("-http_users", file.toString()))
        .singleElement()
        .asString()
        .startsWith("http_users: cannot read " + file);
    Files.writeString(file, "bob:boss:x\nann\n");
    assertThat(web("-http_users", file.toString()))
        .containsExactly(
            "http_users "
                + file
                + ": line 1: the role must be viewer or operator; line 2: must be name:role:hash");
    Files.writeString(file, "# nobody\n");
    assertThat(web("-http_users", file.toString()))
        .singleElement()
        .asString()
        .contains("has no users");
  }

  @Test
  void theAddressInAClusterMustBeAnOwnPrivateOne() throws Exception {
    assertThat(cluster()).isEmpty();
    assertThat(cluster("-cluster_addr", "127.0.0.7")).isEmpty();
    assertThat(cluster("-cluster_addr", "192.0.2.1"))
        .singleElement()
        .asString()
        .contains("is a public address");
    assertThat(cluster("-cluster_addr", "192.0.2.1", "-cluster_public"))
        .singleElement()
        .asString()
        .startsWith("-cluster_addr 192.0.2.1 is no address of this machine");
    assertThat(cluster("-cluster_addr", "no.such.host.invalid"))
        .singleElement()
        .asString()
        .contains("no such address");
  }

  @Test
  void theCertificatesOfTheBusMustBeReadable() throws Exception {
    String[] own = tls("cluster_tls", good.certificate(), good.key());
    assertThat(cluster(with(own, "-cluster_tls_ca", other.certificate().toString()))).isEmpty();
    assertThat(cluster(with(own, "-cluster_tls_ca", other.key().toString())))
        .singleElement()
        .asString()
        .startsWith("cluster_tls_ca " + other.key() + ": ");
    String[] wrong = tls("cluster_tls", good.certificate(), other.key());
    assertThat(cluster(with(wrong, "-cluster_tls_ca", none.toString())))
        .anyMatch(problem -> problem.startsWith("cluster_tls_key " + other.key()))
        .anyMatch(problem -> problem.startsWith("cluster_tls_ca: cannot read " + none))
        .hasSize(2);
  }

  /** One file of options may serve all processes of a cluster. */
  @Test
  void whatAnotherRoleNeedsIsNotLookedAt() throws Exception {
    assertThat(
            cluster(
                "-pcap",
                none.toString(),
                "-pcap_dump_dir",
                good.key().resolve("calls").toString(),
                "-http_port",
                "8080",
                "-http_users",
                none.toString()))
        .isEmpty();
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
