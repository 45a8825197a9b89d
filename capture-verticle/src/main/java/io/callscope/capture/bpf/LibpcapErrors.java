package io.callscope.capture.bpf;

import io.callscope.capture.config.SourceException;
import java.util.Locale;
import org.pcap4j.core.Pcaps;

/** What can be wrong with libpcap, in words that say what to do. */
public final class LibpcapErrors {
  private LibpcapErrors() {}

  /**
   * Loads libpcap.
   *
   * @param purpose what needs it
   * @throws SourceException if it is not there
   */
  public static void requireLibpcap(String purpose) throws SourceException {
    try {
      Pcaps.libVersion();
    } catch (LinkageError e) {
      throw missing(purpose, e);
    }
  }

  public static SourceException missing(String purpose, LinkageError e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("jnidispatch") || text.contains("noexec") || text.contains("map segment")) {
      return new SourceException(
          purpose
              + " needs to unpack a library into "
              + System.getProperty("java.io.tmpdir")
              + ", which does not work; set -Djna.tmpdir=DIR to a folder on a file system that"
              + " allows programs: "
              + text,
          e);
    }
    return new SourceException(
        purpose
            + " needs libpcap, which is not installed: apt install libpcap0.8 (Debian, Ubuntu),"
            + " dnf install libpcap (Fedora, RHEL), apk add libpcap (Alpine)",
        e);
  }

  /** There but not up. */
  public static boolean isDown(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("not up") || lower.contains("is down");
  }

  public static SourceException ofInterface(String name, String text, Throwable cause) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("permi") || lower.contains("not permitted")) {
      return new SourceException(
          name
              + ": no right to capture; run as root, or grant CAP_NET_RAW (systemd:"
              + " AmbientCapabilities=CAP_NET_RAW; docker: --cap-add NET_RAW)",
          cause);
    }
    if (lower.contains("no such device") || lower.contains("doesn't exist")) {
      return new SourceException(name + ": there is no such interface", cause);
    }
    return new SourceException(name + ": " + text, cause);
  }
}
