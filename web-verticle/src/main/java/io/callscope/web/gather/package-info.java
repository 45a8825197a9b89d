/** Questions to all instances of a service, and what came back in time. */
package io.callscope.web.gather;
