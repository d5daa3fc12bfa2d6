// Package jsonobject reads JSON objects by key for the formats that are made of
// them. Keys are taken out as they are understood; what is left over can be kept,
// so that a reader loses nothing of what others wrote. The first value of a wrong
// type becomes the object's error, which says where and what.
package jsonobject
