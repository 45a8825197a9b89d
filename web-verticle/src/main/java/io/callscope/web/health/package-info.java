/** Whether all that came in is accounted for. */
package io.callscope.web.health;
