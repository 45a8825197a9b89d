/**
 * The state of a partition outlives its process: a log of what has changed in its tables, kept
 * where the next owner finds it. Knows nothing of calls; tables say how their entries are written.
 */
package io.callscope.tracker.state;
