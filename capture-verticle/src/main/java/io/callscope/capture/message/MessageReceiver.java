package io.callscope.capture.message;

import io.callscope.bus.Envelope;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.tcp.SipOutput;
import io.callscope.feed.SipFeed;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;

/** Counts the messages of all transports and gives them to the feed. */
public final class MessageReceiver implements SipOutput {
  private final CaptureCounters counters;
  private final SipFeed feed;
  private final ParseLog log;

  public MessageReceiver(CaptureCounters counters, SipFeed feed, ParseLog log) {
    this.counters = counters;
    this.feed = feed;
    this.log = log;
  }

  @Override
  public void message(Envelope envelope, byte[] bytes, int from, int[] row)
      throws InterruptedException {
    counters.message(envelope.transport);
    int flags = row[SipIndex.FLAGS];
    if ((flags & SipIndex.FLAG_REPLY) != 0) {
      counters.reply(row[SipIndex.STATUS]);
    } else {
      counters.request(flags & SipIndex.METHOD_MASK);
    }
    log.message(envelope, bytes, from, row);
    feed.message(envelope, bytes, from, row);
  }

  @Override
  public void parseError(Envelope envelope, int error, byte[] bytes, int from, int[] row)
      throws InterruptedException {
    counters.parseError(error, envelope.transport);
    if (error == SipError.NO_CONTENT_LENGTH) {
      counters.increment(counters.bodyErrs);
    }
    log.error(envelope, error, bytes, from, row);
    feed.parseError(envelope, error, bytes, from, row);
  }
}
