/** What operators look at and turn when something is wrong. */
package io.callscope.web.debug;
