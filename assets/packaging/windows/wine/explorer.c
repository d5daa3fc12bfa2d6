// A double click: opens the file that is named as Windows' explorer does, by what the
// registry says, with explorer.exe as the parent of what is opened. Waits for that to
// end, and ends with its exit code.
#include <windows.h>
#include <shellapi.h>

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR file, int show) {
    SHELLEXECUTEINFOW open = {0};
    DWORD code = 99;
    open.cbSize = sizeof open;
    open.fMask = SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC;
    open.lpFile = file;
    open.nShow = SW_SHOWNORMAL;
    if (!ShellExecuteExW(&open) || !open.hProcess) return 98;
    WaitForSingleObject(open.hProcess, INFINITE);
    GetExitCodeProcess(open.hProcess, &code);
    return code;
}
