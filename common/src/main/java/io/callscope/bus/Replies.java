package io.callscope.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies that never fail. {@link Message#reply(Object)} throws where the connection to who asked
 * has just broken and the bus does not know it yet; whoever replies must not stumble over that,
 * since who asked is gone, or asks again. Any thread.
 */
public final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** Answers. */
  public static void give(Message<?> question, Object answer) {
    give(question, answer, new DeliveryOptions());
  }

  /** Answers, with headers. */
  static void give(Message<?> question, Object answer, DeliveryOptions options) {
    try {
      question.reply(answer, options);
    } catch (IllegalStateException e) {
      lost(question, e);
    }
  }

  /**
   * Says no.
   *
   * @param code status of HTTP
   */
  public static void refuse(Message<?> question, int code, String reason) {
    try {
      question.fail(code, reason);
    } catch (IllegalStateException e) {
      lost(question, e);
    }
  }

  private static void lost(Message<?> question, IllegalStateException e) {
    LOG.debug("who asked {} has just gone", question.address(), e);
  }
}
