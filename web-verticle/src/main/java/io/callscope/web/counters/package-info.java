/** Counters and statistics, and the boards that hold what services publish of themselves. */
package io.callscope.web.counters;
