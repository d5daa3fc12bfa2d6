// Package xmlread reads XML that anybody could have made: with bounds on depth and
// on the size of a token, without document types (so no entity can be declared and
// none expanded), in the encoding that the file says, and with the line of each
// fault.
package xmlread
