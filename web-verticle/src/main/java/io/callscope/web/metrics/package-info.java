/** The counters in the text format of Prometheus. Plain Java but for the page. */
package io.callscope.web.metrics;
