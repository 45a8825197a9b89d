package io.callscope.web.http;

import java.util.List;

/** The pages that others link to. */
public final class Paths {
  /** A page with what it is for. */
  public record Link(String path, String name, String about, boolean main) {}

  public static final List<Link> LINKS =
      List.of(
          new Link("/", "Dashboard", "how it goes, at a glance", true),
          new Link("/calls/list", "Calls", "the calls tracked now, with filters", true),
          new Link("/events", "Events", "what happened, newest first", true),
          new Link("/events/live", "Live", "events as they happen", true),
          new Link("/counters", "Counters", "every counter of every service", true),
          new Link("/stats", "Statistics", "packets and messages by topic", true),
          new Link("/stats/raw", "Raw statistics", "the same, one counter a line", false),
          new Link("/calls", "Call tables", "how full the tables are", false),
          new Link("/about/config", "Configuration", "each option in effect and its origin", true),
          new Link("/api", "API", "the same for programs", true),
          new Link("/about", "About", "version and system", true));

  private Paths() {}
}
