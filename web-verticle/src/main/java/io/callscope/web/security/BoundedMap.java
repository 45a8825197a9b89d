package io.callscope.web.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the entries used last; one more makes the one unused for longest go. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private final int max;

  BoundedMap(int max) {
    super(16, 0.75f, true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
