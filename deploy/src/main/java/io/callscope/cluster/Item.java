package io.callscope.cluster;

/**
 * One thing of which the cluster runs exactly one: a partition, a pcap writer, the event stage.
 *
 * @param what which kind
 * @param number from 0
 */
record Item(String what, int number) {
  String key() {
    return what + "/" + number;
  }

  static Item of(String key) {
    int slash = key.lastIndexOf('/');
    return new Item(key.substring(0, slash), Integer.parseInt(key.substring(slash + 1)));
  }
}
