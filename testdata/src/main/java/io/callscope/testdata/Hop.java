package io.callscope.testdata;

/**
 * A way that messages take: from a phone to its proxy, or from a proxy to a gateway.
 *
 * @param id its number in the topology
 * @param client the end that is nearer to the caller, which opens TCP connections
 * @param clientPort port of the client's packets: that of its address over UDP, an ephemeral one
 *     over TCP
 */
public record Hop(int id, Endpoint client, int clientPort, Endpoint server) {}
