// Package settings keeps what Lede remembers outside of projects: what a person
// chose (settings.json in the config folder) and where they left off (state.json
// in the state folder, beside the log). Nothing of it is in a project, so that
// opening a project does not change it.
//
// The window and the command line read the same files. LEDE_CONFIG_DIR and
// LEDE_STATE_DIR name other folders; without them, a copy of the program that has a
// folder "lede-settings" beside it keeps everything there (a portable copy).
//
// Nothing here is ever fatal: a file that cannot be read is set aside and said
// so in Warnings, a folder that cannot be written makes the program forgetful.
//
// The package imports no Fyne, no storage and nothing of the window.
package settings
