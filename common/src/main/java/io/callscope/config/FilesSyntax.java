package io.callscope.config;

import java.util.List;

/** File names between spaces. */
final class FilesSyntax implements Syntax<List<String>> {

  @Override
  public String placeholder() {
    return "FILES";
  }

  @Override
  public List<String> parse(String text) {
    return List.copyOf(ListText.fileNames(text));
  }

  @Override
  public String print(List<String> value) {
    return ListText.printFileNames(value);
  }

  @Override
  public String ofItems(List<String> items) {
    return ListText.printFileNames(items);
  }
}
