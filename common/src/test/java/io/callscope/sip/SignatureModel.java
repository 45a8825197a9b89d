package io.callscope.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a signature once more, slow and plain, to check the real ones against. */
final class SignatureModel {
  private static final String SEPARATORS = "@.:-*/+=_|";
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?:(?:25[0-5]|2[0-4]\\d|[01]\\d\\d|\\d\\d|\\d)\\.){3}"
              + "(?:25[0-5]|2[0-4]\\d|[01]\\d\\d|\\d\\d|\\d)");
  private static final String TOKEN = "[A-Za-z0-9\\-_.!~*'()%\\[\\]/:+$?]";
  private static final String QUOTED =
      "\"(?:[^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[^\\x00-\\x08\\x0a-\\x1f\\x7f])*\"";
  private static final Pattern PARAM =
      Pattern.compile(
          "[; \\t]*+("
              + TOKEN
              + "++)[ \\t]*+(?:=[ \\t]*+("
              + QUOTED
              + "|"
              + TOKEN
              + "*+)[ \\t]*+)?(?=[;,]|\\z)");
  private static final Pattern NEXT = Pattern.compile("[; \\t]*+(?:\\z|,|" + TOKEN + ")");

  private SignatureModel() {}

  static String callId(String callId) {
    int[] address = ipv4(callId);
    if (address == null) {
      address = ipv6(callId);
    }
    if (address == null) {
      return flags(callId, "", false) + hex((callId.length() + 3) / 4);
    }
    String before = callId.substring(0, address[0]);
    String after = callId.substring(address[1]);
    int bit = before.isEmpty() ? 1 : after.isEmpty() ? 2 : 4;
    int attached = 0;
    if (!before.isEmpty() && SEPARATORS.indexOf(before.charAt(before.length() - 1)) >= 0) {
      attached++;
    }
    if (!after.isEmpty() && SEPARATORS.indexOf(after.charAt(0)) >= 0) {
      attached++;
    }
    int flags = Integer.parseInt(flags(before, after, true), 16) | bit;
    return String.format("%04x", flags)
        + hex((before.length() + after.length() - attached + 3) / 4);
  }

  static String text(String text) {
    return flags(text, "", false);
  }

  static String via(String via) {
    int at = via.indexOf(';');
    Matcher matcher = PARAM.matcher(via);
    while (at >= 0 && matcher.region(at, via.length()).lookingAt()) {
      at = matcher.end();
      if (matcher.group(1).equalsIgnoreCase("branch")) {
        String value = matcher.group(2);
        boolean good = NEXT.matcher(via).region(at, via.length()).lookingAt();
        return value == null || !good ? "0000" : text(value.replaceFirst("(?i)^z9hG4bK(?=.)", ""));
      }
    }
    return "0000";
  }

  private static String hex(int lengthClass) {
    return String.format("%02x", Math.min(lengthClass, 255));
  }

  /** Of a text, or of two with an address between them. */
  private static String flags(String before, String after, boolean address) {
    int flags = 0;
    for (char c : (before + after).toCharArray()) {
      int separator = SEPARATORS.indexOf(c);
      flags |= separator < 0 ? 0 : 8 << separator;
    }
    String left = address ? before.replaceFirst("[@.:\\-*/+=_|]\\z", "") : before;
    String right = address ? after.replaceFirst("\\A[@.:\\-*/+=_|]", "") : after;
    String all = left + right;
    String separators = all.replaceAll("[^@.:\\-*/+=_|]", "");
    String rest = all.replaceAll("[@.:\\-*/+=_|]", "");
    String first = separators.isEmpty() ? "" : separators.substring(0, 1);
    boolean hex = separators.replace(first.isEmpty() ? " " : first, "").isEmpty();
    hex &= rest.matches("[0-9a-fA-F]*");
    boolean base64 = rest.matches("[0-9a-zA-Z]*") && separators.matches("[+/=]*");
    // Padding stands at the very end, with nothing removed behind it.
    boolean padded = address && !after.equals(right) && right.isEmpty();
    String unpadded = (address && after.isEmpty()) || padded ? all : unpad(left, right);
    base64 &= unpadded.indexOf('=') < 0;
    int length = all.length() - count(separators, first);
    List<Integer> runs = runs(left);
    runs.addAll(runs(right));
    int longest = runs.stream().mapToInt(Integer::intValue).max().orElse(0);
    boolean mixed =
        !rest.equals(rest.toLowerCase(Locale.ROOT)) && !rest.equals(rest.toUpperCase(Locale.ROOT));
    if (length >= 8) {
      if (hex && !mixed && (first.isEmpty() || longest >= 8 || runs.size() >= 4)) {
        flags |= first.isEmpty() ? 0x2000 : 0xa000;
      } else if (base64 && length % 4 == 0) {
        flags |= 0x4000;
      }
    }
    return String.format("%04x", flags);
  }

  private static int count(String text, String separator) {
    return separator.isEmpty() ? 0 : text.length() - text.replace(separator, "").length();
  }

  private static String unpad(String left, String right) {
    return right.isEmpty()
        ? left.replaceFirst("={1,2}\\z", "")
        : left + right.replaceFirst("={1,2}\\z", "");
  }

  private static List<Integer> runs(String text) {
    List<Integer> runs = new ArrayList<>();
    for (String run : text.split("[@.:\\-*/+=_|]", -1)) {
      int digits = run.replaceAll("[^0-9a-fA-F]", "").length();
      if (digits > 0) {
        runs.add(digits);
      }
    }
    return runs;
  }

  private static int[] ipv4(String text) {
    for (int at = 0; at < text.length(); at++) {
      Matcher matcher = IPV4.matcher(text).region(at, text.length());
      if (matcher.lookingAt()) {
        return new int[] {at, matcher.end()};
      }
    }
    return null;
  }

  private static int[] ipv6(String text) {
    int next = 0;
    for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
      for (int at = colon >= 5 ? colon - 5 : next; at < colon; at++) {
        int end = ipv6End(text, at);
        if (end > 0) {
          return new int[] {at, end};
        }
      }
      next = colon + 1;
    }
    return null;
  }

  private static int ipv6End(String text, int at) {
    boolean bracket = text.charAt(at) == '[';
    String rest = text.substring(bracket ? at + 1 : at);
    Matcher matcher =
        Pattern.compile("(?:[0-9a-fA-F]{1,4}(?![0-9a-fA-F])|[0-9a-fA-F]{4}|:)*").matcher(rest);
    String read = matcher.lookingAt() ? matcher.group() : "";
    // The text stops before a fifth digit of a group, and before a colon too many.
    Matcher fifth = Pattern.compile("[0-9a-fA-F]{5}").matcher(read);
    if (fifth.find()) {
      read = read.substring(0, fifth.end() - 1);
    }
    int colons = 0;
    boolean pair = false;
    for (int i = 0; i < read.length(); i++) {
      if (read.charAt(i) == ':') {
        boolean second = i > 0 && read.charAt(i - 1) == ':';
        if (colons == 8 || (colons == 7 && !pair && !second)) {
          read = read.substring(0, i);
          break;
        }
        pair |= second;
        colons++;
      }
    }
    boolean once = read.indexOf("::") == read.lastIndexOf("::");
    if (read.isEmpty() || !once || (!pair && (colons < 7 || read.endsWith(":")))) {
      return 0;
    }
    int end = text.length() - rest.length() + read.length();
    if (!bracket || end == text.length()) {
      return end;
    }
    return text.charAt(end) == ']' ? end + 1 : 0;
  }
}
