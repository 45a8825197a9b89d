package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile and the script that makes an image without Docker. */
class ImageFilesTest {
  private static final Set<String> INSTRUCTIONS =
      Set.of("FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "STOPSIGNAL", "ENTRYPOINT", "CMD");
  private static final Path ROOT = Deployment.FOLDER.resolve("..").normalize();

  private static List<String> dockerfile() {
    String joined =
        Deployment.text(Deployment.FOLDER.resolve("Dockerfile")).replaceAll("\\\\\n", " ");
    return joined.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  @Test
  void theDockerfileHoldsKnownInstructionsAndEndsAsItsOwnUser() {
    List<String> lines = dockerfile();
    assertThat(lines).extracting(line -> line.split(" ", 2)[0]).isSubsetOf(INSTRUCTIONS);
    int user = lines.indexOf("USER 10001:10001");
    assertThat(user).isGreaterThan(lines.lastIndexOf("RUN")).isPositive();
    assertThat(lines.subList(user, lines.size())).noneMatch(line -> line.startsWith("RUN"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("FROM"))
        .allMatch(line -> line.matches("FROM \\S+:\\S*\\d\\S*( AS \\w+)?"), "names a version");
  }

  @Test
  void whatTheDockerfileCopiesFromTheSourceIsThere() {
    for (String line : dockerfile()) {
      if (line.startsWith("COPY") && !line.contains("--from=")) {
        assertThat(ROOT.resolve(line.split(" ", -1)[1])).exists();
      }
    }
  }

  @Test
  void bothImagesTellJavaTheSameAsTheStartScriptDoes() {
    List<String> image =
        Deployment.text(Deployment.FOLDER.resolve("image/java.options"))
            .lines()
            .filter(line -> line.startsWith("-"))
            .toList();
    String script = Deployment.text(ROOT.resolve("bin/callscope"));
    List<String> told = new ArrayList<>();
    Matcher live =
        Pattern.compile("gc\\+?=\\((-XX:[^)]+G1ExpandBy[^)]*|-XX:[^)]*GCTimeRatio[^)]*)\\)")
            .matcher(script);
    while (live.find()) {
      told.addAll(List.of(live.group(1).split("\\s+")));
    }
    Matcher option =
        Pattern.compile("^ *(-[-X][^\" \n]+)$|options\\+=\\((-[^\")]+)\\)", Pattern.MULTILINE)
            .matcher(script);
    while (option.find()) {
      told.add(option.group(1) == null ? option.group(2) : option.group(1));
    }
    told.removeIf(text -> text.contains("SharedArchive"));
    // The script says it together with the path.
    told.addAll(
        List.of(
            "-XX:+HeapDumpOnOutOfMemoryError",
            "-XX:HeapDumpPath=/var/lib/callscope/callscope-heap.hprof"));
    assertThat(image).containsExactlyInAnyOrderElementsOf(told);
  }

  @Test
  void theScriptsAreOnesThatTheShellCanRead() throws Exception {
    for (String script :
        List.of(
            "deploy/image/build",
            "deploy/debian/postinst",
            "deploy/debian/prerm",
            "deploy/debian/postrm")) {
      Path file = ROOT.resolve(script);
      assertThat(Files.isExecutable(file)).as(script).isTrue();
      String shell = Deployment.text(file).startsWith("#!/bin/sh") ? "sh" : "bash";
      assertThat(Command.run(List.of(shell, "-n", file.toString())).output()).as(script).isEmpty();
    }
  }
}
