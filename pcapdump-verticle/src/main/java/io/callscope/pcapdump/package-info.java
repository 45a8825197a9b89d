/** A pcap file per call. */
package io.callscope.pcapdump;
