package io.callscope.web.ladder;

/**
 * Which of many messages are drawn: so many from the beginning and so many from the end. How a call
 * was set up and how it ended matters most, so both are what one gets who does not ask.
 *
 * @param first drawn from the beginning
 * @param last drawn from the end
 */
public record Window(int first, int last) {
  /** Messages drawn at most. */
  public static final int MOST = 2000;

  public static final Window BOTH_ENDS = new Window(100, 100);

  boolean shows(int index, int of) {
    return index < first || index >= of - last;
  }

  /** How many of so many it leaves out. */
  int omits(int of) {
    return Math.max(0, of - first - last);
  }
}
