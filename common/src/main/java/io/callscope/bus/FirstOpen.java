package io.callscope.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/**
 * Says with a batch whether it is the first that its sender has no acknowledgement of: so a
 * receiver that does not know the sender can tell where to begin.
 */
public final class FirstOpen {
  /** Code of the failure that asks for a batch again, behind the one before it. */
  public static final int EARLY = 409;

  private static final String HEADER = "first";

  private FirstOpen() {}

  static DeliveryOptions options(boolean isFirst, long timeoutMillis) {
    return new DeliveryOptions()
        .setSendTimeout(timeoutMillis)
        .addHeader(HEADER, Boolean.toString(isFirst));
  }

  /** What the sender said; one that says nothing sends one at a time. */
  public static boolean of(Message<?> message) {
    String text = message.headers().get(HEADER);
    return text == null || Boolean.parseBoolean(text);
  }

  /** Asks for it again. */
  public static void refuse(Message<?> message) {
    Replies.refuse(message, EARLY, "out of turn");
  }
}
