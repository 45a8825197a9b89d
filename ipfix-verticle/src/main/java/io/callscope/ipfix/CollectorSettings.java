package io.callscope.ipfix;

/**
 * How a collector treats what SBCs send.
 *
 * @param qualityFlags bits of the connect request's flags that the answer may keep
 */
record CollectorSettings(
    String name, Timeouts timeouts, boolean ignoreIngress, boolean ignoreEgress, int qualityFlags) {

  boolean ignores(int setId) {
    return SetId.isEgress(setId) ? ignoreEgress : ignoreIngress;
  }
}
