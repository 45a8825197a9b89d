package io.callscope.ipfix;

/** The SBC at the other end of a connection. Called on the collector's thread; neither blocks. */
interface Peer {
  void send(byte[] message);

  void close();

  /** The collector is done with the connection. */
  void ended();
}
