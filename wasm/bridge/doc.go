// Package bridge is the browser as the page's ui.Host: pointers, keys, text, the DOM mirror and the
// field for names. Every call into JavaScript is here. On other platforms it is empty.
package bridge
