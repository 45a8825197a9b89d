package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd itself says of the units; skipped where it is not installed. */
class SystemdTest {
  /** From 0, where nothing is allowed, to 10. */
  private static final int MOST_EXPOSED_TENTHS = 25;

  @TempDir Path folder;

  @Test
  void theUnitsAreValid() throws Exception {
    Command.needs("systemd-analyze");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    command.addAll(units());
    Command.Result result = Command.run(command);
    assertThat(result.output()).as("complaints").doesNotContain("callscope");
    assertThat(result.code()).as(result.output()).isZero();
  }

  @Test
  void theUnitsLeaveTimeToStop() {
    SystemdUnits.files()
        .forEach(
            unit ->
                assertThat(Deployment.text(unit).lines())
                    .as(unit.toString())
                    .filteredOn(line -> line.startsWith("TimeoutStopSec="))
                    .singleElement()
                    .extracting(line -> Integer.valueOf(line.replaceAll("\\D", "")))
                    .satisfies(
                        seconds ->
                            assertThat(seconds)
                                .isGreaterThanOrEqualTo(Deployment.LEAST_GRACE_SECONDS)));
  }

  @Test
  void theUnitsLeaveLittleThatCouldBeMisused() throws Exception {
    Command.needs("systemd-analyze");
    for (String unit : units()) {
      Command.Result result =
          Command.run(
              List.of(
                  "systemd-analyze",
                  "security",
                  "--offline=yes",
                  "--threshold=" + MOST_EXPOSED_TENTHS,
                  unit));
      assertThat(result.code()).as(result.output()).isZero();
    }
  }

  /** Copies with a program that is there, templates as an instance of theirs. */
  private List<String> units() throws IOException {
    List<String> units = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Deployment.FOLDER.resolve("systemd"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy =
            folder.resolve(Deployment.FOLDER.resolve("systemd").relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(
            copy,
            Deployment.text(file)
                .replace(SystemdUnits.PROGRAM, "/bin/true")
                .replace("User=callscope", "User=daemon")
                .replace("Group=callscope", "Group=daemon"));
        String name = file.getFileName().toString();
        if (name.endsWith("@.service")) {
          for (String instance : List.of("tracker", "capture")) {
            units.add(copy.resolveSibling(name.replace("@.", "@" + instance + ".")).toString());
          }
        } else if (name.endsWith(".service")) {
          units.add(copy.toString());
        }
      }
    }
    return units;
  }
}
