package io.callscope.launcher.packaging;

import io.callscope.config.Options;
import io.callscope.config.Role;
import io.callscope.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that others start the program by. */
final class Deployment {
  static final Path FOLDER = Path.of("").toAbsolutePath();

  /** What a stop may take: in a cluster 40 s, and room. */
  static final int LEAST_GRACE_SECONDS = 45;

  private Deployment() {}

  /** The files in a folder of the module, by the end of their names. */
  static Stream<Path> files(String folder, String ending) {
    try (Stream<Path> all = Files.list(FOLDER.resolve(folder))) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
      if (files.isEmpty()) {
        throw new AssertionError("no " + ending + " in " + folder);
      }
      return files.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a process of these settings opens interfaces. */
  static boolean captures(Settings settings) {
    List<Role> roles = settings.get(Options.ROLES);
    return !settings.get(Options.IFACE).isEmpty()
        && (roles.isEmpty() || roles.contains(Role.CAPTURE));
  }
}
