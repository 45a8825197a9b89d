package io.callscope.pcapdump.file;

import io.callscope.pcap.TcpFlows;
import java.util.LinkedHashSet;

/**
 * The TCP connections that all files of one writer know together. If there are too many, the call
 * that was silent for longest forgets all of its own; the next message of one begins it anew. One
 * thread.
 */
final class ConnectionBudget {
  private final int most;
  private final DumpCounters counters;

  /** Those that know connections, the least recently used first. */
  private final LinkedHashSet<CallFile> files = new LinkedHashSet<>();

  private int known;

  ConnectionBudget(int most, DumpCounters counters) {
    this.most = most;
    this.counters = counters;
  }

  /** A message was added to a file. */
  void used(CallFile file) {
    int now = file.flows.size();
    if (now == 0) {
      return; // as with most, which are of UDP
    }
    counters.add(counters.forgottenConnections, file.flows.takeForgotten());
    known += now - file.connections;
    file.connections = now;
    files.remove(file);
    files.add(file);
    while (known > most) {
      CallFile eldest = files.iterator().next();
      counters.add(counters.forgottenConnections, eldest.connections);
      eldest.flows = new TcpFlows();
      gone(eldest);
    }
    counters.set(counters.knownConnections, known);
  }

  /** A file is remembered no longer. */
  void gone(CallFile file) {
    files.remove(file);
    known -= file.connections;
    file.connections = 0;
    counters.set(counters.knownConnections, known);
  }
}
