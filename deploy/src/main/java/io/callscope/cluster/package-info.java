/**
 * Several processes as one: who is there, who owns which partition, and the event bus between them.
 * The only package that knows Hazelcast; one JVM loads none of it.
 */
package io.callscope.cluster;
