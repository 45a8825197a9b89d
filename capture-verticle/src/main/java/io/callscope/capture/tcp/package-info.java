/**
 * TCP: the bytes of each direction of a connection in their order, and the SIP messages in them.
 *
 * <pre>
 * TcpStreams        segments in; finds the stream, keeps what is too early, skips holes, ages
 *   TcpStream         one direction: what comes next, what waits
 *     SegmentQueue      segments that wait for one before them
 *     StreamReader      what becomes of the bytes: {@link io.callscope.capture.tcp.SipStreamReader}, or WebSocket
 *   StreamMemory      bytes held by all of them
 * </pre>
 */
package io.callscope.capture.tcp;
