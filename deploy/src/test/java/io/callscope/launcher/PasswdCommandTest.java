package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.web.security.UserFile;
import io.callscope.web.security.UserRole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswdCommandTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private PasswdCommand.Password password = PasswdCommand.Password.of("night-shift-7");
  private Path file;

  @TempDir Path folder;

  @BeforeEach
  void name() {
    file = folder.resolve("users");
  }

  private int run(String... arguments) {
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new PasswdCommand(name -> password, both, both).run(List.of(arguments));
  }

  private UserFile.Read users() throws IOException {
    return UserFile.read(Files.readString(file));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void itMakesTheFileForItsOwnerAlone() throws Exception {
    assertThat(run(file.toString(), "ann", "operator")).isZero();
    assertThat(users().users().get("ann").role()).isEqualTo(UserRole.OPERATOR);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(password.text());
    assertThat(said())
        .doesNotContain(password.text())
        .isEqualTo("user ann (operator) added to " + file + "\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aNewPasswordKeepsTheRoleAndAllElse() throws Exception {
    run(file.toString(), "ann", "operator");
    Files.writeString(file, "# the night shift\n" + Files.readString(file));
    String before = Files.readString(file);
    assertThat(run(file.toString(), "bob")).isZero();
    assertThat(run(file.toString(), "ann")).isZero();
    assertThat(users().users().get("ann").role()).isEqualTo(UserRole.OPERATOR);
    assertThat(users().users().get("bob").role()).isEqualTo(UserRole.VIEWER);
    assertThat(Files.readString(file)).startsWith("# the night shift\n").isNotEqualTo(before);
    assertThat(run(file.toString(), "ann", "viewer")).isZero();
    assertThat(users().users().get("ann").role()).isEqualTo(UserRole.VIEWER);
    assertThat(run(file.toString(), "ann", "delete")).isZero();
    assertThat(users().users()).containsOnlyKeys("bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FILE; FILE and USER must be given",
        "FILE a b c; usage:",
        "FILE a:b; the name may only have",
        "FILE ann boss; behind the user stands viewer, operator, delete or nothing, not \"boss\"",
        "FILE ann delete; there is no user ann",
      })
  void whatIsWrongIsTold(String arguments, String reason) {
    int code = run(arguments.replace("FILE", file.toString()).split(" ", -1));
    assertThat(code).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(said()).contains(reason);
    assertThat(file).doesNotExist();
  }

  @Test
  void aUserWhoIsThereAlreadyIsToldOf() {
    run(file.toString(), "ann");
    said.reset();
    run(file.toString(), "ann");
    assertThat(said()).contains("already: has the new password now, and is still viewer");
    said.reset();
    run(file.toString(), "ann", "operator");
    assertThat(said()).contains("already: ", "and is operator, no longer viewer");
  }

  @Test
  void aShortOrMissingPasswordChangesNothing() {
    password = PasswdCommand.Password.of("short");
    assertThat(run(file.toString(), "ann")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(said()).contains("8 to 1024 characters, this one has 5; nothing was changed");
    password = PasswdCommand.Password.none("none at all");
    assertThat(run(file.toString(), "ann")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(said()).contains("callscope passwd: none at all; nothing was changed");
    assertThat(file).doesNotExist();
  }

  @Test
  void aBrokenFileIsLeftAlone() throws Exception {
    Files.writeString(file, "ann:boss:x\n");
    assertThat(run(file.toString(), "bob")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(said()).contains("line 1: the role must be viewer or operator");
    assertThat(Files.readString(file)).isEqualTo("ann:boss:x\n");
    assertThat(run(folder.resolve("no/folder").toString(), "bob")).isEqualTo(ExitCode.RUN_ERROR);
    assertThat(said()).contains("there is no directory for the file");
    assertThat(run(folder.toString(), "bob")).isEqualTo(ExitCode.RUN_ERROR);
    assertThat(said()).contains(folder + ": ");
  }

  @Test
  void withoutATerminalTheFirstLineOfStandardInputIsThePassword() throws Exception {
    byte[] input = "päss word 1\nmore\n".getBytes(StandardCharsets.UTF_8);
    assertThat(new TerminalPassword(null, new ByteArrayInputStream(input)).read("ann"))
        .isEqualTo(PasswdCommand.Password.of("päss word 1"));
    PasswdCommand.Password none =
        new TerminalPassword(null, new ByteArrayInputStream(new byte[0])).read("ann");
    assertThat(none.wrong()).contains("no terminal", "standard input has no line");
  }

  @ParameterizedTest
  @CsvSource({
    "night-shift-7, night-shift-7, ''",
    "night-shift-7, night-shift-8, the two passwords differ",
    "night-shift-7, , no password was typed",
    ", , no password was typed",
  })
  void atATerminalItIsTypedTwice(String first, String second, String wrong) throws Exception {
    List<String> prompts = new ArrayList<>();
    Iterator<String> typed = Arrays.asList(first, second).iterator();
    TerminalPassword.Terminal terminal =
        prompt -> {
          prompts.add(prompt);
          String text = typed.next();
          return text == null ? null : text.toCharArray();
        };
    PasswdCommand.Password read =
        new TerminalPassword(terminal, InputStream.nullInputStream()).read("ann");
    assertThat(read.wrong()).isEqualTo(wrong);
    assertThat(read.text()).isEqualTo(wrong.isEmpty() ? first : "");
    assertThat(prompts.get(0)).isEqualTo("Password of ann: ");
  }
}
