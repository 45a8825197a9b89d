package io.callscope.tracker.state;

import java.util.List;

/**
 * Writing all entries once more, some with each save, so that the log before can be dropped: most
 * of what is in it newer segments have replaced.
 */
final class Lap {
  private enum Phase {
    NONE,
    RUNNING,
    /** What has changed while its turn came is in the next save. */
    ENDING
  }

  private final SegmentLog log;
  private final List<StateTable<?>> tables;
  private final long smallLogBytes;
  private Phase phase = Phase.NONE;
  private int table;
  private long from;
  private long bytesBefore;

  /**
   * @param smallLogBytes a smaller log is not worth a lap
   */
  Lap(SegmentLog log, List<StateTable<?>> tables, long smallLogBytes) {
    this.log = log;
    this.tables = tables;
    this.smallLogBytes = smallLogBytes;
  }

  /**
   * A save begins.
   *
   * @param neededBytes what images of all entries would take
   * @return the commit of this save ends a lap
   */
  boolean begin(long neededBytes) {
    boolean ends = phase == Phase.ENDING;
    if (ends) {
      phase = Phase.NONE;
    } else if (phase == Phase.NONE
        && log.bytes() > smallLogBytes
        && log.bytes() > 2 * neededBytes) {
      start();
      table = 0;
      phase = Phase.RUNNING;
      tables.forEach(StateTable::beginLap);
    }
    return ends;
  }

  /** From here on the log holds all entries, once this save is committed. */
  void start() {
    phase = Phase.NONE;
    from = log.next();
    bytesBefore = log.bytes();
  }

  /** Goes on by an entry; false if there is nothing to do. */
  boolean step(StateSaver saver) {
    if (phase != Phase.RUNNING) {
      return false;
    }
    if (!tables.get(table).stepLap(saver) && ++table == tables.size()) {
      phase = Phase.ENDING;
      return false;
    }
    return true;
  }

  /** Takes what was before the lap out of the log. */
  List<SegmentLog.Run> cut() {
    return log.cut(from, bytesBefore);
  }
}
