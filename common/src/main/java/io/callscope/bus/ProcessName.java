package io.callscope.bus;

/**
 * The name of a process among those of a cluster, new at each start, so that what a process that
 * has ended left behind is never taken for that of its successor. Empty in one JVM.
 *
 * @param text host and some random letters, for example {@code edge1-k3v9qx}
 */
public record ProcessName(String text) {
  /** Of a process that runs everything itself. */
  public static final ProcessName ALONE = new ProcessName("");

  private static final char MARK = '@';

  /** A name of a service instance or source that is unique among all processes. */
  public String unique(String name) {
    return text.isEmpty() ? name : name + MARK + text;
  }

  /** Whether an instance or source is one of this process. */
  public boolean owns(String name) {
    return text.isEmpty() || text.equals(of(name));
  }

  /** The process of an instance or source, empty in one JVM. */
  public static String of(String name) {
    int mark = name.lastIndexOf(MARK);
    return mark < 0 ? "" : name.substring(mark + 1);
  }

  /** The name of an instance or source without that of its process. */
  public static String without(String name) {
    int mark = name.lastIndexOf(MARK);
    return mark < 0 ? name : name.substring(0, mark);
  }
}
