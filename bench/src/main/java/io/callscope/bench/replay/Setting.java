package io.callscope.bench.replay;

import java.util.List;

/**
 * What is replayed and how.
 *
 * @param name as it stands in the table
 * @param times how many times the number of dialogs asked for
 * @param generator options of the generator beyond the number of dialogs; null for the demo capture
 * @param program options of the program beyond the capture
 */
record Setting(String name, int times, List<String> generator, List<String> program) {
  /** A port of its own for the pages, so that nothing else on the machine is in the way. */
  private static final String WEB = "-http_addr 127.0.0.1 -http_port {port} ";

  private static final int WARM_LOOPS = 25;

  static final List<Setting> ALL =
      List.of(
          of("udp", "", WEB),
          of("udp6", "--ip 6", WEB),
          of("tcp", "--transport tcp", WEB),
          of("vxlan", "--vxlan 4789", WEB + "-vxlan_ports 4789"),
          of("fragments", "--mtu 600", WEB),
          of("partitions2", "", WEB + "-partitions 2"),
          of("partitions4", "", WEB + "-partitions 4"),
          of("ring0", "", WEB + "-trace_mem 0"),
          of("web0", "", ""),
          of("dump", "", WEB + "-pcap_dump_on -pcap_dump_dir {dump} -pcap_dump_subdirs 256"),
          new Setting("tenfold", 10, List.of(), words(WEB)),
          of("warm", "", WEB + "-pcap_loop " + WARM_LOOPS),
          new Setting("small", 1, null, List.of()));

  private static Setting of(String name, String generator, String program) {
    return new Setting(name, 1, words(generator), words(program));
  }

  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
  }

  boolean isDemo() {
    return generator == null;
  }

  /** Settings with the same generator options share a capture. */
  String captureName(int dialogs) {
    String options = String.join("", generator).replace("--", "-").replace(" ", "");
    return "replay-" + dialogs * times + options + ".pcap";
  }
}
