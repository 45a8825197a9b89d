package io.callscope.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, looking at one server. */
final class Browser implements AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  /** A machine may have other things to do. */
  private static final Duration SCRIPT_PATIENCE = Duration.ofMinutes(2);

  private static final String AXE = read("/axe.min.js");

  private final ChromeDriver driver;
  private final String base;

  /**
   * @param scripts whether pages may run scripts
   */
  Browser(int port, boolean scripts) {
    File chromium = find("chromium", "chromium-browser", "google-chrome");
    File chromedriver = find("chromedriver");
    assumeTrue(chromium != null && chromedriver != null, "chromium and chromedriver are here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .withEnvironment(Map.of("TZ", "Asia/Tokyo"))
                .build(),
            options);
    driver.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
    base = "http://127.0.0.1:" + port;
  }

  private static File find(String... names) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String name : names) {
        File file = Path.of(folder, name).toFile();
        if (file.canExecute()) {
          return file;
        }
      }
    }
    return null;
  }

  private static String read(String resource) {
    try (InputStream in = Browser.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Browser open(String path) {
    driver.get(base + path);
    return this;
  }

  void openAt(int port, String path) {
    openAt("127.0.0.1", port, path);
  }

  /** By another name of this machine no cookie comes along. */
  void openAt(String host, int port, String path) {
    driver.get("http://" + host + ":" + port + path);
  }

  /** Makes pages so many pixels wide, as a telephone would show them. */
  void resize(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Has pages choose their dark colours, or their light ones; at once, without fading over. */
  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-reduced-motion", "value", "reduce"),
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /**
   * What makes the page wider than the window, a few elements of it; none if it needs no sideways
   * scrolling. What is wide may scroll in a frame of its own.
   */
  @SuppressWarnings("unchecked")
  List<String> tooWide() {
    return (List<String>)
        run(
            """
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) {
              return [];
            }
            const wide = [...document.querySelectorAll("body *")]
              .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 0.5 && !e.closest(".scroll, .ladder, pre"))
              .slice(0, 4).map((e) => e.outerHTML.slice(0, 120));
            return [root.scrollWidth + " of " + root.clientWidth, ...wide];
            """);
  }

  /** What a reader can see of how the page is made up: headings, tables, forms; no figures. */
  @SuppressWarnings("unchecked")
  List<String> skeleton() {
    return (List<String>)
        run(
            """
            const seen = [...document.querySelectorAll(
                "main :is(h1, h2, h3, caption, thead th, dt, legend, label, button[type=submit])")]
              .filter((e) => e.checkVisibility())
              .map((e) => e.tagName + " " + e.textContent.trim().replace(/\\s+/g, " ").replace(/\\d+/g, "0"));
            const rows = document.querySelectorAll("main tbody tr").length > 0;
            return [...seen, rows ? "rows" : "no rows"];
            """);
  }

  /**
   * From now on every page notes what ran, or tried to, that is no script of ours: dialogs, and
   * what the policy of the page held up.
   */
  Browser watch() {
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            """
            window.noted = [];
            for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
              window[name] = (what) => { window.noted.push(name + " " + what); };
            }
            document.addEventListener("securitypolicyviolation",
              (e) => window.noted.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));
            """));
    return this;
  }

  /** What was noted on this page since it was opened. */
  @SuppressWarnings("unchecked")
  List<String> noted() {
    return (List<String>) driver.executeScript("return window.noted");
  }

  /** Gives a field of a form a value: types it, or chooses or ticks it. */
  void fill(String field, String value) {
    WebElement element = one(field);
    switch (element.getTagName()) {
      case "select" -> element.findElement(By.cssSelector("option[value='" + value + "']")).click();
      default -> {
        if ("checkbox".equals(element.getDomAttribute("type"))) {
          if (element.isSelected() != value.equals("1")) {
            element.click();
          }
        } else {
          if (!"file".equals(element.getDomAttribute("type"))) {
            element.clear();
          }
          element.sendKeys(value);
        }
      }
    }
  }

  /** Sends the form of a field, and waits for the page that answers. */
  void submit(String field) {
    WebElement button = one(field).findElement(By.xpath("ancestor::form//button[@type='submit']"));
    run("window.left = true");
    button.click();
    await(
        "the page that answers",
        () -> (boolean) run("return !window.left && document.readyState === 'complete'"));
  }

  String title() {
    return driver.getTitle();
  }

  String path() {
    return driver.getCurrentUrl().substring(base.length());
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  String text(String selector) {
    return one(selector).getText();
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until something is so. */
  void await(String what, Supplier<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.get()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /**
   * What the console said of errors, violations of the policy and missing files since the last
   * time.
   */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      complaints.add(entry.getLevel() + " " + entry.getMessage());
    }
    return complaints;
  }

  /**
   * Faults of accessibility that are serious or worse, one line each. Of a long table the first
   * rows stand for the others, which are taken out.
   */
  @SuppressWarnings("unchecked")
  List<String> accessibilityFaults() {
    driver.executeScript(AXE);
    return (List<String>)
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            document.querySelectorAll("tbody tr:nth-child(n + 21)").forEach((row) => row.remove());
            axe.run(document, { resultTypes: ["violations"] }).then((result) => done(
              result.violations
                .filter((v) => v.impact === "serious" || v.impact === "critical")
                .flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ": " + n.html.slice(0, 160) + " " + n.failureSummary))));
            """);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
