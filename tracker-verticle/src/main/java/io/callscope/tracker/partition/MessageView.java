package io.callscope.tracker.partition;

import io.callscope.bus.EventTime;
import io.callscope.bus.RecordKind;
import io.callscope.net.IpAddress;
import io.callscope.tracker.ring.RingMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message of the ring under the names of {@code docs/bus.md}. */
final class MessageView {
  private MessageView() {}

  static Map<String, Object> of(RingMessage message) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("time", EventTime.text(message.captureNanos()));
    view.put("arrival", EventTime.text(message.arrivalNanos()));
    view.put("transport", message.transport().text());
    view.put("source", IpAddress.text(message.sourceHigh(), message.sourceLow()));
    view.put("sourcePort", message.sourcePort());
    view.put("destination", IpAddress.text(message.destinationHigh(), message.destinationLow()));
    view.put("destinationPort", message.destinationPort());
    view.put("parsed", message.kind() == RecordKind.MESSAGE);
    if (message.truncated()) {
      view.put("truncated", true);
    }
    view.put("text", new String(message.bytes(), StandardCharsets.UTF_8));
    if (!isText(message.bytes())) {
      view.put("base64", Base64.getEncoder().encodeToString(message.bytes()));
    }
    return view;
  }

  /** The text says all that the bytes do. */
  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
