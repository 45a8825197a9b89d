package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.web.security.PasswordHash;
import io.callscope.web.security.User;
import io.callscope.web.security.UserFile;
import io.callscope.web.security.UserRole;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of a program that listens to the event bus, against the program as a user runs it.
 */
class BridgeProgramTest {
  private static final String PASSWORD = "öpen sesame";
  private static final Path SCRIPT = Path.of("examples", "python", "subscribe.py");

  @TempDir Path folder;
  private Program program;
  private Process script;
  private int port;

  @BeforeEach
  void start() throws Exception {
    Namespace.needs("python3");
    Path users = folder.resolve("users");
    User ann = new User("ann", UserRole.OPERATOR, PasswordHash.of(PASSWORD, 10_000));
    Files.writeString(users, UserFile.with("", ann));
    port = Program.freePort();
    program = new Program(folder);
    program.start(
        "-pcap",
        Program.DEMO.toString(),
        "-http_port",
        "" + port,
        "-http_users",
        users.toString(),
        "-bus_bridge",
        // Slowly enough that there are events to come.
        "-replay",
        "-replay_scale",
        "0.2");
    program.awaitPages(port);
  }

  @AfterEach
  void stop() {
    if (script != null) {
      script.destroyForcibly();
    }
    program.close();
  }

  private void subscribe(String password, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
    command.addAll(List.of("ws://127.0.0.1:" + port, "--user", "ann"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("script.out").toFile())
            .redirectError(folder.resolve("script.err").toFile());
    builder.environment().put("CALLSCOPE_PASSWORD", password);
    script = builder.start();
  }

  private String said(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }

  private int end() throws Exception {
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).as("ends: " + said("script.err")).isTrue();
    return script.exitValue();
  }

  @Test
  void eventsAndCountersComeAsLinesOfJson() throws Exception {
    subscribe(PASSWORD, "call-start", "reg-new", "--count", "1");
    assertThat(end()).as(said("script.err")).isZero();
    assertThat(said("script.err")).contains("listening to callscope.event.call-start\n");
    assertThat(new JsonObject(said("script.out")).getString("type")).isIn("call-start", "reg-new");

    subscribe(PASSWORD, "counters", "--count", "2");
    assertThat(end()).as(said("script.err")).isZero();
    assertThat(said("script.out").lines()).hasSize(2).allMatch(line -> line.contains("\"groups\""));
  }

  @Test
  void withoutAPasswordItIsTurnedAway() throws Exception {
    subscribe("wrong", "counters");
    assertThat(end()).isEqualTo(1);
    assertThat(said("script.err")).contains("refused: HTTP/1.1 401");
  }
}
