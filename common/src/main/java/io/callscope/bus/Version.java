package io.callscope.bus;

/** Which version of the program this is. */
public final class Version {
  private static final String NUMBER = inManifest();

  private Version() {}

  /** Classes outside a jar have none. */
  private static String inManifest() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The version in the jar's manifest. */
  public static String number() {
    return NUMBER;
  }

  /** What {@code -version} says. */
  public static String text() {
    return "callscope " + NUMBER + " (Java " + Runtime.version() + ")";
  }
}
