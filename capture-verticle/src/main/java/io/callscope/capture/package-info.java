/**
 * Capture: reads packets, decodes them down to SIP messages and feeds these to the tracker
 * partitions. Only {@link io.callscope.capture.CaptureVerticle} knows the event bus.
 *
 * <pre>
 * FileSource        a file's packets, replay, the source's clock
 *   PacketDecoder     LinkDecoder, Ipv4Decoder or Ipv6Decoder, UdpDecoder, TcpDecoder
 *   DatagramHandler   PayloadClassifier, the parser
 *   TcpHandler        streams ({@link io.callscope.capture.tcp}), WebSocket ({@link io.callscope.capture.ws})
 *   MessageReceiver   the messages of all of them
 *   feed              a batch per partition, in rounds ({@link io.callscope.feed.SipFeed})
 * </pre>
 */
package io.callscope.capture;
