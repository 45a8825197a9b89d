package io.callscope.pcapdump.file;

import io.callscope.pcap.CaptureFormat;
import io.callscope.pcap.GrowingBytes;
import io.callscope.pcap.TcpFlows;
import java.nio.file.Path;

/** What a writer knows of the file of one call, and what it has gathered for it. */
final class CallFile {
  /** The length of a file that is not there. */
  static final long ABSENT = -1;

  final CallId callId;
  final Path path;
  final CaptureFormat format;

  /** Where its TCP connections stand; that includes what is gathered. */
  TcpFlows flows;

  /** How many of them {@link ConnectionBudget} has counted. */
  int connections;

  /** Bytes of whole records on the disk, or {@link #ABSENT}. */
  long length;

  /** Null while it is closed. */
  Disk.OpenFile open;

  /** What {@link Disk.Found} said of the open file; null if it has not been asked yet. */
  Object key;

  long usedMillis;

  /** Records not written yet; null if there are none. */
  GrowingBytes gathered;

  /** Bytes in front of the records that are the start of a new file. */
  int headerBytes;

  int messages;
  int packets;
  long frameBytes;

  /** Among them is one for which a file may be made. */
  boolean mayCreate;

  long sinceMillis;

  CallFile(CallId callId, Path path, CaptureFormat format, TcpFlows flows, long length) {
    this.callId = callId;
    this.path = path;
    this.format = format;
    this.flows = flows;
    this.length = length;
  }

  /** What was gathered is written or lost. */
  void clear() {
    gathered = null;
    headerBytes = 0;
    messages = 0;
    packets = 0;
    frameBytes = 0;
    mayCreate = false;
  }
}
