package io.callscope.bus;

/**
 * The version of what crosses the bus between processes, and of the state they keep for each other.
 * Processes of different versions do not join.
 *
 * <p>To be raised with each change after which older processes do not understand newer ones: of the
 * rows of {@link io.callscope.sip.SipIndex}, of a batch ({@link SipBatch}, {@link EventBatch}), of
 * the images of calls, bindings, legs and partitions, or of the meaning of an address or header.
 */
public final class WireFormat {
  public static final int VERSION = 4;

  private WireFormat() {}
}
