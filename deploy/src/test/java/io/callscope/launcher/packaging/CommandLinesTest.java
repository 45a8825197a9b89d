package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the files of the deployment tell the program, {@code -check} finds nothing wrong with.
 */
class CommandLinesTest {
  @TempDir Path folder;

  static Stream<Invocation> all() {
    return Stream.of(kubernetes(), compose(), SystemdUnits.invocations(), configs())
        .flatMap(some -> some);
  }

  private static Stream<Invocation> kubernetes() {
    return KubernetesTest.files()
        .map(Manifests::read)
        .flatMap(manifests -> manifests.workloads().stream().map(manifests::invocation));
  }

  private static Stream<Invocation> compose() {
    return ComposeTest.files()
        .flatMap(
            file ->
                ComposeTest.services(file).entrySet().stream()
                    .map(service -> ComposeTest.invocation(file, service)));
  }

  private static Stream<Invocation> configs() {
    return Deployment.files("config", ".yaml")
        .map(
            file ->
                new Invocation(
                    file.getFileName().toString(),
                    List.of("-config", file.toString()),
                    Map.of(),
                    Map.of(file.toString(), Deployment.text(file))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyCommandLineAndFileIsValid(Invocation invocation) throws Exception {
    Settings settings = invocation.settings(folder);
    assertThat(settings.isChanged(Options.CONFIG)).isTrue();
    assertThat(settings.get(Options.CALLS_MAX_ENTRIES)).as("a limit is set").isPositive();
  }
}
