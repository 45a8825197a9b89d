package io.callscope.launcher;

import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SIP messages of captures over UDP, each as one line: read here byte by byte, on purpose. */
final class UdpMessages {
  private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i)[ \t]*:[ \t]*(\\S+)");

  private UdpMessages() {}

  /**
   * @param line time, addresses, ports and all bytes of its payload
   */
  record Seen(String callId, String line) {}

  static List<Seen> of(Path capture) throws IOException {
    List<Seen> messages = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(capture.toString())) {
      while (reader.next()) {
        int at = reader.offset();
        byte[] frame = Arrays.copyOfRange(reader.buffer(), at, at + reader.capturedLength());
        int ip = 14;
        boolean ipv4 = frame[12] == 8 && frame[13] == 0;
        int udp = ip + (ipv4 ? 20 : 40);
        int protocol = frame[ip + (ipv4 ? 9 : 6)];
        if (protocol == 17) {
          messages.add(message(reader.captureNanos(), frame, ipv4 ? 26 : 22, udp));
        }
      }
    }
    return messages;
  }

  private static Seen message(long nanos, byte[] frame, int addresses, int udp) {
    int length = (frame[udp + 4] & 0xff) << 8 | (frame[udp + 5] & 0xff);
    String payload = new String(frame, udp + 8, length - 8, StandardCharsets.ISO_8859_1);
    Matcher callId = CALL_ID.matcher(payload);
    String ends = HexFormat.of().formatHex(frame, addresses, udp + 4);
    return new Seen(callId.find() ? callId.group(1) : "", nanos + " " + ends + " " + payload);
  }

  /** All files below a directory. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
