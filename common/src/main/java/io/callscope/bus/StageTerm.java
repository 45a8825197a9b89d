package io.callscope.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;

/**
 * Which event stage a partition thinks it speaks with. News that another has taken over may be
 * missed; what that one needs first would never be sent then. Any thread.
 */
public final class StageTerm {
  /** Code of the failure that says that this is another. */
  private static final int OTHER = 410;

  private static final String HEADER = "stage";

  private final String term;
  private final DeliveryOptions own;

  /**
   * @param term of an event stage, rises with each owner
   */
  public StageTerm(long term) {
    this.term = Long.toString(term);
    own = new DeliveryOptions().addHeader(HEADER, this.term);
  }

  /** Says which stage is meant, if one is known; empty if not. */
  static DeliveryOptions to(DeliveryOptions options, String stage) {
    DeliveryOptions own = new DeliveryOptions(options);
    return stage.isEmpty() ? own : own.addHeader(HEADER, stage);
  }

  /** Who has answered; empty if that was not said. */
  static String of(Message<?> reply) {
    String stage = reply.headers().get(HEADER);
    return stage == null ? "" : stage;
  }

  /** Whether a request came to another stage than was meant. */
  static boolean isOther(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureCode() == OTHER;
  }

  /**
   * Refuses a batch that is meant for an earlier stage.
   *
   * @return whether it is refused
   */
  public boolean refuses(Message<EventBatch> message) {
    String meant = of(message);
    if (meant.isEmpty() || meant.equals(term)) {
      return false;
    }
    Replies.refuse(message, OTHER, "this is another event stage");
    return true;
  }

  /** Acknowledges a batch. */
  public void acknowledge(Message<EventBatch> message, long publishedNanos) {
    Replies.give(message, publishedNanos, own);
  }
}
