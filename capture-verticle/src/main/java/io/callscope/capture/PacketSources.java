package io.callscope.capture;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.file.FileSource;
import io.callscope.capture.live.LiveSource;
import io.callscope.capture.live.Pcap4jTaps;
import io.callscope.capture.source.PacketSource;
import io.callscope.capture.source.SystemClock;
import io.callscope.feed.DumpFeed;

/** Opens the source that a configuration asks for. */
final class PacketSources {
  private PacketSources() {}

  /**
   * Compiles the filter and opens the interface, if there are any; may block for a moment.
   *
   * @throws SourceException if it cannot be read at all, with a text that says what to do
   */
  static PacketSource open(CaptureConfig config, BatchSink sink, BatchPool pool, DumpFeed dump)
      throws SourceException {
    PacketFilter filter =
        config.filter().isBlank()
            ? null
            : PacketFilter.compile(config.filter(), config.decode().vxlanPorts());
    SystemClock clock = new SystemClock();
    if (config.input() instanceof FileInput files) {
      return new FileSource(config, files, filter, sink, pool, clock, dump);
    }
    InterfaceInput input = (InterfaceInput) config.input();
    LiveSource source =
        new LiveSource(
            config, input, filter, new Pcap4jTaps(input, filter), sink, pool, clock, dump);
    source.open();
    return source;
  }
}
