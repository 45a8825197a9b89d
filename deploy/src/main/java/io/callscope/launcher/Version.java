package io.callscope.launcher;

/** What {@code -version} says. */
final class Version {
  private Version() {}

  /** The version in the jar's manifest; classes outside a jar have none. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static String text() {
    return "callscope " + number() + " (Java " + Runtime.version() + ")";
  }
}
