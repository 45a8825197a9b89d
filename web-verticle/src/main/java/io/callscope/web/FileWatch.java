package io.callscope.web;

import io.callscope.web.security.Security;
import io.callscope.web.server.FileChanges;
import io.callscope.web.server.Listener;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Users and certificates may change while it runs: their files are looked at now and then. */
final class FileWatch {
  private static final long LOOK_MILLIS = 1000;

  private FileWatch() {}

  static void start(
      Vertx vertx, WorkerExecutor workers, WebConfig config, Security security, Listener listener) {
    FileChanges users = new FileChanges();
    FileChanges tls = new FileChanges();
    List<Path> usersFiles = paths(config.security().usersFile());
    List<Path> tlsFiles = paths(config.server().certificateFile(), config.server().keyFile());
    users.any(usersFiles);
    tls.any(tlsFiles);
    vertx.setPeriodic(
        LOOK_MILLIS,
        id -> {
          workers.executeBlocking(
              () -> {
                if (users.any(usersFiles)) {
                  security.reload();
                }
                return null;
              });
          workers
              .executeBlocking(() -> tls.any(tlsFiles))
              .onSuccess(
                  changed -> {
                    if (changed) {
                      listener.reloadTls();
                    }
                  });
        });
  }

  private static List<Path> paths(String... files) {
    return Stream.of(files).filter(file -> !file.isEmpty()).map(Path::of).toList();
  }
}
