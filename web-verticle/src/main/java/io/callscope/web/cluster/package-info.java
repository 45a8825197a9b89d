/** The processes of a cluster, as all of them know each other, and what each of them does. */
package io.callscope.web.cluster;
