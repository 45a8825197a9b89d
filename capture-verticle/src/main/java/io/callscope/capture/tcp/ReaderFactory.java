package io.callscope.capture.tcp;

/** Makes the readers of streams of one kind. */
public interface ReaderFactory {
  /**
   * @param peer reader of the opposite direction, null if there is none yet
   */
  StreamReader reader(StreamReader peer);
}
