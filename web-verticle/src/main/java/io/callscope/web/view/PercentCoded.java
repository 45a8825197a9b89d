package io.callscope.web.view;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded text of a path (RFC 3986 §2.1), where a plus is a plus. */
public final class PercentCoded {
  private PercentCoded() {}

  /** The text, or null if an escape is broken or the bytes are not UTF-8. */
  public static String decode(String coded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(coded.length());
    for (int i = 0; i < coded.length(); i++) {
      char c = coded.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < coded.length() ? Character.digit(coded.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(coded.charAt(i + 2), 16);
      if (low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
