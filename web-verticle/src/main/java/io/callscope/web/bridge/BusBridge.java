package io.callscope.web.bridge;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What programs that are no part of the event bus get of it: WebSockets by the protocol of Vert.x's
 * bridge, to listen to the addresses that {@code docs/bus.md} offers and for nothing else. On the
 * web server's context.
 */
public final class BusBridge {
  /** Below it are the WebSockets, with the frames of SockJS or without. */
  public static final String PATH = "/bus/";

  static final int MOST_CLIENTS = 64;
  private static final long LOOK_MILLIS = 2000;

  /** Below the time after which a connection counts as dead that nothing is written to. */
  private static final int PING_TIMEOUT_MILLIS = 35_000;

  private static final int MAX_ADDRESS_LENGTH = 100;

  /** RFC 6455 §7.4.1: a policy was violated. */
  private static final int POLICY = 1008;

  private static final Pattern OFFERED = Pattern.compile("/bus/(info|([^/]+/[^/]+/)?websocket)");

  private static final Set<String> ADDRESSES =
      Stream.concat(
              Stream.of(Addresses.COUNTERS, Addresses.SOURCES),
              Arrays.stream(EventType.values()).map(Addresses::event))
          .collect(Collectors.toUnmodifiableSet());

  private final Predicate<RoutingContext> mayGoOn;
  private final BridgeCounters counters;
  private final Set<SockJSSocket> clients = new HashSet<>();

  private BusBridge(Predicate<RoutingContext> mayGoOn, BridgeCounters counters) {
    this.mayGoOn = mayGoOn;
    this.counters = counters;
  }

  /**
   * Adds it to a router, behind what tells who asks.
   *
   * @param mayGoOn whether who has connected may still listen; asked now and then
   */
  public static void addTo(
      Router router, Vertx vertx, Predicate<RoutingContext> mayGoOn, BridgeCounters counters) {
    BusBridge bridge = new BusBridge(mayGoOn, counters);
    vertx.setPeriodic(LOOK_MILLIS, id -> bridge.look());
    SockJSHandlerOptions transports =
        new SockJSHandlerOptions()
            .setInsertJSESSIONID(false)
            // What works without WebSockets would need its own bounds, and cookies of its own.
            .addDisabledTransport("XHR")
            .addDisabledTransport("EVENT_SOURCE")
            .addDisabledTransport("HTML_FILE")
            .addDisabledTransport("JSON_P");
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .setPingTimeout(PING_TIMEOUT_MILLIS)
            .setMaxAddressLength(MAX_ADDRESS_LENGTH)
            .setMaxHandlersPerSocket(ADDRESSES.size());
    ADDRESSES.forEach(
        address -> options.addOutboundPermitted(new PermittedOptions().setAddress(address)));
    router
        .route(PATH + "*")
        .subRouter(SockJSHandler.create(vertx, transports).bridge(options, bridge::on));
  }

  /** Whether a path below {@link #PATH} leads to a WebSocket. */
  public static boolean offers(String path) {
    return OFFERED.matcher(path).matches();
  }

  private void on(BridgeEvent event) {
    SockJSSocket client = event.socket();
    switch (event.type()) {
      case SOCKET_CREATED -> event.complete(opened(client));
      case SOCKET_CLOSED -> {
        clients.remove(client);
        counters.clients(clients.size());
        event.complete(true);
      }
      case RECEIVE -> event.complete(passes(client, event.getRawMessage()));
      case REGISTER -> event.complete(mayListen(client, event.getRawMessage()));
      case SEND, PUBLISH -> {
        counters.refused();
        event.complete(false);
        cutOff(client, "this bridge only tells");
      }
      case REGISTERED -> {
        tell(client, new JsonObject().put("type", "registered").put("address", address(event)));
        event.complete(true);
      }
      case SOCKET_PING -> {
        if (keepsUp(client)) {
          tell(client, new JsonObject().put("type", "pong"));
        }
        event.complete(true);
      }
      default -> event.complete(true);
    }
  }

  private static Object address(BridgeEvent event) {
    return event.getRawMessage().getValue("address");
  }

  /** Clients of SockJS have no use for what its protocol does not know. */
  private void tell(SockJSSocket client, JsonObject frame) {
    if (clients.contains(client) && client.uri().equals(PATH + "websocket")) {
      client.write(frame.toBuffer());
    }
  }

  private boolean opened(SockJSSocket client) {
    if (clients.size() >= MOST_CLIENTS) {
      counters.turnedAway();
      return false;
    }
    clients.add(client);
    counters.clients(clients.size());
    return true;
  }

  /** One that does not read misses what it does not take; it is sent once and forgotten. */
  private boolean passes(SockJSSocket client, JsonObject frame) {
    if (!clients.contains(client)) {
      return false; // it has gone, what was on its way to it comes to nothing
    }
    if (client.writeQueueFull()) {
      counters.missed();
      return false;
    }
    if (frame.getValue("body") instanceof CallEvent event) {
      frame.put("body", EventJson.of(event));
    }
    counters.sent();
    return true;
  }

  private boolean mayListen(SockJSSocket client, JsonObject frame) {
    boolean offered = ADDRESSES.contains(frame.getValue("address"));
    if (!offered) {
      counters.refused();
    }
    return keepsUp(client) && offered;
  }

  /** Who asks for more without reading the answers would fill our memory with them. */
  private boolean keepsUp(SockJSSocket client) {
    if (!clients.contains(client)) {
      return false;
    }
    if (client.writeQueueFull()) {
      cutOff(client, "the answers are not read");
      return false;
    }
    return true;
  }

  private void cutOff(SockJSSocket client, String why) {
    if (clients.remove(client)) {
      counters.clients(clients.size());
      client.close(POLICY, why);
    }
  }

  private void look() {
    for (SockJSSocket client : List.copyOf(clients)) {
      if (!mayGoOn.test(client.routingContext())) {
        cutOff(client, "logged out");
      }
    }
  }
}
