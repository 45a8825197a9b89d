package io.callscope.ipfix;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.Outlet;
import io.callscope.bus.ProcessName;
import io.callscope.bus.ServiceFailedException;
import io.callscope.bus.SourceStatus;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.net.Ends;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code ipfix}: listens for SBCs, hands what their connections bring to a thread of
 * its own that decodes it and requests {@link Addresses#sip} of each partition. While the
 * partitions do not keep up, it reads no more from the connections, and TCP makes the SBCs wait.
 * Several instances share a port.
 */
public final class IpfixVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(IpfixVerticle.class);
  private static final String SERVICE = "ipfix";
  private static final long STATUS_PERIOD_MILLIS = 1000;
  private static final int BACKLOG = 1024;

  /** When stopped, longest work on what was read. */
  private static final long STOP_MILLIS = 2500;

  private final IpfixConfig config;
  private final IpfixCounters counters = new IpfixCounters();
  private final SipCounters sipCounters = new SipCounters();
  private final FeedCounters feedCounters = new FeedCounters();
  private final SourceTime time = new SourceTime();
  private final Handover handover;
  private final Admission admission;
  private final Set<NetSocket> paused = new HashSet<>();
  private final Promise<Void> ended = Promise.promise();
  private final long startNanos = System.nanoTime();
  private Outlet outlet;
  private DumpFeed dumpFeed;
  private CounterPublisher publisher;
  private CollectorThread thread;
  private NetServer server;
  private String listening;
  private long timer;

  public IpfixVerticle(IpfixConfig config) {
    this.config = config;
    handover = new Handover(config.handoverBytes());
    admission = new Admission(config.maxConnections());
  }

  /** Done when SBCs can connect. */
  @Override
  public Future<?> start() {
    outlet =
        new Outlet(
            vertx, context, config.partitions(), config.creditsPerPartition(), config.dump());
    dumpFeed = DumpFeed.to(outlet.dump(), config.source(), Overflow.DROP);
    SipFeed feed =
        new SipFeed(
            config.source(),
            config.partitions(),
            time,
            outlet.partitions(),
            outlet.pool(),
            feedCounters,
            Overflow.WAIT,
            dumpFeed);
    thread = collecting(feed);
    publisher = new CounterPublisher(vertx, SERVICE, config.instance(), this::groups);
    Future<?> questions =
        Answers.listen(
            vertx,
            SERVICE,
            new ProcessName(ProcessName.of(config.instance())),
            question -> config.registry().ask(Answers.fields(question), Answers.to(question)));
    return Future.all(questions, publisher.start(), outlet.start()).compose(ready -> listen());
  }

  private CollectorThread collecting(SipFeed feed) {
    RecordClock clock = new RecordClock(time, counters, sipCounters);
    SipIntake intake = new SipIntake(feed, clock, counters, sipCounters);
    Collector collector = new Collector(config.settings(), intake, counters, config.registry());
    CollectorLoop loop =
        new CollectorLoop(
            collector,
            feed,
            handover,
            admission,
            counters,
            () -> context.runOnContext(ignored -> resume()),
            IpfixVerticle::wallNanos,
            System::nanoTime);
    return new CollectorThread(
        config.instance(),
        loop,
        collector,
        feed,
        config.partitions() + config.dump().workers(),
        outlet::awaitAcknowledged,
        new CollectorEnd());
  }

  private List<CounterGroup> groups() {
    List<CounterGroup> groups = new ArrayList<>();
    groups.add(counters.group());
    groups.add(sipCounters.group());
    groups.add(feedCounters.group());
    if (config.dump().workers() > 0) {
      groups.add(dumpFeed.counters().group());
    }
    groups.addAll(outlet.counterGroups());
    return groups;
  }

  private Future<?> listen() {
    ListenAddress address = ListenAddress.parse(config.address());
    if (address.droppedPort() != null) {
      LOG.warn(
          "ipfix_addr {}: its port is not used, ipfix_port is: {}",
          config.address(),
          config.port());
    }
    NetServerOptions options =
        new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpKeepAlive(true);
    server =
        vertx
            .createNetServer(options)
            .connectHandler(this::accept)
            .exceptionHandler(cause -> LOG.warn("a connection could not be accepted", cause));
    return vertx
        .executeBlocking(address::resolve)
        .compose(host -> server.listen(config.port(), host).map(bound -> host))
        .recover(
            cause ->
                Future.failedFuture(
                    "cannot listen on "
                        + address.text()
                        + ", port "
                        + config.port()
                        + ": "
                        + cause))
        .onSuccess(this::run);
  }

  private void run(String host) {
    listening = Ends.of(host, server.actualPort());
    config.registry().listens(listening);
    LOG.info("{} listens on {} for SBCs", config.instance(), listening);
    thread.start();
    publish(SourceStatus.State.RUNNING);
    timer = vertx.setPeriodic(STATUS_PERIOD_MILLIS, id -> publish(SourceStatus.State.RUNNING));
  }

  private void accept(NetSocket socket) {
    if (!config.allows(socket.remoteAddress().hostAddress())) {
      admission.notAllowed();
      refuse(socket, "ipfix_allow");
      return;
    }
    Remote remote =
        new Remote(
            config.registry().newId(),
            socket.remoteAddress().hostAddress(),
            socket.remoteAddress().port(),
            socket.localAddress().hostAddress(),
            socket.localAddress().port());
    Health health = new Health(remote, config.instance(), wallNanos());
    SocketPeer peer = new SocketPeer(socket);
    Connection connection = new Connection(peer, health);
    peer.connection = connection;
    if (!admission.admit(connection)) {
      refuse(socket, "ipfix_max_connections");
      return;
    }
    handover.put(new Handover.Opened(connection));
    socket.exceptionHandler(cause -> connection.broken = "broken: " + cause.getMessage());
    // The end comes behind all that was read; a close overtakes what is held back.
    socket.endHandler(end -> handover.put(new Handover.Closed(connection, connection.broken)));
    socket.closeHandler(closed -> admission.closed(connection));
    socket.handler(buffer -> read(socket, connection, buffer));
  }

  private void refuse(NetSocket socket, String option) {
    // Who tries on and on must not fill the log.
    if (Long.bitCount(admission.refused()) == 1) {
      LOG.warn(
          "{} may not connect ({}); {} refused so far",
          socket.remoteAddress(),
          option,
          admission.refused());
    }
    socket.close();
  }

  private void read(NetSocket socket, Connection connection, Buffer buffer) {
    if (handover.put(new Handover.Received(connection, buffer.getBytes()))) {
      socket.pause();
      paused.add(socket);
      if (handover.paused()) {
        resume();
      }
    }
  }

  private void resume() {
    // What a socket held back comes at once, and may make it pause again.
    List<NetSocket> all = List.copyOf(paused);
    paused.clear();
    all.forEach(NetSocket::resume);
  }

  /** The collector's way back to a socket. */
  private final class SocketPeer implements Peer {
    private final NetSocket socket;
    private Connection connection;

    SocketPeer(NetSocket socket) {
      this.socket = socket;
    }

    @Override
    public void send(byte[] message) {
      context.runOnContext(
          ignored -> {
            if (socket.writeQueueFull()) {
              admission.closeUnread(connection);
            } else {
              socket.write(Buffer.buffer(message));
            }
          });
    }

    @Override
    public void close() {
      context.runOnContext(ignored -> socket.close());
    }

    @Override
    public void ended() {
      admission.done();
    }
  }

  /** The collector's thread tells; that is heard on the event loop. */
  private final class CollectorEnd implements CollectorThread.Owner {
    @Override
    public void failed(Throwable cause) {
      String failed = config.instance() + " has stopped reading";
      context.runOnContext(
          ignored -> {
            throw new ServiceFailedException(failed, cause);
          });
    }

    @Override
    public void ended() {
      context.runOnContext(
          ignored -> {
            outlet.close();
            ended.complete();
          });
    }
  }

  /** Takes no more connections, works off what was read, and tells the SBCs by closing theirs. */
  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    config.registry().listensNoMore(listening);
    long late = vertx.setTimer(STOP_MILLIS, id -> thread.giveUp());
    return server
        .close()
        .compose(
            closed -> {
              handover.put(new Handover.Ended());
              return ended.future().timeout(2 * STOP_MILLIS, TimeUnit.MILLISECONDS);
            })
        .onFailure(cause -> LOG.warn("{} does not stop; left behind", config.instance()))
        .eventually(
            () -> {
              vertx.cancelTimer(late);
              publish(SourceStatus.State.ENDED);
              return publisher.stop();
            });
  }

  private void publish(SourceStatus.State state) {
    CounterGroup group = counters.group();
    SourceStatus status =
        new SourceStatus(
            config.source(),
            state,
            "",
            group.value(counters.pktsRcvd),
            group.value(counters.bytesRcvd),
            0,
            0,
            0,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
            0,
            0);
    vertx.eventBus().publish(Addresses.SOURCES, status.json());
  }

  private static long wallNanos() {
    return System.currentTimeMillis() * 1_000_000;
  }
}
