package io.callscope.tracker.call;

import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;

/**
 * What was changed of the settings at run time: that goes with the partition. What was not is as
 * the process was configured that has it.
 */
final class SettingsImage {
  private static final int MAX_VALUES = 64;

  private final CallSettings settings;
  private final long[] configured;

  SettingsImage(CallSettings settings) {
    this.settings = settings;
    configured = settings.values();
  }

  void write(ImageWriter out) {
    long[] values = settings.values();
    out.putVar(values.length);
    for (int i = 0; i < values.length; i++) {
      boolean changed = values[i] != configured[i];
      out.putBoolean(changed);
      if (changed) {
        out.putLong(values[i]);
      }
    }
  }

  void read(ImageReader in) {
    long[] values = settings.values();
    int count = in.getVar(MAX_VALUES, "settings");
    ImageReader.check(count == values.length, "settings");
    for (int i = 0; i < count; i++) {
      if (in.getBoolean()) {
        values[i] = in.getLong();
      }
    }
    settings.set(values);
  }
}
