package io.callscope.capture.inject;

import io.callscope.bus.Envelope;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses injected messages and gives them to the feed as if they had been captured. Whether a
 * message is SIP at all is not asked: junk becomes a parse error. One thread at a time; time is an
 * argument.
 */
final class Injector {
  private final InjectCounters counters;
  private final SourceTime time;
  private final SipFeed feed;
  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];
  private final Envelope envelope = new Envelope();

  /**
   * @param time the clock of the feed
   */
  Injector(InjectCounters counters, SourceTime time, SipFeed feed) {
    this.counters = counters;
    this.time = time;
    this.feed = feed;
  }

  /**
   * Injects all messages of a request, at one moment.
   *
   * @param captureNanos their time, ns since 1970
   * @param arrivalNanos the wall clock, ns since 1970
   * @return for each message what came of it, under the names of {@code docs/bus.md}
   */
  List<Map<String, Object>> inject(InjectRequest request, long captureNanos, long arrivalNanos)
      throws InterruptedException {
    envelope.transport = request.transport();
    envelope.captureNanos = time.advance(captureNanos);
    envelope.arrivalNanos = arrivalNanos;
    envelope.sourceHigh = IpAddress.high(request.source());
    envelope.sourceLow = IpAddress.low(request.source());
    envelope.sourcePort = request.sourcePort();
    envelope.destinationHigh = IpAddress.high(request.destination());
    envelope.destinationLow = IpAddress.low(request.destination());
    envelope.destinationPort = request.destinationPort();
    List<Map<String, Object>> results = new ArrayList<>();
    for (byte[] message : request.messages()) {
      results.add(inject(message));
    }
    feed.round();
    return results;
  }

  private Map<String, Object> inject(byte[] bytes) throws InterruptedException {
    int error = parser.parseDatagram(bytes, 0, bytes.length, row);
    envelope.leading = 0;
    envelope.trailing = Math.max(0, bytes.length - row[SipIndex.LENGTH]);
    int end = error == SipError.OK ? row[SipIndex.LENGTH] : parser.errorOffset();
    if (error == SipError.OK) {
      counters.message(envelope.transport, row, row[SipIndex.LENGTH] < bytes.length);
      feed.message(envelope, bytes, 0, row);
    } else {
      counters.parseError(envelope.transport, error);
      feed.parseError(envelope, error, bytes, 0, row);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("parsed", error == SipError.OK);
    result.put("error", error == SipError.OK ? "" : SipError.text(error));
    result.put("bytes", bytes.length);
    result.put("parsedBytes", Math.max(0, Math.min(end, bytes.length)));
    result.put("callId", callId(bytes));
    return result;
  }

  private String callId(byte[] bytes) {
    int from = row[SipIndex.CALL_ID];
    int length = row[SipIndex.CALL_ID + 1];
    boolean there = length > 0 && from >= 0 && from + length <= bytes.length;
    return there ? new String(bytes, from, length, StandardCharsets.UTF_8) : "";
  }
}
