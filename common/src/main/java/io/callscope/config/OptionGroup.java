package io.callscope.config;

/** Options that belong together, in the order of help and documentation. */
public enum OptionGroup {
  PROGRAM("Program"),
  FILES("Input from files"),
  LIVE("Live capture"),
  TCP("TCP"),
  IPFIX("IPFIX collector"),
  CALLS("Calls"),
  REGISTRATIONS("Registrations"),
  EVENTS("Events and their rates"),
  DUMP("A pcap file per call"),
  WEB("Web server"),
  END("End of the run"),
  LOGGING("Logging"),
  SCALE("Partitions and processes");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
