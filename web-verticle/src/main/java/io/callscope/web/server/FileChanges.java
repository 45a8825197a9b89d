package io.callscope.web.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells whether files are others than at the last look. Blocks; of one thread at a time. */
public final class FileChanges {
  private final Map<Path, Object> seen = new HashMap<>();

  /** Whether any of them has changed, come or gone since the last look at it. */
  public synchronized boolean any(List<Path> files) {
    boolean changed = false;
    for (Path file : files) {
      Object now = mark(file);
      boolean first = !seen.containsKey(file);
      changed |= !Objects.equals(seen.put(file, now), now) && !first;
    }
    return changed;
  }

  private static Object mark(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return "gone";
    }
  }
}
