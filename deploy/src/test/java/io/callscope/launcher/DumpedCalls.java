package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that dumps calls: its files, and what it has counted of them. */
final class DumpedCalls implements AutoCloseable {
  final Program program;

  /** Where the files are; not there before the program makes it. */
  final Path directory;

  /**
   * @param folder takes what it dumps and prints
   */
  DumpedCalls(Path folder) {
    program = new Program(folder);
    directory = folder.resolve("calls");
  }

  void start(String... options) throws IOException {
    program.start(dumping(options));
  }

  int run(String... options) throws Exception {
    return program.run(dumping(options));
  }

  private String[] dumping(String... options) {
    Stream<String> dump = Stream.of("-pcap_dump_on", "-pcap_dump_dir", directory.toString());
    return Stream.concat(Stream.of(options), dump).toArray(String[]::new);
  }

  @Override
  public void close() {
    program.close();
  }

  /** By its report. */
  long counted(String counter) throws IOException {
    Matcher matcher =
        Pattern.compile("(?m)^pcap_dump\\." + counter + " +: +(\\d+)").matcher(program.out());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** By its pages; 0 while these are not there yet. */
  long counter(int port, String name) throws Exception {
    String text;
    try {
      text = program.get(port, "/counters?group=pcap_dump&nz=1", "text/plain").body();
    } catch (ConnectException e) {
      return 0; // not there yet
    }
    Matcher matcher = Pattern.compile("pcap_dump\\." + name + " *: *(\\d+)").matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Whole records of all files. */
  long records() throws IOException {
    long records = 0;
    for (Path file : UdpMessages.files(directory)) {
      records += UdpMessages.of(file).size();
    }
    return records;
  }

  /** After the end: every message is in a file, or dropped by a reason; none half. */
  void assertAccounts() throws IOException {
    assertThat(counted("offered_msgs"))
        .isEqualTo(counted("written_msgs") + counted("dropped_write") + counted("dropped_queue"));
    assertThat(records()).as("none half, none uncounted").isEqualTo(counted("written_msgs"));
  }
}
