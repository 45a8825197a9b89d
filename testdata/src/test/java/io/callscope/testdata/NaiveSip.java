package io.callscope.testdata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One SIP message as text, taken apart in the plainest way. */
record NaiveSip(String text) {
  static NaiveSip of(byte[] bytes) {
    return new NaiveSip(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** The messages of a stream, by their Content-Length; null if it does not end with one. */
  static List<NaiveSip> split(byte[] stream) {
    String rest = new String(stream, StandardCharsets.ISO_8859_1);
    List<NaiveSip> messages = new ArrayList<>();
    while (true) {
      rest = rest.replaceFirst("^[\r\n]+", "");
      if (rest.isEmpty()) {
        return messages;
      }
      int body = rest.indexOf("\r\n\r\n") + 4;
      if (body < 4 || new NaiveSip(rest).header("Content-Length") == null) {
        return null;
      }
      int end = body + Integer.parseInt(new NaiveSip(rest).header("Content-Length"));
      if (end > rest.length()) {
        return null;
      }
      messages.add(new NaiveSip(rest.substring(0, end)));
      rest = rest.substring(end);
    }
  }

  String startLine() {
    return text.substring(0, text.indexOf("\r\n"));
  }

  boolean isReply() {
    return text.startsWith("SIP/2.0 ");
  }

  /** Status code of a reply, 0 of a request. */
  int status() {
    return isReply() ? Integer.parseInt(text.substring(8, 11)) : 0;
  }

  /** Method of the first line or, of a reply, of the CSeq. */
  String method() {
    return isReply() ? header("CSeq").split(" ", -1)[1] : text.substring(0, text.indexOf(' '));
  }

  /** The method of a request, the status of a reply. */
  String what() {
    return isReply() ? Integer.toString(status()) : method();
  }

  /** Value of the first header of a name, also in its compact form; null without one. */
  String header(String name) {
    String value = exactly(name);
    if (value == null && name.equals("Content-Length")) {
      return exactly("l");
    }
    return value == null && name.equals("Call-ID") ? exactly("i") : value;
  }

  private String exactly(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    String head = text.substring(0, text.indexOf("\r\n\r\n"));
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
        return line.substring(start.length()).trim();
      }
    }
    return null;
  }

  String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }
}
