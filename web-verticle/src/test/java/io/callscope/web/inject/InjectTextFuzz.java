package io.callscope.web.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Pasted messages in every format: taken apart without loss, each with an end of its headers. */
public final class InjectTextFuzz {
  private InjectTextFuzz() {}

  /** A byte that chooses the format, then the text. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] text = Arrays.copyOfRange(input, 1, input.length);
    InjectFormat[] formats = InjectFormat.values();
    InjectFormat asked = formats[(input[0] & 0xff) % formats.length];
    InjectFormat format = asked == InjectFormat.AUTO ? InjectFormat.detect(text) : asked;
    if (format == null) {
      return;
    }
    byte[] converted = format.convert(text);
    assertThat(converted.length).isLessThanOrEqualTo(2 * text.length + 2);
    List<byte[]> messages = MessageSplitter.split(converted);
    StringBuilder all = new StringBuilder();
    for (byte[] message : messages) {
      String one = new String(message, StandardCharsets.ISO_8859_1);
      assertThat(one).contains("\r\n\r\n").doesNotStartWith("\n").doesNotStartWith("\r");
      all.append(one);
    }
    // Only line ends between messages are left out or added.
    assertThat(withoutLineEnds(all.toString()))
        .isEqualTo(withoutLineEnds(new String(converted, StandardCharsets.ISO_8859_1)));
  }

  private static String withoutLineEnds(String text) {
    return text.replace("\r", "").replace("\n", "");
  }

  public static List<byte[]> seeds() {
    String message =
        "INVITE sip:b@c SIP/2.0\nVia: x\nFrom: a\nTo: b\nCall-ID: c\nCSeq: 1 INVITE\n"
            + "Content-Length: 4\n\nbody";
    String reply = "SIP/2.0 200 OK\nVia: x\nl: 0\n\n";
    String two = message + reply;
    return Stream.of(
            two,
            two.replace("\n", "\r\n"),
            two.replace("\n", ".\n"),
            two.replace("\n", ".\r"),
            two.replace("\n", ".\r\n"),
            two.replace("\n", "\\r\\n"),
            two.replace("\n", "\\n"),
            "\\x41\\t\\q" + message)
        .flatMap(text -> Stream.of("\0" + text, "\4" + text, "\5" + text, "\2" + text, "\6" + text))
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }
}
