package io.callscope.cluster;

/**
 * Who owns an item. It is kept as text, which the map compares as a whole.
 *
 * @param process its owner, empty once released
 * @param term rises with each owner
 * @param sinceMillis when it was taken or released, ms since 1970
 */
record Ownership(String process, long term, long sinceMillis) {
  String text() {
    return process + "/" + term + "/" + sinceMillis;
  }

  static Ownership of(String text) {
    String[] parts = text.split("/", -1);
    return new Ownership(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
