package io.callscope.testdata;

import java.util.List;

/**
 * A generated capture in memory.
 *
 * @param pcap the bytes of the file. Not to be changed
 * @param dialogs in order of their last message
 */
@SuppressWarnings("ArrayRecordComponent") // a holder; nobody compares captures by equals
public record Capture(byte[] pcap, Truth truth, List<DialogTruth> dialogs) {}
