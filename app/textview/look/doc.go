// Package look is how annotated text looks: every colour and measure, in light
// and dark. The text view draws by it in the window, package figure in pictures.
//
// It imports nothing of ours and no Fyne. Start reading at Style.
package look
