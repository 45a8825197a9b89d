package io.callscope.capture.config;

/**
 * A network interface.
 *
 * @param name as the system calls it, {@code any} for all
 * @param bufferKib kernel buffer in KiB, 0 for the default of libpcap
 * @param readTimeoutMillis longest time a read may block, 0 for no limit
 */
public record InterfaceInput(String name, int bufferKib, int readTimeoutMillis)
    implements SourceInput {
  public InterfaceInput {
    CaptureConfig.require(!name.isBlank(), "iface names no interface");
    CaptureConfig.require(bufferKib >= 0, "pcap_buf_kb must not be negative");
    CaptureConfig.require(readTimeoutMillis >= 0, "the read timeout must not be negative");
  }
}
