/** How values are shown: escaping, times, links. Knows no other package of the site. */
package io.callscope.web.view;
