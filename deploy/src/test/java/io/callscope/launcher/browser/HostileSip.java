package io.callscope.launcher.browser;

import io.callscope.pcap.PcapWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A capture in which each header of a call and of a registration has something hostile once. */
final class HostileSip {
  /** What is put into headers. */
  static final List<String> PAYLOADS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(2)>",
          "'-alert(3)-'",
          "</pre></main><svg onload=alert(4)>",
          "javascript:alert(5)",
          "{{7*7}}{{#each this}}{{/each}}{{{x}}}",
          "<!--<iframe srcdoc='<script>alert(6)</script>'>",
          "&lt;script&gt;alert(7)&#60;/script&#62;",
          "\u202egpj.exe\u2066\u2069\u200f",
          "\u001b[31m\u0007\u0000\u007f\u009b",
          "<a href=javascript:alert(8)>x</a><style>*{display:none}</style>",
          "data: x\\n\\nevent: y",
          "x".repeat(6000) + "<b onclick=alert(9)>");

  private static final int LINK_RAW_IP = 101;
  private static final long START_NANOS = 1_790_000_000_000_000_000L;
  private static final int CLIENT = 0xc0000201;
  private static final int SERVER = 0xc0000202;

  /** Headers of all messages, in their order; the value of one of them is replaced. */
  private static Map<String, String> headers(String callId, String method, boolean reply) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1");
    headers.put("From", "<sip:alice@example.com>;tag=f1");
    headers.put("To", "<sip:bob@example.net>" + (reply ? ";tag=t1" : ""));
    headers.put("Call-ID", callId);
    headers.put("CSeq", "1 " + method);
    headers.put("Contact", "<sip:alice@192.0.2.1>");
    headers.put(reply ? "Server" : "User-Agent", "phone 1");
    headers.put("P-Asserted-Identity", "<sip:alice@example.com>");
    headers.put("Reason", "Q.850;cause=16");
    headers.put("X-Other", "y");
    return headers;
  }

  private final ByteBuffer packet = ByteBuffer.allocate(32_768);
  private final PcapWriter writer;
  private long nanos = START_NANOS;
  private int number;

  private HostileSip(PcapWriter writer) {
    this.writer = writer;
  }

  static void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        PcapWriter writer = PcapWriter.start(out, LINK_RAW_IP, true)) {
      HostileSip traffic = new HostileSip(writer);
      for (String payload : PAYLOADS) {
        for (String field : fields()) {
          traffic.transaction("INVITE", 486, field, payload);
          traffic.transaction("INVITE", 200, field, payload);
          traffic.transaction("REGISTER", 200, field, payload);
        }
        traffic.junk(payload);
      }
    }
  }

  private static List<String> fields() {
    List<String> fields = new ArrayList<>(headers("", "", false).keySet());
    fields.addAll(List.of("Server", "method", "uri", "status", "display", "param", "tag", "body"));
    return fields;
  }

  private void transaction(String method, int status, String field, String payload)
      throws IOException {
    String callId = "c" + number++ + "@h";
    send(CLIENT, SERVER, message(method, 0, callId, field, payload));
    send(SERVER, CLIENT, message(method, status, callId, field, payload));
  }

  private void junk(String payload) throws IOException {
    send(CLIENT, SERVER, "INVITE " + payload + "\r\n" + payload + "\r\n\r\n");
    send(CLIENT, SERVER, payload + " ".repeat(20));
  }

  /** An INVITE as somebody may type it. */
  static String typed(String payload) {
    return message("INVITE", 0, "typed" + payload.hashCode(), "display", payload)
        .replace("\r\n", "\n");
  }

  private static String message(
      String method, int status, String callId, String field, String payload) {
    boolean reply = status != 0;
    Map<String, String> headers = headers(callId, method, reply);
    if (headers.containsKey(field)) {
      headers.merge(
          field,
          payload,
          (value, more) ->
              field.equals("Call-ID") ? more + value : field.equals("CSeq") ? value : more);
    }
    switch (field) {
      case "display" ->
          headers.put("From", "\"" + payload.replace("\"", "'") + "\" " + headers.get("From"));
      case "param" ->
          headers.put("From", "<sip:" + payload.replace(">", "") + "@example.com>;tag=f1");
      case "tag" -> headers.put("From", "<sip:a@example.com>;tag=" + payload);
      case "Contact" -> headers.put("Contact", "<sip:" + payload.replace(">", "") + "@192.0.2.1>");
      default -> {}
    }
    StringBuilder text = new StringBuilder();
    if (reply) {
      text.append("SIP/2.0 ").append(status).append(' ');
      text.append(field.equals("status") ? payload : "Why");
    } else {
      text.append(field.equals("method") ? payload.replace(" ", "") : method).append(" sip:");
      text.append(field.equals("uri") ? payload.replace(" ", "") : "bob").append("@h SIP/2.0");
    }
    headers.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
    String body = field.equals("body") ? payload : "";
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return text.append("\r\nContent-Length: " + length + "\r\n\r\n").append(body).toString();
  }

  private void send(int source, int destination, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    packet.clear();
    packet.putShort((short) 0x4500).putShort((short) (28 + payload.length));
    packet.putInt(0).putShort((short) 0x4011).putShort((short) 0);
    packet.putInt(source).putInt(destination).putShort((short) 5060).putShort((short) 5060);
    packet.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
    nanos += 1_000_000;
    writer.write(nanos, packet.array(), 0, packet.position());
  }
}
