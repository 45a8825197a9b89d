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
          new Link("/regs/list", "Registrations", "who is registered where", true),
          new Link("/events", "Events", "what happened, newest first", true),
          new Link("/events/live", "Live", "events as they happen", true),
          new Link("/evrateblst/list", "Rates", "events of each type from each address", true),
          new Link("/ipfix/list", "SBCs", "connections of the IPFIX collector", true),
          new Link("/cluster", "Cluster", "processes, and what each of them does", true),
          new Link("/stats", "Statistics", "packets and messages by topic", true),
          new Link("/counters", "Counters", "every counter of every service", true),
          new Link("/inject", "Inject", "put in messages or a capture by hand", true),
          new Link("/about/config", "Configuration", "each option in effect and its origin", true),
          new Link("/api", "API", "the same for programs", true),
          new Link("/about", "About", "version and system", true),
          new Link("/calls", "Call tables", "how full they are", false),
          new Link("/calls/list/query", "Query calls", "a form", false),
          new Link("/calls/timeout", "Call timeouts", "how long a call may stay in a state", false),
          new Link("/regs", "Registration tables", "how full they are", false),
          new Link("/regs/list/query", "Query registrations", "a form", false),
          new Link("/regs/cfg", "Registration settings", "grace, delay, ports", false),
          new Link("/events/query", "Query events", "a form", false),
          new Link("/events/blst", "Event types", "which are dropped", false),
          new Link("/evrateblst", "Rate table", "how full it is", false),
          new Link("/evrateblst/list/query", "Query rates", "a form", false),
          new Link("/evrateblst/rates", "Rate limits", "limits and intervals", false),
          new Link("/evrateblst/forcegc", "Collect rates", "remove idle entries now", false),
          new Link("/evrateblst/gccfg1", "Rate collection", "in the background", false),
          new Link("/evrateblst/gccfg2", "Rate collection", "under pressure", false),
          new Link("/stats/avg", "Averages", "the statistics over the whole run", false),
          new Link("/stats/rate", "Rates of statistics", "over a second to an hour", false),
          new Link("/stats/raw", "Raw statistics", "one counter a line", false),
          new Link("/counters/avg", "Averages of counters", "over the whole run", false),
          new Link("/pcapdump", "Dump of calls", "a file of each call: on, off, filter", false),
          new Link("/tcp/timeouts", "TCP timeouts", "how long streams wait", false),
          new Link("/debug/forcetimeout", "Force timeouts", "let everything expire", false),
          new Link("/debug/options", "Logging", "levels and options", false),
          new Link("/debug/vars", "Variables", "all counters as one JSON object", false),
          new Link("/debug/pprof/", "Profiles", "threads, heap, flight recording", false));

  private Paths() {}
}
