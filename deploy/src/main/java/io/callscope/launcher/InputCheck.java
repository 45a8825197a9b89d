package io.callscope.launcher;

import io.callscope.capture.InputChecks;
import io.callscope.config.Option;
import io.callscope.config.Options;
import io.callscope.config.Role;
import io.callscope.config.Settings;
import io.callscope.pcapdump.DumpDirectory;
import io.callscope.web.security.UserStore;
import io.callscope.web.server.TlsFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code -check} looks at beyond the options themselves: what they name must be there, where
 * the process has a role that needs it.
 */
final class InputCheck {
  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  private InputCheck(Settings settings) {
    this.settings = settings;
  }

  /** All that a run would fail at, a line each. */
  static List<String> problems(Settings settings) {
    InputCheck check = new InputCheck(settings);
    Set<Role> roles = Services.roles(settings);
    if (roles.contains(Role.CAPTURE)) {
      check.capture();
    }
    if (roles.contains(Role.PCAPDUMP)) {
      check.dump();
    }
    if (roles.contains(Role.WEB)) {
      check.web();
    }
    if (settings.get(Options.CLUSTER)) {
      check.problems.addAll(ClusteredCheck.problems(settings));
    }
    return check.problems;
  }

  private void capture() {
    settings.get(Options.PCAP).forEach(file -> InputChecks.file(file).ifPresent(problems::add));
    InputChecks.filter(settings.get(Options.BPF)).ifPresent(problems::add);
  }

  private void dump() {
    Path directory = Path.of(settings.get(Options.PCAP_DUMP_DIR));
    if (!DumpDirectory.isWritable(directory)) {
      problems.add("-pcap_dump_dir " + directory + " is not writable");
      return;
    }
    try {
      DumpDirectory.check(directory);
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
  }

  private void web() {
    String users = settings.get(Options.HTTP_USERS);
    if (!users.isEmpty()) {
      try {
        new UserStore(Path.of(users)).load();
      } catch (IllegalStateException e) {
        problems.add(e.getMessage());
      }
    }
    problems.addAll(certificate(settings, "http_tls", Options.HTTP_TLS_CERT, Options.HTTP_TLS_KEY));
  }

  /**
   * Whether a certificate can be used with its key.
   *
   * @param options what the names of both options begin with
   */
  static List<String> certificate(
      Settings settings, String options, Option<String> certificate, Option<String> key) {
    if (settings.get(certificate).isEmpty()) {
      return List.of();
    }
    Vertx vertx = Vertx.vertx(); // reads keys, and knows more kinds of them than the JDK
    try {
      new TlsFiles(vertx, options, Path.of(settings.get(certificate)), Path.of(settings.get(key)))
          .check();
      return List.of();
    } catch (IllegalStateException e) {
      return List.of(e.getMessage());
    } finally {
      vertx.close().await();
    }
  }
}
