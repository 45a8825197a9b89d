package io.callscope.ipfix;

import io.callscope.bus.DumpPlan;
import io.callscope.config.QualityReports;
import io.callscope.net.IpAddress;
import io.callscope.net.IpNetwork;
import java.util.List;

/**
 * What a collector listens on, and where it sends what it hears.
 *
 * @param instance name of this instance among all processes, for its counters
 * @param source name of the source among all processes
 * @param address to listen on: an address, a host name, empty for all IPv4 addresses
 * @param port TCP port; 0 for any that is free
 * @param timeoutMinSeconds shortest timeout of a connection, as the options say
 * @param timeoutMaxSeconds longest timeout of a connection
 * @param ignoreIngress messages that SBCs received are left out
 * @param ignoreEgress messages that SBCs sent are left out
 * @param reports what the answer to a connect request asks an SBC for beside SIP
 * @param allow who may connect; empty for all
 * @param maxConnections how many may be connected at a time
 * @param partitions how many tracker partitions there are
 * @param creditsPerPartition batches to one partition that may be unacknowledged
 * @param handoverBytes what may wait for decoding before sockets are not read any more
 * @param registry shared by all collectors of the process
 * @param dump the pcap writers
 */
public record IpfixConfig(
    String instance,
    String source,
    String address,
    int port,
    int timeoutMinSeconds,
    int timeoutMaxSeconds,
    boolean ignoreIngress,
    boolean ignoreEgress,
    QualityReports reports,
    List<IpNetwork> allow,
    int maxConnections,
    int partitions,
    int creditsPerPartition,
    long handoverBytes,
    IpfixRegistry registry,
    DumpPlan dump) {
  /** Enough to keep a tracker busy while its acknowledgements are on their way. */
  public static final int DEFAULT_CREDITS = 8;

  public static final int DEFAULT_CONNECTIONS = 4096;

  public static final long DEFAULT_HANDOVER_BYTES = 8L << 20;

  public IpfixConfig {
    allow = List.copyOf(allow);
    if (instance.isEmpty() || source.isEmpty()) {
      throw new IllegalArgumentException("instance and source need names");
    }
    if (port < 0 || port > 65_535 || partitions < 1 || creditsPerPartition < 1) {
      throw new IllegalArgumentException("port, partitions or credits out of range");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("one connection must have room");
    }
  }

  CollectorSettings settings() {
    return new CollectorSettings(
        instance,
        Timeouts.of(timeoutMinSeconds, timeoutMaxSeconds),
        ignoreIngress,
        ignoreEgress,
        reports.flags());
  }

  /**
   * Whether an SBC may connect.
   *
   * @param address as its socket has it, perhaps with the zone of an IPv6 address
   */
  boolean allows(String address) {
    byte[] ip = IpAddress.parse(address.replaceFirst("%.*", ""));
    if (ip == null) {
      return false;
    }
    long high = IpAddress.high(ip);
    long low = IpAddress.low(ip);
    return allow.isEmpty() || allow.stream().anyMatch(block -> block.contains(high, low));
  }
}
