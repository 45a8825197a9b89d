package io.callscope.web;

import io.callscope.web.counters.Boards;
import io.callscope.web.health.Health;
import io.callscope.web.http.Assets;
import io.callscope.web.http.Frames;
import io.callscope.web.http.Paths;
import io.callscope.web.http.Templates;
import io.vertx.ext.web.RoutingContext;

/** Navigation, health strip and assets around each page. */
record SiteFrames(WebConfig config, Boards boards, Assets assets) implements Frames {
  @Override
  public Templates.Frame of(RoutingContext context, String title) {
    String path = context.request().path();
    Health health = boards.health();
    return new Templates.Frame(
        title,
        config.version(),
        config.uptime().text(),
        assets,
        health.state().style(),
        health.text(),
        "",
        Paths.LINKS.stream()
            .filter(Paths.Link::main)
            .map(link -> new Templates.Nav(link.path(), link.name(), link.path().equals(path)))
            .toList());
  }
}
