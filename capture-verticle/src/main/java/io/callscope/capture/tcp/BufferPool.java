package io.callscope.capture.tcp;

import java.util.ArrayDeque;

/** Buffers that no stream has in use, and the account of those in use. One thread. */
final class BufferPool {
  private static final int MAX_POOLED = 64;

  private final int firstBytes;
  private final int maxBytes;
  private final StreamMemory memory;
  private final ArrayDeque<MessageBuffer> free = new ArrayDeque<>();

  BufferPool(int firstBytes, int maxBytes, StreamMemory memory) {
    this.firstBytes = firstBytes;
    this.maxBytes = maxBytes;
    this.memory = memory;
  }

  /** Most bytes of a message. */
  int maxBytes() {
    return maxBytes;
  }

  /** An empty buffer that is not in use until {@link #use}; the same one until then. */
  MessageBuffer spare() {
    MessageBuffer spare = free.peek();
    if (spare == null) {
      spare = new MessageBuffer();
      spare.bytes = new byte[firstBytes];
      free.push(spare);
    }
    return spare;
  }

  /** Takes the spare one into use. */
  MessageBuffer use() {
    MessageBuffer used = spare();
    free.pop();
    used.length = 0;
    memory.take(used.bytes.length + MessageBuffer.OVERHEAD);
    return used;
  }

  void append(MessageBuffer buffer, byte[] bytes, int from, int to) {
    memory.take(buffer.append(bytes, from, to - from, maxBytes));
  }

  void release(MessageBuffer buffer) {
    memory.free(buffer.bytes.length + MessageBuffer.OVERHEAD);
    if (free.size() < MAX_POOLED) {
      if (buffer.bytes.length != firstBytes) {
        buffer.bytes = new byte[firstBytes];
      }
      free.push(buffer);
    }
  }
}
