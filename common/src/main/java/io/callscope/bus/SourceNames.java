package io.callscope.bus;

/** The names of sources: what they are can be told from them. */
public final class SourceNames {
  /** All files of a process, from first to last. */
  public static final String FILES = "pcap";

  /** Messages that somebody puts in by hand; captures that are sent have names that begin so. */
  public static final String INJECT = "inject";

  private static final String INTERFACE = "iface:";
  private static final String COLLECTOR = "ipfix:";
  private static final String UPLOAD = ".capture.";
  private static final String PACED_UPLOAD = ".replay.";
  private static final int MOST_OF_FILE_NAME = 64;

  private SourceNames() {}

  public static String ofInterface(String name) {
    return INTERFACE + name;
  }

  /**
   * A capture that somebody has sent to be read once.
   *
   * @param file its name on the sender's machine, which may be anything
   * @param paced it is read at the speed it was captured with, beside live traffic
   */
  public static String ofUpload(String instance, long number, String file, boolean paced) {
    String name =
        ProcessName.without(instance)
            + (paced ? PACED_UPLOAD : UPLOAD)
            + number
            + "."
            + plain(file);
    return new ProcessName(ProcessName.of(instance)).unique(name);
  }

  private static String plain(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.substring(0, Math.min(plain.length(), MOST_OF_FILE_NAME));
  }

  /** It follows traffic as it happens, so its clock is the time of day. */
  public static boolean isLive(String source) {
    return source.startsWith(INTERFACE) || source.startsWith(COLLECTOR);
  }

  /**
   * It asks the trackers what time it is, for messages that somebody puts in, or a capture that is
   * read beside live traffic.
   */
  public static boolean isFollower(String source) {
    return ProcessName.without(source).equals(INJECT) || source.startsWith(INJECT + PACED_UPLOAD);
  }

  /** It reads files: it is never silent, only slow, and it ends. */
  public static boolean isFile(String source) {
    return ProcessName.without(source).equals(FILES) || source.startsWith(INJECT + UPLOAD);
  }
}
