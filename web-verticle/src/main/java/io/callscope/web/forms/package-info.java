/** Pages of forms: settings and what a change came to. */
package io.callscope.web.forms;
