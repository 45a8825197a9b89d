package io.callscope.web.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which page answers a path. Paths are matched as they stand, undecoded: a Call-ID may hold
 * anything, an encoded slash too.
 */
public final class Routes {
  /** Below it stands the JSON of the pages, whatever a request accepts. */
  public static final String API = "/api/v1";

  private final Map<String, Route> exact = new HashMap<>();
  private final List<Below> below = new ArrayList<>();

  /** What a path takes. */
  enum Takes {
    /** Parameters in the query. */
    QUERY,
    /** Parameters in the query or a form body; changes nothing. */
    FORM,
    /** The same, and parameters change something. */
    ACTION
  }

  /** What answers a path: a page, or an exchange that writes its answer itself. */
  record Route(Page page, Exchange exchange, Takes takes) {}

  /** A route with the part of the path that is its own. */
  record Found(Route route, String rest) {}

  private record Below(String prefix, String suffix, Route route) {
    String rest(String path) {
      if (!path.startsWith(prefix)
          || !path.endsWith(suffix)
          || path.length() <= prefix.length() + suffix.length()) {
        return "";
      }
      String rest = path.substring(prefix.length(), path.length() - suffix.length());
      return rest.indexOf('/') < 0 ? rest : "";
    }
  }

  /** A page that only shows. */
  public void page(String path, Page page) {
    add(path, new Route(page, null, Takes.QUERY));
  }

  /** The same with its JSON below {@link #API}. */
  public void page(String path, String apiPath, Page page) {
    page(path, page);
    page(API + apiPath, page);
  }

  /** A page that only shows and takes its parameters from a form body too. */
  public void form(String path, String apiPath, Page page) {
    Route route = new Route(page, null, Takes.FORM);
    add(path, route);
    add(API + apiPath, route);
  }

  /**
   * A page whose parameters change something. A POST acts, and so does a GET with parameters, as
   * scripts send it; both only if the {@link Guard} lets them. {@link Asked#acts()} tells the page.
   */
  public void actions(String path, String apiPath, Page page) {
    Route route = new Route(page, null, Takes.ACTION);
    add(path, route);
    add(API + apiPath, route);
  }

  /** An action that writes its answer itself. */
  public void actions(String path, Exchange exchange) {
    add(path, new Route(null, exchange, Takes.ACTION));
  }

  /** A path that writes its answer itself: a stream, a download. */
  public void exchange(String path, Exchange exchange) {
    add(path, new Route(null, exchange, Takes.QUERY));
  }

  /** Pages of which one undecoded part of the path is a value, {@link Asked#rest()}. */
  public void below(String prefix, String suffix, Page page) {
    below.add(new Below(prefix, suffix, new Route(page, null, Takes.QUERY)));
  }

  /** The same for exchanges. */
  public void below(String prefix, String suffix, Exchange exchange) {
    below.add(new Below(prefix, suffix, new Route(null, exchange, Takes.QUERY)));
  }

  private void add(String path, Route route) {
    if (exact.put(path, route) != null) {
      throw new IllegalArgumentException("two answers for " + path);
    }
  }

  /** The paths whose parameters change something, or those whose do not; whole paths alone. */
  public List<String> paths(boolean actions) {
    return exact.keySet().stream()
        .filter(path -> (exact.get(path).takes() == Takes.ACTION) == actions)
        .sorted()
        .toList();
  }

  /** The paths of which one part is a value, with {@code *} in its place. */
  public List<String> patterns() {
    return below.stream().map(one -> one.prefix() + "*" + one.suffix()).sorted().toList();
  }

  /** The route of a path, or null. */
  Found find(String path) {
    Route route = exact.get(path);
    if (route != null) {
      return new Found(route, "");
    }
    Found best = null;
    for (Below one : below) {
      String rest = one.rest(path);
      if (!rest.isEmpty() && (best == null || rest.length() < best.rest.length())) {
        best = new Found(one.route, rest);
      }
    }
    return best;
  }
}
