package io.callscope.bus;

/** The names of sources: what they are can be told from them. */
public final class SourceNames {
  /** All files of a process, from first to last. */
  public static final String FILES = "pcap";

  private static final String INTERFACE = "iface:";
  private static final String UPLOAD = ".capture.";

  private SourceNames() {}

  public static String ofInterface(String name) {
    return INTERFACE + name;
  }

  /** A capture that somebody has sent to be read once. */
  public static String ofUpload(String instance, long number) {
    return instance + UPLOAD + number;
  }

  /** It reads files: it is never silent, only slow, and it ends. */
  public static boolean isFile(String source) {
    return source.equals(FILES) || (!source.startsWith(INTERFACE) && source.contains(UPLOAD));
  }
}
