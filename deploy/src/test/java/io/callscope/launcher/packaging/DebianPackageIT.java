package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, unpacked as dpkg would; skipped where there is no dpkg. */
class DebianPackageIT {
  private static final Path PACKAGE = Path.of("target", "callscope.deb");

  @TempDir static Path root;

  @BeforeAll
  static void unpack() throws Exception {
    Command.needs("dpkg-deb");
    Command.Result unpacked =
        Command.run(List.of("dpkg-deb", "-x", PACKAGE.toString(), root.toString()));
    assertThat(unpacked.code()).as(unpacked.output()).isZero();
  }

  @Test
  void itSaysWhatItIsAndWhatItNeeds() throws Exception {
    Command.Result told = Command.run(List.of("dpkg-deb", "-I", PACKAGE.toString()));
    assertThat(told.code()).as(told.output()).isZero();
    assertThat(told.output())
        .contains("Package: callscope")
        .contains("java17-runtime-headless", "libpcap0.8")
        .contains("conffiles", "postinst", "prerm", "postrm");
  }

  @Test
  void itsConfigurationIsKeptWhenTheUserHasChangedIt() throws Exception {
    Path control = Files.createDirectory(root.resolve("control"));
    Command.run(List.of("dpkg-deb", "-e", PACKAGE.toString(), control.toString()));
    for (String file : Files.readAllLines(control.resolve("conffiles"))) {
      assertThat(root.resolve(file.substring(1))).as(file).isRegularFile();
    }
  }

  @Test
  void theProgramStartsFromWhereItIsInstalled() throws Exception {
    Path link = root.resolve("usr/bin/callscope");
    assertThat(Files.readSymbolicLink(link))
        .isEqualTo(Path.of("/usr/share/callscope/bin/callscope"));
    String program = root.resolve("usr/share/callscope/bin/callscope").toString();
    Command.Result version = Command.run(List.of(program, "-version"));
    assertThat(version.output()).startsWith("callscope ");
    assertThat(version.code()).isZero();
    String config = root.resolve("etc/callscope/callscope.yaml").toString();
    Command.Result check = Command.run(List.of(program, "-config", config, "-check"));
    assertThat(check.code()).as(check.output()).isZero();
  }

  @Test
  void theUnitsAndTheUserOfTheServiceAreInPlace() {
    for (String file :
        List.of(
            "lib/systemd/system/callscope.service",
            "lib/systemd/system/callscope@.service",
            "lib/systemd/system/callscope@capture.service.d/interfaces.conf",
            "usr/lib/sysusers.d/callscope.conf",
            "usr/share/doc/callscope/operations.md",
            "usr/share/doc/callscope/all-options.yaml")) {
      assertThat(root.resolve(file)).as(file).isRegularFile();
    }
  }
}
