package io.callscope.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where one page links to another with a value from the wire in the link. */
public final class Links {
  private static final int MOST_LINK = 3000;

  private Links() {}

  /** A link can carry it: it is not too long, and has no NUL, which no request may have. */
  private static boolean isCarried(String encoded) {
    return encoded.length() <= MOST_LINK && !encoded.contains("%00");
  }

  /**
   * The page of a Call-ID, or the list of it where clients take the path for something else; empty
   * where no link can carry it.
   */
  public static String call(String callId) {
    if (callId.isEmpty()) {
      return "";
    }
    String encoded = encoded(callId);
    if (!isCarried(encoded)) {
      return "";
    }
    for (String ending : List.of(".pcap", ".pcapng", ".txt")) {
      if (encoded.endsWith(ending)) {
        // Such a path without this is that of a file with another call's messages.
        int dot = encoded.length() - ending.length();
        encoded = encoded.substring(0, dot) + "%2E" + encoded.substring(dot + 1);
      }
    }
    boolean reserved = List.of("list", "timeout", ".", "..").contains(callId);
    return reserved ? "/calls/list?cid=" + encoded : "/calls/" + encoded;
  }

  /** The rate entries of an address; of one type of event unless that is empty. */
  public static String rates(String type, String ip) {
    return "/evrateblst/list?ip=" + encoded(ip) + (type.isEmpty() ? "" : "&name=" + encoded(type));
  }

  /** The connections of an SBC, by its name or address; empty where a link cannot carry it. */
  public static String sbc(String name) {
    String link = "/ipfix/list?sbc=" + encoded(name);
    return name.isEmpty() || !isCarried(link) ? "" : link;
  }

  /** The bindings of an AOR; empty where a link cannot carry it. */
  public static String bindings(String aor) {
    String link = "/regs/list?aor=" + encoded(aor);
    return aor.isEmpty() || !isCarried(link) ? "" : link;
  }

  /** A value as it may stand in a query or, alone, in a path. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
