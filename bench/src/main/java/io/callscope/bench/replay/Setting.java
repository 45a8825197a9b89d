package io.callscope.bench.replay;

import java.util.List;

/**
 * What is replayed and how.
 *
 * @param name as it stands in the table
 * @param generator options of the generator beyond the number of dialogs
 * @param program options of the program beyond the capture
 */
record Setting(String name, List<String> generator, List<String> program) {
  static final List<Setting> ALL =
      List.of(
          of("udp", "", ""),
          of("udp6", "--ip 6", ""),
          of("tcp", "--transport tcp", ""),
          of("vxlan", "--vxlan 4789", "-vxlan_ports 4789"),
          of("fragments", "--mtu 600", ""),
          of("partitions2", "", "-partitions 2"),
          of("partitions4", "", "-partitions 4"),
          of("ring0", "", "-trace_mem 0"),
          of("web0", "", "-http_port 0"),
          of("dump", "", "-pcap_dump_on -pcap_dump_dir {dump} -pcap_dump_subdirs 256"));

  private static Setting of(String name, String generator, String program) {
    return new Setting(name, words(generator), words(program));
  }

  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
  }

  /** Settings with the same generator options share a capture. */
  String captureName(int dialogs) {
    String options = String.join("", generator).replace("--", "-").replace(" ", "");
    return "replay-" + dialogs + options + ".pcap";
  }
}
