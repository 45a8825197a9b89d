package io.callscope.web.ladder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a diagram in order of first appearance. The ports of an address share a column,
 * since a client that dials from an ephemeral port is the one that is reached at its own; but they
 * stand apart where an address talks to itself, as services on one host do.
 */
final class Participants {
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Set<String> apart = new HashSet<>();
  private final boolean allApart;

  private record Column(int index, String ip, Set<Integer> ports) {}

  /**
   * @param allApart every address with port has a column of its own
   */
  Participants(List<LadderMessage> messages, boolean allApart) {
    this.allApart = allApart;
    for (LadderMessage message : messages) {
      if (message.source().ip().equals(message.destination().ip())) {
        apart.add(message.source().ip());
      }
    }
    for (LadderMessage message : messages) {
      add(message.source());
      add(message.destination());
    }
  }

  private void add(LadderMessage.End end) {
    columns
        .computeIfAbsent(key(end), key -> new Column(columns.size(), end.ip(), new TreeSet<>()))
        .ports
        .add(end.port());
  }

  private String key(LadderMessage.End end) {
    return allApart || apart.contains(end.ip()) ? end.text() : end.ip();
  }

  int column(LadderMessage.End end) {
    return columns.get(key(end)).index;
  }

  List<Ladder.Participant> list() {
    List<Ladder.Participant> list = new ArrayList<>();
    for (Column column : columns.values()) {
      list.add(new Ladder.Participant(column.ip, List.copyOf(column.ports)));
    }
    return list;
  }
}
