package io.callscope.web.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * What a request tells of the page that made it. Browsers say so in {@code Sec-Fetch-Site}, but to
 * HTTPS and loopback addresses alone, and in {@code Origin} (RFC 6454), but not with GET; scripts
 * say nothing.
 *
 * @param get whether the method is GET or HEAD
 * @param host the value of Host
 * @param fetchSite of Sec-Fetch-Site, or null, as the others
 */
record RequestOrigin(
    boolean get, String host, String fetchSite, String origin, String referer, String userAgent) {

  /** Whether a browser sent it, as far as one can tell: all that are in use begin like this. */
  boolean isOfBrowser() {
    return fetchSite != null
        || origin != null
        || referer != null
        || (userAgent != null && userAgent.startsWith("Mozilla/"));
  }

  /**
   * Why it may not change anything, empty if it may. A browser's GET must prove that a page of ours
   * made it: it may have been a link in a mail, or an image of another site.
   */
  String refusal() {
    if (!isOfBrowser()) {
      return "";
    }
    if (fetchSite != null && !isOwnSite()) {
      return "a page of another site asked for this (Sec-Fetch-Site: " + word(fetchSite) + ")";
    }
    if (origin != null && !isOurs(origin)) {
      return "a page of another origin asked for this";
    }
    if (referer != null && !isOurs(referer)) {
      return "a page of another site asked for this";
    }
    boolean proved = "same-origin".equals(fetchSite) || origin != null || referer != null;
    return get && !proved
        ? "a browser may not change anything by visiting an address; use the form of the page"
        : "";
  }

  /** A user's own doing, "none", is enough for a POST, which must have a token too. */
  private boolean isOwnSite() {
    return fetchSite.equals("same-origin") || fetchSite.equals("none");
  }

  private static String word(String text) {
    return text.equals("cross-site") || text.equals("same-site") ? text : "other";
  }

  /** The scheme is not compared: a proxy in front may speak TLS. */
  private boolean isOurs(String address) {
    try {
      URI uri = new URI(address);
      String authority = uri.getRawAuthority();
      return host != null
          && authority != null
          && uri.getScheme() != null
          && plain(host, uri.getScheme()).equals(plain(authority, uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Without the port that goes without saying. */
  private static String plain(String authority, String scheme) {
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
