/** How full the tables of the services are. */
package io.callscope.web.tables;
