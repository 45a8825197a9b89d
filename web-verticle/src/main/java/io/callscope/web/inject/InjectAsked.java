package io.callscope.web.inject;

import io.callscope.net.Ends;
import io.callscope.net.IpAddress;
import io.callscope.web.http.Params;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The form of messages as it was sent.
 *
 * @param messages taken apart and with CR LF at their line ends; none if something was wrong
 */
record InjectAsked(
    String format,
    String protocol,
    boolean verbose,
    String text,
    String source,
    long sourcePort,
    String destination,
    long destinationPort,
    List<byte[]> messages) {
  static final List<String> PROTOCOLS = List.of("udp", "tcp", "tls", "ws", "wss");
  private static final String DEFAULT_FORMAT = "auto";
  private static final int MOST_MESSAGES = 1000;
  private static final int MOST_PORT = 65_535;
  private static final long DEFAULT_PORT = 5060;
  private static final String DEFAULT_ADDRESS = "127.0.0.1";

  /** The empty form. */
  static final InjectAsked NOTHING =
      new InjectAsked(
          "auto",
          "udp",
          false,
          "",
          DEFAULT_ADDRESS,
          DEFAULT_PORT,
          DEFAULT_ADDRESS,
          DEFAULT_PORT,
          List.of());

  /** Reads the parameters; what is wrong goes to their errors. */
  static InjectAsked read(Params params) {
    String source = address(params, "src");
    String destination = address(params, "dst");
    if (source.contains(":") != destination.contains(":")) {
      params.error("parameters src and dst: must be of one IP version");
    }
    String protocol = params.first("proto").toLowerCase(Locale.ROOT);
    if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol)) {
      params.error("proto", protocol, "is not one of " + String.join(", ", PROTOCOLS));
    }
    String text = params.first("sipmsg");
    String asked = params.first("crlfformat");
    String format = asked.isEmpty() ? DEFAULT_FORMAT : asked;
    List<byte[]> messages = messages(params, format, text);
    return new InjectAsked(
        format.toLowerCase(Locale.ROOT),
        protocol.isEmpty() ? "udp" : protocol,
        params.word("verbose"),
        text,
        source,
        params.number("sport", DEFAULT_PORT, MOST_PORT),
        destination,
        params.number("dport", DEFAULT_PORT, MOST_PORT),
        messages);
  }

  private static String address(Params params, String name) {
    String text = params.first(name);
    if (text.isEmpty()) {
      return DEFAULT_ADDRESS;
    }
    if (IpAddress.parse(text) == null) {
      params.error(name, text, "must be an IP address such as 192.0.2.7 or 2001:db8::7");
      return DEFAULT_ADDRESS;
    }
    return text;
  }

  private static List<byte[]> messages(Params params, String name, String text) {
    InjectFormat format = InjectFormat.named(name);
    if (format == null) {
      params.error(
          "crlfformat",
          name,
          "is not one of "
              + String.join(
                  ", ", InjectFormat.offered().stream().map(InjectFormat::parameter).toList()));
      return List.of();
    }
    if (text.isBlank()) {
      params.error("parameter sipmsg: there is no message");
      return List.of();
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InjectFormat found = format == InjectFormat.AUTO ? InjectFormat.detect(bytes) : format;
    if (found == null) {
      params.error(
          "parameter sipmsg: cannot tell the line ends; give a longer, valid message or choose a "
              + "format");
      return List.of();
    }
    List<byte[]> messages = MessageSplitter.split(found.convert(bytes));
    if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
      params.error(
          "parameter sipmsg: there must be 1 to "
              + MOST_MESSAGES
              + " messages, not "
              + messages.size());
    }
    return messages;
  }

  String ends() {
    return protocol
        + " "
        + Ends.of(source, (int) sourcePort)
        + " -> "
        + Ends.of(destination, (int) destinationPort);
  }

  /** As the service takes it. */
  JsonObject request() {
    JsonArray list = new JsonArray();
    for (byte[] message : messages) {
      list.add(new JsonObject().put("base64", Base64.getEncoder().encodeToString(message)));
    }
    return new JsonObject()
        .put("protocol", protocol)
        .put("source", source)
        .put("sourcePort", sourcePort)
        .put("destination", destination)
        .put("destinationPort", destinationPort)
        .put("messages", list);
  }
}
