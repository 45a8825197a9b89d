package io.callscope.web.cluster;

import io.callscope.bus.Addresses;
import io.callscope.web.about.AboutPages;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Questions;
import io.callscope.web.gather.Questions.Target;
import io.vertx.core.Vertx;
import java.util.List;

/** The processes of a cluster, to be asked for their options. */
public record ClusterProcesses(Vertx vertx, ClusterWatch watch) implements AboutPages.Processes {
  private static final String SERVICE = "process";

  @Override
  public List<String> names() {
    return watch.members().processes();
  }

  @Override
  public String own() {
    return watch.own();
  }

  @Override
  public Current of(String process) {
    Target target =
        process.isEmpty()
            ? new Target(Addresses.query(SERVICE), "the process")
            : ClusterWatch.target(SERVICE, process);
    return new Current(new Questions(vertx, List.of(target)));
  }
}
