/**
 * SIP over WebSocket (RFC 7118) in the streams of {@code -websocket_ports}.
 *
 * <pre>
 * WebStreamReader    one direction: HTTP, frames, or looking for either
 *   HttpReader         heads and bodies of HTTP messages (RFC 9112); HttpHead what a head says
 *   FrameReader        frames and messages of WebSocket (RFC 6455)
 *     MessageInflater    permessage-deflate (RFC 7692)
 *   WebSession         what both directions have to know of each other
 * </pre>
 */
package io.callscope.capture.ws;
