package io.callscope.tracker.call;

import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;

/** Writes one entry with its texts, and reads it back. */
final class SegmentOfOne {
  private final ImageWriter out = new ImageWriter();

  CallEntry roundTrip(CallEntry entry, Interner interner) {
    int[] numbers = new int[4];
    CallImage.texts(entry, out, numbers);
    int at = out.bytes().length;
    CallImage.write(entry, numbers, out);
    byte[] bytes = out.bytes();
    ImageReader in = new ImageReader(bytes, 0, bytes.length);
    while (in.at() < at) {
      in.getByte(); // says that a text follows
      in.readText();
    }
    return CallImage.read(in, interner);
  }
}
