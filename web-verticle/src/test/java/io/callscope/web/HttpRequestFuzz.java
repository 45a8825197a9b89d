package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.fuzz.FuzzInput;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths with any parameters, in each form of answer: refused or answered, never a fault of ours.
 */
public final class HttpRequestFuzz {
  private static final String[] ACCEPT = {"text/html", "text/plain", "application/json"};

  /** What markup of the fuzzer's own would look like in a page. */
  private static final String MARKUP = "<fuzz>";

  private static TestSite site;
  private static List<String> paths;

  private HttpRequestFuzz() {}

  /** Started once: an input a server would be too slow. Daemon threads end with the process. */
  private static synchronized void start() {
    if (site == null) {
      site = new TestSite(1);
      site.services.partition(0, FakeServices.call("0-1", "a@h", 1));
      site.start();
      paths = new ArrayList<>(site.routes().paths(false));
      paths.removeIf(path -> path.contains("stream") || path.contains("pprof"));
      paths.add("/calls/");
      paths.add("/api/v1/calls/");
    }
  }

  /**
   * Jazzer calls it before the first input, whose time would else be that of the server's start and
   * of all that each page loads when it is first asked for.
   */
  public static void fuzzerInitialize() throws Exception {
    for (byte[] seed : seeds()) {
      fuzzerTestOneInput(seed);
    }
  }

  /** Which path, which form, then lines: the rest of the path, names and values of parameters. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    start();
    FuzzInput in = new FuzzInput(input);
    String path = paths.get(in.uint8() % paths.size());
    String accept = ACCEPT[in.uint8() % ACCEPT.length];
    String[] lines = new String(in.rest(), StandardCharsets.UTF_8).split("\n", 20);
    StringBuilder uri = new StringBuilder(path);
    uri.append(path.endsWith("/") ? encoded(lines[0]) : "").append('?');
    for (int i = 1; i < lines.length; i++) {
      uri.append(i == 1 ? "" : "&").append(encodedPair(lines[i]));
    }
    if (uri.length() > 8000) {
      return; // beyond what a head may have: refused before any page sees it
    }
    HttpResponse<String> response = site.get(uri.toString(), "Accept", accept);
    assertThat(response.statusCode()).as("%s: %s", uri, response.body()).isNotEqualTo(500);
    String type = response.headers().firstValue("content-type").orElse("");
    assertThat(type.startsWith("text/html") && response.body().contains(MARKUP)).isFalse();
  }

  private static String encodedPair(String line) {
    int equals = line.indexOf('=');
    return equals < 0
        ? encoded(line)
        : encoded(line.substring(0, equals)) + "=" + encoded(line.substring(equals + 1));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static List<byte[]> seeds() {
    start();
    List<byte[]> seeds = new ArrayList<>();
    String[] parameters = {
      "x\nn=5\ncall_id=a\nre=a.*b\nsort=-created\noffset=1",
      "a%40h\nformat=json\nlimit=9999999999999999999\nfrom=<fuzz>",
      "\nd=1m30s\nmax=-1\nnz\nrecursive=1\nt0=10s\ngrp=calls"
    };
    for (int path = 0; path < paths.size(); path++) {
      String lines = parameters[path % parameters.length];
      seeds.add(("" + (char) path + (char) (path % 3) + lines).getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }
}
