package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program as a user runs it: a process of its own; closed with the test. */
public final class Program implements AutoCloseable {
  private static final int FIRST_PORT = 20_000;
  private static final int FIRST_EPHEMERAL_PORT = 32_000;

  public static final Path DEMO = Path.of("..", "testdata", "captures", "demo.pcap");
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path folder;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> java = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");
  private Process process;

  /**
   * @param folder takes what it prints
   */
  public Program(Path folder) {
    this.folder = folder;
  }

  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Leaves jars of such names out of its class path. */
  public Program without(String... names) {
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(path -> Arrays.stream(names).noneMatch(path::contains))
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  /** Runs it by another program, which takes the command behind its own arguments. */
  public Program by(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  /** Adds options for Java. */
  public Program java(String... options) {
    java.addAll(List.of(options));
    return this;
  }

  public Program start(String... options) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, "-Xmx256m"));
    command.addAll(java);
    command.add("io.callscope.launcher.Main");
    command.addAll(Arrays.asList(options));
    return startCommand(command);
  }

  /** Starts it as it is installed. */
  public Program startCommand(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    return this;
  }

  /** Waits for its end and returns its exit code. */
  public int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    return process.exitValue();
  }

  public int run(String... options) throws Exception {
    start(options);
    return end();
  }

  /** Waits until it is gone, however it ended. */
  public void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
  }

  long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as the system does where memory is short. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends it a signal: STOP, CONT. */
  public void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  /** Sends it SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  public String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Below those that the system gives to connections: one of these is taken at any time. */
  public static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // taken: another one
      }
    }
  }

  public HttpResponse<String> get(int port, String path, String accept) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until the report of the end of the input is out. */
  public void awaitReport() throws Exception {
    await("SIP messages/s");
    await("Replies:");
  }

  /** Waits until it has printed a text. */
  public void await(String text) throws Exception {
    await(() -> out().contains(text) || err().contains(text));
  }

  /** Waits until its web server answers. */
  public void awaitPages(int port) throws Exception {
    await(
        () -> {
          try {
            return get(port, "/health/ready", "*/*").statusCode() == 200;
          } catch (ConnectException e) {
            return false;
          }
        });
  }

  /** Waits until something is so. */
  public void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(process.isAlive()).as(err()).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
