package io.callscope.web.gather;

import io.callscope.web.gather.TrackerQueries.Gathered;
import io.callscope.web.gather.TrackerQueries.Part;
import io.callscope.web.gather.TrackerQueries.Silent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One page of a list that several partitions hold, in one order: their keys are merged first, then
 * each is asked for its share of the page. On one context.
 */
public final class MergedList {
  /** How far a page may be from the start: the partitions send their keys up to there. */
  public static final long FARTHEST = 100_000;

  /** The same for a list that is not in the order of creation. */
  public static final long FARTHEST_SORTED = 20_000;

  private static final int MOST_AT_ONCE = 1000;

  private final Questions questions;

  public MergedList(Questions questions) {
    this.questions = questions;
  }

  /**
   * What is wanted.
   *
   * @param query with its filters
   * @param list name of the list in the answers
   */
  public record Wanted(
      JsonObject query, String list, long start, int max, String sort, boolean descending) {}

  /**
   * A page.
   *
   * @param matches how many match in all partitions that answered
   * @param all how many there are in them
   */
  public record Merged(List<JsonObject> entries, long matches, long all, List<Silent> silent) {
    /** 200 if all answered, 504 if one was too late, else 503. */
    public int status() {
      return new Gathered(List.of(), silent).status();
    }
  }

  /** A row of the page: whose it is and which of its own. */
  private record Place(int part, int rank) {}

  /** Never fails. */
  public Future<Merged> page(Wanted wanted) {
    if (questions.targets() == 1 && wanted.max <= MOST_AT_ONCE) {
      return ofOne(wanted);
    }
    boolean atOnce = wanted.start == 0 && wanted.max <= MOST_AT_ONCE;
    JsonObject query =
        wanted
            .query
            .copy()
            .put("sort", wanted.sort)
            .put("descending", wanted.descending)
            .put("skip", 0);
    JsonObject first =
        query
            .copy()
            .put("show", atOnce ? "both" : "keys")
            .put("limit", atOnce ? wanted.max : wanted.start + wanted.max);
    return questions
        .ask(first)
        .compose(
            gathered -> {
              List<Place> places = merge(gathered.parts(), wanted);
              return atOnce
                  ? Future.succeededFuture(pick(gathered, places, wanted.list))
                  : fetch(gathered, places, query, wanted.list);
            });
  }

  /** Where one holds all there is nothing to merge. */
  private Future<Merged> ofOne(Wanted wanted) {
    JsonObject query =
        wanted
            .query
            .copy()
            .put("sort", wanted.sort)
            .put("descending", wanted.descending)
            .put("skip", wanted.start)
            .put("limit", wanted.max);
    return questions
        .ask(query)
        .map(
            gathered -> {
              List<JsonObject> entries = new ArrayList<>();
              for (Part part : gathered.parts()) {
                part.body()
                    .getJsonArray(wanted.list, new JsonArray())
                    .forEach(entry -> entries.add((JsonObject) entry));
              }
              return merged(gathered, entries, gathered.silent());
            });
  }

  private static List<Place> merge(List<Part> parts, Wanted wanted) {
    List<JsonArray> keys = new ArrayList<>();
    parts.forEach(part -> keys.add(part.body().getJsonArray("keys", new JsonArray())));
    Comparator<Object> order = wanted.descending ? MergedList::compareDown : MergedList::compare;
    int[] next = new int[parts.size()];
    List<Place> places = new ArrayList<>();
    for (long rank = 0; rank < wanted.start + wanted.max; rank++) {
      int best = -1;
      for (int p = 0; p < next.length; p++) {
        boolean more = next[p] < keys.get(p).size();
        if (more
            && (best < 0
                || order.compare(keys.get(p).getValue(next[p]), keys.get(best).getValue(next[best]))
                    < 0)) {
          best = p;
        }
      }
      if (best < 0) {
        break;
      }
      if (rank >= wanted.start) {
        places.add(new Place(best, next[best]));
      }
      next[best]++;
    }
    return places;
  }

  private static int compareDown(Object a, Object b) {
    return compare(b, a);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Double || b instanceof Double) {
      return a instanceof Number x && b instanceof Number y
          ? Double.compare(x.doubleValue(), y.doubleValue())
          : 0;
    }
    if (a instanceof Number x && b instanceof Number y) {
      return Long.compare(x.longValue(), y.longValue());
    }
    return String.valueOf(a).compareTo(String.valueOf(b));
  }

  private static Merged pick(Gathered gathered, List<Place> places, String list) {
    List<JsonObject> entries = new ArrayList<>();
    for (Place place : places) {
      JsonArray own = gathered.parts().get(place.part).body().getJsonArray(list, new JsonArray());
      if (place.rank < own.size()) {
        entries.add(own.getJsonObject(place.rank));
      }
    }
    return merged(gathered, entries, gathered.silent());
  }

  private Future<Merged> fetch(
      Gathered gathered, List<Place> places, JsonObject query, String list) {
    List<Future<List<JsonObject>>> shares = new ArrayList<>();
    List<Silent> silent = new ArrayList<>(gathered.silent());
    for (int p = 0; p < gathered.parts().size(); p++) {
      int part = p;
      int target = gathered.parts().get(p).partition();
      int from = places.stream().filter(x -> x.part == part).mapToInt(x -> x.rank).min().orElse(0);
      int count = (int) places.stream().filter(x -> x.part == part).count();
      shares.add(
          share(target, query.copy().put("count", false), list, from, count, new ArrayList<>())
              .otherwise(
                  cause -> {
                    silent.add(questions.silence(target, cause));
                    return List.of();
                  }));
    }
    return Future.all(shares)
        .map(
            done -> {
              int[] next = new int[shares.size()];
              List<JsonObject> entries = new ArrayList<>();
              for (Place place : places) {
                List<JsonObject> own = shares.get(place.part).result();
                if (next[place.part] < own.size()) {
                  entries.add(own.get(next[place.part]++));
                }
              }
              return merged(gathered, entries, silent);
            });
  }

  /** The rows of one partition, at most so many at a time. */
  private Future<List<JsonObject>> share(
      int target, JsonObject query, String list, int from, int count, List<JsonObject> into) {
    if (count == 0) {
      return Future.succeededFuture(into);
    }
    int now = Math.min(count, MOST_AT_ONCE);
    return questions
        .ask(target, query.copy().put("show", "entries").put("skip", from).put("limit", now))
        .compose(
            answer -> {
              JsonArray rows = answer.getJsonArray(list, new JsonArray());
              rows.forEach(row -> into.add((JsonObject) row));
              boolean more = rows.size() == now;
              return share(target, query, list, from + now, more ? count - now : 0, into);
            });
  }

  private static Merged merged(Gathered gathered, List<JsonObject> entries, List<Silent> silent) {
    long matches = 0;
    long all = 0;
    for (Part part : gathered.parts()) {
      matches += part.body().getLong("matches", 0L);
      all += part.body().getLong("entries", 0L);
    }
    return new Merged(entries, matches, all, List.copyOf(silent));
  }
}
