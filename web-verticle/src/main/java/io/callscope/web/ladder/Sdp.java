package io.callscope.web.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gist of a session description (RFC 8866): what media, where to, which codecs. Takes any
 * bytes; what it cannot read it leaves out.
 */
final class Sdp {
  private static final int MOST_LINES = 500;
  private static final int MOST_STREAMS = 4;
  private static final int MOST_CODECS = 3;
  private static final int MOST_NAME = 20;

  /** The static payload types of audio and video that are in use (RFC 3551 §6). */
  private static final Map<String, String> STATIC_TYPES =
      Map.ofEntries(
          Map.entry("0", "PCMU"),
          Map.entry("3", "GSM"),
          Map.entry("4", "G723"),
          Map.entry("8", "PCMA"),
          Map.entry("9", "G722"),
          Map.entry("15", "G728"),
          Map.entry("18", "G729"),
          Map.entry("26", "JPEG"),
          Map.entry("31", "H261"),
          Map.entry("34", "H263"));

  private final List<Stream> streams = new ArrayList<>();
  private String address = "";
  private String direction = "";

  private static final class Stream {
    final String media;
    final String port;
    final boolean secure;
    final String[] types;
    final Map<String, String> names = new TreeMap<>();
    String address = "";
    String direction = "";

    Stream(String[] fields) {
      media = cut(fields[0]);
      port = fields[1].split("/", 2)[0];
      secure = fields[2].contains("SAVP");
      types = fields.length > 3 ? fields[3].split(" ") : new String[0];
    }
  }

  private Sdp() {}

  /** The gist of a body, empty if there is no session description in it. */
  static String gist(String body) {
    int start = body.startsWith("v=0") ? 0 : body.indexOf("\nv=0") + 1;
    if (start == 0 && !body.startsWith("v=0")) {
      return "";
    }
    Sdp sdp = new Sdp();
    body.substring(start).lines().limit(MOST_LINES).forEach(sdp::line);
    return sdp.text();
  }

  private void line(String line) {
    Stream stream = streams.isEmpty() ? null : streams.get(streams.size() - 1);
    if (line.startsWith("m=")) {
      String[] fields = line.substring(2).strip().split(" +", 4);
      if (fields.length >= 3 && streams.size() < 32) {
        streams.add(new Stream(fields));
      }
    } else if (line.startsWith("c=IN IP")) {
      String[] fields = line.strip().split(" +", 3);
      if (fields.length == 3) {
        place(stream, cut(fields[2].split("/", 2)[0]));
      }
    } else if (line.startsWith("a=rtpmap:") && stream != null) {
      String[] fields = line.substring(9).strip().split(" +", 2);
      if (fields.length == 2) {
        stream.names.put(fields[0], cut(fields[1].split("/", 2)[0]));
      }
    } else if (line.matches("a=(sendonly|recvonly|inactive|sendrecv)\\s*")) {
      String way = line.substring(2).strip();
      if (stream == null) {
        direction = way;
      } else {
        stream.direction = way;
      }
    }
  }

  private void place(Stream stream, String at) {
    if (stream == null) {
      address = at;
    } else {
      stream.address = at;
    }
  }

  private static String cut(String text) {
    return text.length() > 45 ? text.substring(0, 45) : text;
  }

  private String text() {
    List<String> parts = new ArrayList<>();
    for (Stream stream : streams.subList(0, Math.min(MOST_STREAMS, streams.size()))) {
      parts.add(text(stream));
    }
    int more = streams.size() - parts.size();
    if (more > 0) {
      parts.add("and " + more + " more");
    }
    return parts.isEmpty() ? "no media" : String.join("; ", parts);
  }

  private String text(Stream stream) {
    StringBuilder text = new StringBuilder(stream.media);
    if (stream.port.equals("0")) {
      return text.append(" refused").toString();
    }
    String at = stream.address.isEmpty() ? address : stream.address;
    text.append(' ').append(new LadderMessage.End(at, 0).text());
    text.setLength(text.length() - 1);
    text.append(cut(stream.port));
    codecs(stream).forEach(name -> text.append(' ').append(name));
    String way = stream.direction.isEmpty() ? direction : stream.direction;
    if (at.equals("0.0.0.0") || way.equals("inactive") || way.equals("sendonly")) {
      text.append(" (on hold)");
    } else if (way.equals("recvonly")) {
      text.append(" (recvonly)");
    }
    return stream.secure ? text.append(" SRTP").toString() : text.toString();
  }

  private static List<String> codecs(Stream stream) {
    List<String> names = new ArrayList<>();
    for (String type : stream.types) {
      String name = stream.names.getOrDefault(type, STATIC_TYPES.getOrDefault(type, ""));
      boolean tones = name.equalsIgnoreCase("telephone-event");
      if (!name.isEmpty() && !tones && names.size() < MOST_CODECS && !names.contains(name)) {
        names.add(name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name);
      }
    }
    return names;
  }
}
