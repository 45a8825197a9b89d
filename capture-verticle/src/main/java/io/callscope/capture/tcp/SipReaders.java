package io.callscope.capture.tcp;

/** Makes the readers of SIP streams; holds what they share. */
public final class SipReaders implements ReaderFactory {
  final BufferPool pool;
  final SipCounters counters;
  final StreamCounters streams;
  final SipOutput output;

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

  @Override
  public StreamReader reader(StreamReader peer) {
    return new SipStreamReader(this);
  }
}
