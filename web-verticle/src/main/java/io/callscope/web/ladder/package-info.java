/** The ladder diagram of a call: messages in, columns and arrows out. Plain Java. */
package io.callscope.web.ladder;
