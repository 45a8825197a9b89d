/**
 * What the layers of decoding share: the packet on its way, what they found, and the counters of
 * it.
 */
package io.callscope.capture.packet;
