package io.callscope.web.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot as the server draws it: a small picture of the last minutes, with the newest values in
 * words.
 *
 * @param seriesJson keys and labels, for the script that draws it live
 * @param top the largest value, at the upper edge of the picture
 */
public record Plot(
    String id, String title, String unit, List<Line> lines, String seriesJson, String top) {
  static final int WIDTH = 600;
  static final int HEIGHT = 120;

  /** Colours of the style sheet. */
  private static final int COLOURS = 7;

  /** A figure with its label. */
  public record Series(String key, String label) {}

  /**
   * One figure over time.
   *
   * @param path of the line, empty if nothing is known of it
   * @param index of its colour
   */
  public record Line(String key, String label, String newest, String path, int index) {}

  static Plot of(String id, String title, String unit, History history, List<Series> series) {
    double top = 0;
    for (Series one : series) {
      for (int i = 0; i < history.size(); i++) {
        double value = history.value(one.key(), i);
        top = Double.isNaN(value) ? top : Math.max(top, value);
      }
    }
    List<Line> lines = new ArrayList<>();
    StringBuilder json = new StringBuilder("[");
    for (Series one : series) {
      String path = path(history, one.key(), top <= 0 ? 1 : top);
      String newest = text(history.newest(one.key()));
      lines.add(new Line(one.key(), one.label(), newest, path, lines.size() % COLOURS));
      json.append(json.length() == 1 ? "" : ",")
          .append(String.format("{\"key\":\"%s\",\"label\":\"%s\"}", one.key(), one.label()));
    }
    return new Plot(id, title, unit, lines, json.append(']').toString(), text(top));
  }

  private static String path(History history, String key, double top) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int size = history.size();
    for (int i = 0; i < size; i++) {
      double value = history.value(key, i);
      if (Double.isNaN(value)) {
        pen = false;
        continue;
      }
      double x = size < 2 ? 0 : (double) WIDTH * i / (size - 1);
      double y = HEIGHT - 2 - (HEIGHT - 4) * value / top;
      path.append(pen ? 'L' : 'M').append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
      pen = true;
    }
    return path.toString();
  }

  /** A number with at most one decimal, or a dash if it is not known. */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%,.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
