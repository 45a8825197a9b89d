package io.callscope.capture.inject;

import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.query.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What somebody wants injected, checked.
 *
 * @param messages the bytes of each, at most {@value #MOST_MESSAGES}
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record InjectRequest(
    Transport transport,
    byte[] source,
    int sourcePort,
    byte[] destination,
    int destinationPort,
    List<byte[]> messages) {
  /** Messages in one request. */
  static final int MOST_MESSAGES = 1000;

  /** Bytes of one message: more fits into no datagram. */
  static final int MOST_BYTES = 65_535;

  private static final int MOST_PORT = 65_535;
  private static final List<Transport> TRANSPORTS =
      List.of(Transport.UDP, Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS);

  /**
   * Reads the fields of {@code docs/bus.md}.
   *
   * @throws IllegalArgumentException if one is wrong; the message names it
   */
  static InjectRequest read(Map<String, Object> asked) {
    Fields fields = new Fields(asked);
    byte[] source = address(fields, "source");
    byte[] destination = address(fields, "destination");
    if (source.length != destination.length) {
      throw new IllegalArgumentException("source and destination are not of one IP version");
    }
    return new InjectRequest(
        transport(fields.text("protocol", "udp")),
        source,
        (int) fields.number("sourcePort", 5060, MOST_PORT),
        destination,
        (int) fields.number("destinationPort", 5060, MOST_PORT),
        messages(fields));
  }

  private static Transport transport(String name) {
    for (Transport transport : TRANSPORTS) {
      if (transport.text().equals(name)) {
        return transport;
      }
    }
    throw new IllegalArgumentException("no such protocol: " + name);
  }

  private static byte[] address(Fields fields, String name) {
    String text = fields.text(name, "127.0.0.1");
    byte[] address = IpAddress.parse(text);
    if (address == null) {
      throw new IllegalArgumentException(name + " is no IP address: " + text);
    }
    return address;
  }

  /** Each is a text, or an object with {@code base64} where it is none. */
  private static List<byte[]> messages(Fields fields) {
    List<byte[]> messages = new ArrayList<>();
    for (Object message : fields.list("messages")) {
      byte[] bytes =
          message instanceof Map<?, ?> map
              ? Base64.getDecoder().decode(new Fields(map).text("base64"))
              : String.valueOf(message).getBytes(StandardCharsets.UTF_8);
      if (bytes.length == 0 || bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "a message must have 1 to " + MOST_BYTES + " bytes, not " + bytes.length);
      }
      messages.add(bytes);
    }
    if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
      throw new IllegalArgumentException(
          "there must be 1 to " + MOST_MESSAGES + " messages, not " + messages.size());
    }
    return messages;
  }
}
