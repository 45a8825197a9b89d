package io.callscope.bus;

/**
 * What the rate limiter says of an event.
 *
 * @param exceeded consecutive events over the limit, this one included; 0 = not over
 * @param exceededSinceReport events over the limit since the last one reported
 * @param current the rate
 * @param limit the limit it is held against
 * @param periodMillis the interval of both
 * @param sinceNanos last change between over and not over, ns since 1970
 */
public record EventRate(
    long exceeded,
    long exceededSinceReport,
    double current,
    double limit,
    long periodMillis,
    long sinceNanos) {

  /** Of an event that passed without a rate entry. */
  public static EventRate none(long timeNanos) {
    return new EventRate(0, 0, 0, 0, 0, timeNanos);
  }
}
