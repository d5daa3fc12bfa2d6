package settings

// sound is what was chosen, without numbers that no window can be drawn with: a
// file that somebody wrote by hand, or that was damaged, must not keep the program
// from starting.
func (v Settings) sound() Settings {
	within(&v.Zoom, 0.4, 5)
	within(&v.TextSize, 6, 100)
	within(&v.LineSpacing, 0.5, 5)
	if v.LineLength != WindowWidth {
		within(&v.LineLength, 10, 1000)
	}
	return v
}

func (st State) sound() State {
	const most = 16_000 // X11 and graphics cards have no larger windows
	within(&st.WindowWidth, 1, most)
	within(&st.WindowHeight, 1, most)
	within(&st.LeftWidth, 1, most)
	within(&st.RightWidth, 1, most)
	within(&st.Picture.Width, 1, most)
	within(&st.Picture.Scale, 0.01, 16)
	return st
}

// within makes a number that is not between two others 0, which is "not chosen".
func within[N int | float32 | float64](n *N, least, most N) {
	if !(least <= *n && *n <= most) {
		*n = 0
	}
}
