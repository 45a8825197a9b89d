/** How the traffic goes: what the dashboard plots, from counters and events. */
package io.callscope.web.figures;
