package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What comes over the bus to be injected: a request within its bounds, or a reason. */
public final class InjectRequestFuzz {
  private InjectRequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, Object> asked;
    try {
      asked = new JsonObject(Buffer.buffer(input)).getMap();
    } catch (DecodeException e) {
      return;
    }
    try {
      InjectRequest request = InjectRequest.read(asked);
      assertThat(request.messages()).hasSizeBetween(1, InjectRequest.MOST_MESSAGES);
      request.messages().forEach(m -> assertThat(m.length).isBetween(1, InjectRequest.MOST_BYTES));
      assertThat(request.source()).hasSameSizeAs(request.destination());
      assertThat(request.sourcePort()).isBetween(0, 65_535);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  public static List<byte[]> seeds() {
    return Stream.of(
            "{\"messages\":[\"OPTIONS sip:a@b SIP/2.0\\r\\n\\r\\n\"]}",
            "{\"protocol\":\"tcp\",\"source\":\"::1\",\"sourcePort\":1,\"destination\":\"2001:db8::2\","
                + "\"destinationPort\":65535,\"messages\":[{\"base64\":\"U0lQ\"},\"x\",5]}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
