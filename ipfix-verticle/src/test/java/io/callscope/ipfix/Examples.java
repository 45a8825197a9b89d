package io.callscope.ipfix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The worked examples of the feed, each a whole message, by their numbers. */
final class Examples {
  private static final Map<String, byte[]> ALL = read();

  private Examples() {}

  private static Map<String, byte[]> read() {
    Map<String, StringBuilder> hex = new LinkedHashMap<>();
    StringBuilder current = null;
    try (InputStream in = Examples.class.getResourceAsStream("/examples.hex")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
        if (line.startsWith("  ")) {
          current.append(line.strip());
        } else if (!line.startsWith("#") && !line.isBlank()) {
          current = new StringBuilder();
          hex.put(line.strip(), current);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> all = new LinkedHashMap<>();
    hex.forEach((name, digits) -> all.put(name, HexFormat.of().parseHex(digits)));
    return all;
  }

  static byte[] of(String name) {
    return ALL.get(name).clone();
  }

  /** Several in a row. */
  static byte[] stream(String... names) {
    byte[] all = {};
    for (String name : names) {
      byte[] one = of(name);
      int at = all.length;
      all = Arrays.copyOf(all, at + one.length);
      System.arraycopy(one, 0, all, at, one.length);
    }
    return all;
  }

  /** One message with the sets of several. */
  static byte[] joined(String... names) {
    byte[] all = Arrays.copyOf(of(names[0]), Framing.HEADER);
    for (String name : names) {
      byte[] one = of(name);
      int at = all.length;
      all = Arrays.copyOf(all, at + one.length - Framing.HEADER);
      System.arraycopy(one, Framing.HEADER, all, at, one.length - Framing.HEADER);
    }
    Octets.put16(all, Framing.LENGTH, all.length);
    return all;
  }

  /** A message of one set. */
  static byte[] message(int setId, byte[] content) {
    byte[] message = new byte[Framing.HEADER + Framing.SET_HEADER + content.length];
    Octets.put16(message, 0, 10);
    Octets.put16(message, Framing.LENGTH, message.length);
    Octets.put16(message, Framing.HEADER, setId);
    Octets.put16(message, Framing.HEADER + 2, Framing.SET_HEADER + content.length);
    System.arraycopy(content, 0, message, Framing.HEADER + Framing.SET_HEADER, content.length);
    return message;
  }

  /** The content of the one set of an example. */
  static byte[] content(String name) {
    byte[] message = of(name);
    return Arrays.copyOfRange(message, Framing.HEADER + Framing.SET_HEADER, message.length);
  }
}
