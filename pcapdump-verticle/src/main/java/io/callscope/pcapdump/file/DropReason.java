package io.callscope.pcapdump.file;

/** Why a message was not written. */
public enum DropReason {
  SUBDIRS("err_subdirs", "of them because a directory could not be made"),
  NEW_FILE("err_new_file", "of them because a file could not be opened"),
  MISSING_FILE("err_missing_file", "of them because a bad message makes no file"),
  FOREIGN_FILE("err_foreign_file", "of them because another file is in the way"),
  WRITE_HEADER("err_wr_header", "of them because the start of a file could not be written"),
  WRITE_MESSAGE("err_wr_msg", "of them because a message could not be written"),
  OTHER("err_other", "of them because of a mistake in the program"),
  BUG("err_bug", "of them because one end is of IPv4 and the other of IPv6"),
  STOPPED("err_stopped", "of them because the program could wait no longer for the disk");

  private final String counter;
  private final String description;

  DropReason(String counter, String description) {
    this.counter = counter;
    this.description = description;
  }

  String counter() {
    return counter;
  }

  String description() {
    return description;
  }

  /** It is as it should be: nothing that an operator has to see to. */
  boolean isExpected() {
    return this == MISSING_FILE;
  }
}
