// Package snapshots is the page of the preferences on which one says how many snapshots
// projects keep of themselves, and where. What is changed holds at once. It knows the
// settings and no project.
package snapshots
