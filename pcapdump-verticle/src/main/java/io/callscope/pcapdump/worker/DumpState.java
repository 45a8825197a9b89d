package io.callscope.pcapdump.worker;

/**
 * What the writers do now.
 *
 * @param on whether they write at all
 * @param filter which calls they write
 */
public record DumpState(boolean on, CallFilter filter) {}
