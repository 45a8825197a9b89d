package io.callscope.web.inject;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes messages that stand one behind the other apart, and gives the last headers the empty line
 * that pasting often loses.
 */
final class MessageSplitter {
  private static final String END = "\r\n\r\n";
  private static final Pattern START =
      Pattern.compile(
          "\r\n\r\n(?:\r\n)*(?=(?:[A-Z]{2,16} \\S{1,2048} SIP/2\\.0|SIP/2\\.0 \\d{3} ?[^\r\n]{0,256})\r\n)");
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^(?:content-length|l)[ \t]*:[ \t]*(\\d{1,6})[ \t]*\r?$");

  private MessageSplitter() {}

  /**
   * The messages of a text with CR LF at its line ends; line ends before the first are left out.
   */
  static List<byte[]> split(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<byte[]> messages = new ArrayList<>();
    int at = skipLineEnds(text, 0);
    while (at < text.length()) {
      int end = end(text, at);
      messages.add(finished(text.substring(at, end)).getBytes(StandardCharsets.ISO_8859_1));
      at = skipLineEnds(text, end);
    }
    return messages;
  }

  private static int skipLineEnds(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
      at++;
    }
    return at;
  }

  /** Where the message ends that starts here: behind its body, or before the next start line. */
  private static int end(String text, int from) {
    int headersEnd = text.indexOf(END, from);
    if (headersEnd < 0) {
      return text.length();
    }
    int body = headersEnd + END.length();
    Matcher length = LENGTH.matcher(text).region(from, headersEnd + 2);
    if (length.find()) {
      long end = body + Long.parseLong(length.group(1));
      if (end <= text.length() && isStart(text, skipLineEnds(text, (int) end))) {
        return (int) end;
      }
    }
    Matcher start = START.matcher(text);
    return start.find(headersEnd) ? start.start() + END.length() : text.length();
  }

  private static boolean isStart(String text, int at) {
    return at == text.length()
        || START.matcher(END + text.substring(at, Math.min(text.length(), at + 4096))).lookingAt();
  }

  private static String finished(String message) {
    if (message.contains(END)) {
      return message;
    }
    return message + (message.endsWith("\r\n") ? "\r\n" : END);
  }
}
