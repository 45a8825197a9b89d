/**
 * Capture: reads packets, decodes them down to SIP messages and feeds these to the tracker
 * partitions. Only {@link io.callscope.capture.CaptureVerticle} and {@link
 * io.callscope.capture.InjectVerticle} know the event bus.
 *
 * <pre>
 * file, live      a source: files in their order, or an interface
 *   source          what both have: the way of a packet (Pipeline), clocks, pace
 *     decode          from the link layer to a UDP datagram or TCP segment; filters
 *       fragment        IP datagrams put together
 *     message         datagrams and segments to messages: what a payload is, the parser, the log
 *       tcp, ws         streams; WebSocket
 *     packet          the packet that all of them work on, the counters they keep
 *     feed            a batch per partition, in rounds ({@link io.callscope.feed.SipFeed})
 * config          what is read and how
 * bpf             filters compiled by libpcap
 * inject          messages and captures put in by hand
 * </pre>
 */
package io.callscope.capture;
