package io.callscope.web;

import io.callscope.web.counters.Boards;
import io.callscope.web.health.Health;
import io.callscope.web.http.Assets;
import io.callscope.web.http.Frames;
import io.callscope.web.http.Paths;
import io.callscope.web.http.Templates;
import io.callscope.web.http.Visitor;
import io.callscope.web.security.Security;
import io.vertx.ext.web.RoutingContext;

/** Navigation, health strip and assets around each page. */
record SiteFrames(WebConfig config, Boards boards, Assets assets, Security security)
    implements Frames {
  @Override
  public Templates.Frame of(RoutingContext context, String title) {
    String path = context.request().path();
    Visitor visitor = security.visitor(context);
    Health health = visitor.known() ? boards.health() : Health.unseen();
    return new Templates.Frame(
        title,
        config.version(),
        config.uptime().text(),
        assets,
        health.state().style(),
        health.text(),
        health.isHoldingBack(),
        visitor,
        Paths.LINKS.stream()
            .filter(link -> visitor.known() && link.main())
            .map(link -> new Templates.Nav(link.path(), link.name(), link.path().equals(path)))
            .toList());
  }
}
