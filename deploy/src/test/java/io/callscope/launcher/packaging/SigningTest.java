package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built is signed with a key that is made for this test, and checked as users would. */
class SigningTest {
  private static final String KEY = "release@example.com";

  @TempDir Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void makeKey() throws Exception {
    Command.needs("gpg");
    Command.needs("sha256sum");
    Path home = Files.createDirectory(folder.resolve("gnupg"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    environment = Map.of("GNUPGHOME", home.toString());
    String made =
        "--batch --quiet --passphrase  --quick-generate-key " + KEY + " ed25519 sign never";
    assertGood(gpg(made.split(" ", -1)));
  }

  @AfterEach
  void endAgent() throws Exception {
    Command.run(List.of("gpgconf", "--kill", "all"), environment);
  }

  private Command.Result gpg(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("gpg"));
    command.addAll(List.of(arguments));
    return Command.run(command, environment);
  }

  private static void assertGood(Command.Result result) {
    assertThat(result.code()).as(result.output()).isZero();
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private Command.Result sign(String key, Path... files) throws Exception {
    List<String> command = new ArrayList<>(List.of("../bin/sign", key));
    List.of(files).forEach(file -> command.add(file.toString()));
    return Command.run(command, environment);
  }

  @Test
  void eachFileAndTheListOfSumsAreSigned() throws Exception {
    Path jar = file("callscope.jar", "a program");
    assertGood(sign(KEY, jar, file("callscope.deb", "a package")));
    assertGood(gpg("--verify", jar + ".asc", jar.toString()));
    assertGood(gpg("--verify", folder + "/SHA256SUMS.asc", folder + "/SHA256SUMS"));
    String check = "cd " + folder + " && sha256sum --check --strict SHA256SUMS";
    assertGood(Command.run(List.of("sh", "-c", check)));

    Files.writeString(jar, "another program");
    assertThat(gpg("--verify", jar + ".asc", jar.toString()).code()).isNotZero();
    assertThat(Command.run(List.of("sh", "-c", check)).code()).isNotZero();
  }

  @Test
  void withoutTheKeyNothingIsSigned() throws Exception {
    Path jar = file("callscope.jar", "a program");
    assertThat(sign("nobody@example.com", jar).code()).isNotZero();
    assertThat(Path.of(jar + ".asc")).doesNotExist();
  }
}
