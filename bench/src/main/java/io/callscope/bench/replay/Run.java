package io.callscope.bench.replay;

/**
 * One run of a command from its start to its exit.
 *
 * @param wallSeconds by the wall clock
 * @param cpuSeconds user and system time of the process and of the children it waited for
 * @param peakMebibytes most memory it had at a time
 * @param messagesPerSecond as the program reports it, 0 where it does not
 */
record Run(double wallSeconds, double cpuSeconds, double peakMebibytes, double messagesPerSecond) {}
