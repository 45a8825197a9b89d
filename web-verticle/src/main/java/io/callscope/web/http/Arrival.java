package io.callscope.web.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one request while they come in. What is not written yet is bounded: the client waits
 * for the disk. On the server's context; what blocks is done by a worker, in order.
 */
final class Arrival {
  private static final Logger log = LoggerFactory.getLogger(Arrival.class);
  private static final int MOST_UNWRITTEN_BYTES = 256 * 1024;

  private final UploadHandler.NewFile newFile;
  private final WorkerExecutor workers;
  private final RoutingContext context;
  private final HttpServerRequest request;
  private final long mostBytes;
  private final Runnable broken;
  private final List<UploadedFile> files = new ArrayList<>();
  private final Promise<List<Upload>> whole = Promise.promise();
  private long bytes;
  private long unwritten;
  private boolean paused;

  /** All is there, or the request has ended some other way. */
  private boolean over;

  Arrival(
      UploadHandler.NewFile newFile,
      WorkerExecutor workers,
      RoutingContext context,
      long mostBytes,
      Runnable broken) {
    this.newFile = newFile;
    this.workers = workers;
    this.context = context;
    request = context.request();
    this.mostBytes = mostBytes;
    this.broken = broken;
  }

  /** Takes them in; there until the request has ended. Stays open if it ends before. */
  Future<List<Upload>> files() {
    context.addEndHandler(done -> remove());
    request.setExpectMultipart(true);
    request.uploadHandler(this::begins);
    request.handler(this::count);
    request.exceptionHandler(this::broken);
    request.endHandler(end -> ends());
    request.resume();
    return whole.future();
  }

  /** A step of a file, behind those before it. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private Future<Void> then(Step step) {
    return workers.<Void>executeBlocking(
        () -> {
          step.run();
          return null;
        },
        true);
  }

  private void begins(HttpServerFileUpload upload) {
    if (over) {
      return;
    }
    UploadedFile file = new UploadedFile(upload.filename());
    files.add(file);
    then(() -> file.open(newFile.make())).onFailure(this::notKept);
    upload.handler(piece -> write(file, piece));
    upload.endHandler(
        end -> {
          if (!over) {
            then(file::close).onFailure(this::notKept);
          }
        });
  }

  private void write(UploadedFile file, Buffer piece) {
    if (over) {
      return;
    }
    unwritten += piece.length();
    if (!paused && unwritten > MOST_UNWRITTEN_BYTES) {
      paused = true;
      request.pause();
    }
    byte[] copy = piece.getBytes();
    then(() -> file.write(copy)).onFailure(this::notKept).onComplete(done -> written(copy.length));
  }

  private void written(int length) {
    unwritten -= length;
    if (paused && (over || unwritten <= MOST_UNWRITTEN_BYTES / 2)) {
      paused = false;
      request.resume();
    }
  }

  private void count(Buffer piece) {
    bytes += piece.length();
    if (!over && bytes > mostBytes) {
      over = true;
      context.fail(413);
    }
  }

  private void broken(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    Bodies.fail(context, cause, broken);
  }

  private void notKept(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    log.warn("an upload could not be kept: {}", cause.getMessage());
    Refused.with(context, 507, "the upload could not be kept: there may be no room for it");
  }

  private void ends() {
    if (over) {
      return;
    }
    then(() -> {}).onSuccess(written -> complete());
  }

  /** Every step before it is done. */
  private void complete() {
    if (!over) {
      over = true;
      whole.complete(files.stream().map(UploadedFile::whole).toList());
    }
  }

  private void remove() {
    over = true;
    for (UploadedFile file : files) {
      then(file::delete)
          .onFailure(cause -> log.warn("an upload could not be deleted: {}", cause.getMessage()));
    }
  }
}
