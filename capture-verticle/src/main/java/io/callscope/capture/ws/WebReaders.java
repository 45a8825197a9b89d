package io.callscope.capture.ws;

import io.callscope.bus.Envelope;
import io.callscope.capture.tcp.ReaderFactory;
import io.callscope.capture.tcp.SipCounters;
import io.callscope.capture.tcp.SipOutput;
import io.callscope.capture.tcp.StreamCounters;
import io.callscope.capture.tcp.StreamMemory;
import io.callscope.capture.tcp.StreamReader;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.net.Transport;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.callscope.sip.StartLine;

/** Makes the readers of streams on WebSocket ports; holds what they share. */
public final class WebReaders implements ReaderFactory {
  /** A message of less than that, behind its line ends, cannot be SIP. */
  private static final int TINY = 12;

  final StreamMemory memory;
  final HttpCounters http;
  final WsCounters ws;
  final StreamCounters streams;
  final SipCounters sip;

  /** First and largest size of buffers. */
  final int firstBytes;

  final int maxBytes;
  private final SipOutput output;
  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];

  /**
   * @param streams where overcome holes are counted
   * @param sip where TLS is counted
   */
  public WebReaders(
      TcpOptions options,
      StreamMemory memory,
      HttpCounters http,
      WsCounters ws,
      StreamCounters streams,
      SipCounters sip,
      SipOutput output) {
    this.memory = memory;
    this.http = http;
    this.ws = ws;
    this.streams = streams;
    this.sip = sip;
    this.output = output;
    firstBytes = options.bufferBytes();
    maxBytes = options.maxBufferBytes();
  }

  @Override
  public StreamReader reader(StreamReader peer) {
    WebSession session = peer instanceof WebStreamReader other ? other.session() : new WebSession();
    return new WebStreamReader(this, session);
  }

  /** A WebSocket message; it is one SIP message (RFC 7118 §5). */
  void message(Envelope envelope, byte[] bytes, int length) throws InterruptedException {
    int from = length == 0 ? 0 : StartLine.skipLineEnds(bytes, 0, length);
    if (from == length) {
      ws.over(ws.sipEmpty);
      return;
    }
    if (length - from < TINY) {
      ws.over(ws.sipTiny);
      return;
    }
    envelope.transport = Transport.WS;
    int error = parser.parseDatagram(bytes, from, length - from, row);
    if (error == SipError.OK) {
      ws.over(ws.sipOk);
      output.message(envelope, bytes, from, row);
    } else {
      ws.over(ws.sipErr);
      ws.parseError(error);
      output.parseError(envelope, error, bytes, from, row);
    }
  }
}
