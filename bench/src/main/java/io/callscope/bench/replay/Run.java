package io.callscope.bench.replay;

/**
 * One run of a command from its start to its exit.
 *
 * @param wallSeconds by the wall clock
 * @param cpuSeconds user and system time of the process and of the children it waited for
 * @param peakMebibytes most memory it had at a time
 * @param messages as the program reports them, 0 where it does not
 * @param messagesPerSecond the same
 */
record Run(
    double wallSeconds,
    double cpuSeconds,
    double peakMebibytes,
    long messages,
    double messagesPerSecond) {

  /** Over all it took, its start included. */
  double messagesPerWallSecond() {
    return messages / wallSeconds;
  }

  double cpuMicrosPerMessage() {
    return messages == 0 ? 0 : cpuSeconds * 1e6 / messages;
  }
}
