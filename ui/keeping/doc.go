// Package keeping keeps what a person has taught on their own machine: several named sets, each saved after
// every act, with the revision before beside it. It is plain Go over a Store of bytes under keys; the browser's
// database is one, a folder may be another.
//
// What lies in the store:
//
//	index                 JSON: the sets with their names, and which was open last
//	set/ID/REVISION       a set as package session writes it: the same bytes as a saved copy
//	damaged/ID/REVISION   what could not be read, set aside as it was
//
// Every save is one change of the store, all or nothing, and counts only when what was written has been read back.
// A set that cannot be read is never written over. Nothing is written before the index has been read.
package keeping
