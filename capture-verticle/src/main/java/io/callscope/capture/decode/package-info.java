/** From the frame to the UDP datagram or TCP segment in it; tunnels, and packet filters. */
package io.callscope.capture.decode;
