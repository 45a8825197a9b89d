package io.callscope.tracker.state;

/** What of a partition is in no table: clock, sources, numbers. On the partition's thread. */
public interface StateHead {
  void write(ImageWriter out);

  /**
   * Takes over what was written; a {@link BadImageException} if it cannot, and then as good as
   * nothing.
   */
  void read(ImageReader in);
}
