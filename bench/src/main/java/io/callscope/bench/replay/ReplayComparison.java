package io.callscope.bench.replay;

import io.callscope.testdata.Generate;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replays generated captures through the whole program, in several settings and beside any other
 * command, and prints a table of medians. The runs take turns, so that a slow minute of the machine
 * does not fall on one of them alone.
 */
public final class ReplayComparison {
  private static final String USAGE =
      """
      Usage: bench/replay [options]
        --calls N             dialogs of each capture; 100000
        --runs N              runs of each; 5
        --settings NAME,...   of udp, udp6, tcp, vxlan, fragments, partitions2, partitions4,
                              ring0, web0, dump, tenfold (ten times the dialogs), warm (the udp
                              capture 25 times), small (the demo capture); with the web service
                              but for web0 and small; udp,tcp,vxlan,fragments
        --also NAME=COMMAND   another command, with {} for the UDP capture; may be repeated
        --dir DIR             where captures are made and kept; the system's temporary folder
        --write FILE          puts the table into this page too
      """;

  private static final String DEMO = "testdata/captures/demo.pcap";

  private int calls = 100_000;
  private int runs = 5;
  private List<String> settings = List.of("udp", "tcp", "vxlan", "fragments");
  private final Map<String, String> others = new LinkedHashMap<>();
  private Path dir = Path.of(System.getProperty("java.io.tmpdir"));
  private Path page;

  private ReplayComparison() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ReplayComparison comparison = new ReplayComparison();
    if (!comparison.take(arguments)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    comparison.run();
  }

  private boolean take(String[] arguments) {
    if (arguments.length % 2 != 0) {
      return false;
    }
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        if (!take(arguments[i], arguments[i + 1])) {
          return false;
        }
      }
    } catch (NumberFormatException e) {
      return false;
    }
    return calls > 0 && runs > 0 && chosen().size() == settings.size();
  }

  private boolean take(String option, String value) {
    switch (option) {
      case "--calls" -> calls = Integer.parseInt(value);
      case "--runs" -> runs = Integer.parseInt(value);
      case "--settings" -> settings = List.of(value.split(","));
      case "--dir" -> dir = Path.of(value);
      case "--write" -> page = Path.of(value);
      case "--also" -> others.put(value.split("=", 2)[0], value.substring(value.indexOf('=') + 1));
      default -> {
        return false;
      }
    }
    return true;
  }

  private List<Setting> chosen() {
    return Setting.ALL.stream().filter(setting -> settings.contains(setting.name())).toList();
  }

  private void run() throws IOException, InterruptedException {
    Map<String, List<String>> commands = commands();
    Map<String, List<Run>> results = new LinkedHashMap<>();
    File output = Files.createTempFile(dir, "replay", ".out").toFile();
    Command.run(
        List.of("bin/callscope", "-pcap", DEMO), output); // builds what it keeps for a start
    Path dumps = Files.createTempDirectory(dir, "replay-dumps");
    for (int round = 0; round < runs; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        // What a run dumped must not be appended to. Nor may it be removed before the end: for
        // minutes ext4 walks over the inodes of removed files whenever it makes one.
        String dump = Files.createTempDirectory(dumps, "run").toString();
        List<String> words =
            command.getValue().stream()
                .map(w -> w.replace("{dump}", dump).replace("{port}", freePort()))
                .toList();
        Run run = Command.run(words, output);
        System.err.println(command.getKey() + " " + run);
        results.computeIfAbsent(command.getKey(), name -> new ArrayList<>()).add(run);
      }
    }
    remove(dumps);
    Files.delete(output.toPath());
    String table = Table.of(results);
    System.out.print(table);
    if (page != null) {
      Table.write(table, page);
    }
  }

  private Map<String, List<String>> commands() throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (Setting setting : chosen()) {
      List<String> words = new ArrayList<>(List.of("bin/callscope", "-pcap"));
      words.add(capture(setting).toString());
      words.addAll(setting.program());
      commands.put(setting.name(), words);
    }
    for (Map.Entry<String, String> other : others.entrySet()) {
      String file = capture(Setting.ALL.get(0)).toString();
      commands.put(
          other.getKey(),
          Setting.words(other.getValue()).stream().map(w -> w.replace("{}", file)).toList());
    }
    return commands;
  }

  private Path capture(Setting setting) throws IOException {
    if (setting.isDemo()) {
      return Path.of(DEMO);
    }
    Path file = dir.resolve(setting.captureName(calls));
    if (!Files.exists(file)) {
      List<String> arguments = new ArrayList<>(List.of(file.toString(), "--seed", "11", "--calls"));
      arguments.add(Integer.toString(calls * setting.times()));
      arguments.addAll(setting.generator());
      if (Generate.run(arguments.toArray(String[]::new), System.err, System.err) != 0) {
        throw new IOException("the generator failed");
      }
    }
    return file;
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
