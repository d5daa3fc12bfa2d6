// Package tidy is the sheet on which somebody gives up what a project keeps: old changes
// of its history, articles in the bin, the room that deleted things left in the file. It
// says in numbers what goes and what stays, asks, and shows how far it is.
//
// It knows no store; what it does is handed in. It imports app/screens/sheet, app/widgets
// and app/theme.
package tidy
