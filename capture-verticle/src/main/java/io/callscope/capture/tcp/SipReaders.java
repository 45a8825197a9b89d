package io.callscope.capture.tcp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the readers of SIP streams; holds what they share. One thread. */
public final class SipReaders implements ReaderFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SipReaders.class);

  final BufferPool pool;
  final SipCounters counters;
  final StreamCounters streams;
  final SipOutput output;
  private boolean told;

  /**
   * @param streams where overcome holes are counted
   */
  public SipReaders(
      TcpOptions options,
      StreamMemory memory,
      SipCounters counters,
      StreamCounters streams,
      SipOutput output) {
    pool = new BufferPool(options.bufferBytes(), options.maxBufferBytes(), memory);
    this.counters = counters;
    this.streams = streams;
    this.output = output;
  }

  /** HTTP asks for a WebSocket on a port that is not known to carry any. */
  void upgrade(int serverPort) {
    counters.increment(counters.upgrades);
    if (!told) {
      told = true;
      LOG.warn(
          "WebSocket on TCP port {} is not followed; name the port in -websocket_ports if it"
              + " carries SIP",
          serverPort);
    }
  }

  @Override
  public StreamReader reader(StreamReader peer) {
    return new SipStreamReader(this);
  }
}
