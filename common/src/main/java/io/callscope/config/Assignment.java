package io.callscope.config;

/** An option with the text given for it. */
record Assignment(Option<?> option, String text) {}
