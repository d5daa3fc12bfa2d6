package format

// fileByFile says that a folder is read file by file in a format that knows both
// folders and files of its own: this is none of its folders.
func fileByFile(f *Format, src Source) bool {
	if f.AsFile == nil || f.Detect == nil {
		return false
	}
	sample, err := sampleOf(src)
	return err == nil && f.Detect(sample) == 0 // an error is told when the folder is walked
}
