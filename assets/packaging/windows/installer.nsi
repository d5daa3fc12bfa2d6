; The installer: for one person, without rights of an administrator, in
; %LOCALAPPDATA%\Programs\Lede. /S installs silently, /D=C:\folder (the last
; argument, without quotes) elsewhere. build.sh names the version and the folder
; with the files (-DVERSION, -DLABEL, -DFILES, -DOUT, -DSIGN).
;
; The uninstaller removes what is listed here and nothing else: projects, settings
; and whatever somebody put beside the program stay.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

Name "Lede"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Lede"
InstallDirRegKey HKCU "Software\Lede" "Folder"
BrandingText "Lede ${LABEL}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Lede"
VIAddVersionKey CompanyName "The Lede authors"
VIAddVersionKey FileDescription "Lede Setup"
VIAddVersionKey FileVersion "${LABEL}"
VIAddVersionKey ProductVersion "${LABEL}"
VIAddVersionKey LegalCopyright "${COPYRIGHT}"

!finalize 'sh assets/packaging/windows/sign.sh "%1"'
!uninstfinalize 'sh assets/packaging/windows/sign.sh "%1"'

!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lede"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\Lede.exe"
!define PROGID "Lede.Project"

; ---- Pages -------------------------------------------------------------------

!define MUI_ICON "${FILES}/lede.ico"
!define MUI_UNICON "${FILES}/lede.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Lede.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Lede"
!insertmacro MUI_PAGE_LICENSE "${FILES}/LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; ---- What both do ------------------------------------------------------------

; A program that runs cannot be replaced. One that can be opened for writing does
; not run. Silently, the exit code 3 says that it runs.
!macro NotRunning un
Function ${un}NotRunning
  again:
  ${If} ${FileExists} "$INSTDIR\Lede.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\Lede.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Lede is open, or you may not write to $INSTDIR.$\r$\n$\r$\nClose Lede and try again." /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro NotRunning ""
!insertmacro NotRunning "un."

; The desktop shows icons and double clicks by what it knew before, unless told.
!macro TellDesktop
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; ---- Installing --------------------------------------------------------------

Function .onInit
  SetRegView 64
FunctionEnd

Section "Lede"
  Call NotRunning
  SetOutPath "$INSTDIR"
  ClearErrors
  File "${FILES}/Lede.exe"
  File "${FILES}/lede-cli.exe"
  File "${FILES}/LICENSE.txt"
  File "${FILES}/THIRD_PARTY.txt"
  File "${FILES}/lede.ico"
  SetOutPath "$INSTDIR\fonts"
  File "${FILES}/fonts/DejaVuSans.ttf"
  File "${FILES}/fonts/DroidSansFallbackFull.ttf"
  File "${FILES}/fonts/LICENSE.txt"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Not everything could be written to $INSTDIR.$\r$\n$\r$\nMake room on the disk, or choose another folder, and install Lede again." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\Lede.lnk" "$INSTDIR\Lede.exe" "" "$INSTDIR\Lede.exe" 0 SW_SHOWNORMAL "" "Mark actors, events and quotes in news articles"

  ; .lede files: what they are, their icon, what a double click does.
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "Lede project"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\lede.ico"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\Lede.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.lede" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\.lede" "Content Type" "application/x-lede"
  WriteRegStr HKCU "${CLASSES}\.lede\OpenWithProgids" "${PROGID}" ""

  ; Win+R, and the list of programs in the settings of Windows.
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\Lede.exe"
  WriteRegStr HKCU "Software\Lede" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Lede"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${LABEL}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\lede.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Lede authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  !insertmacro TellDesktop
SectionEnd

; ---- Uninstalling ------------------------------------------------------------

Function un.onInit
  SetRegView 64
FunctionEnd

Section "Uninstall"
  Call un.NotRunning
  Delete "$INSTDIR\Lede.exe"
  Delete "$INSTDIR\lede-cli.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD_PARTY.txt"
  Delete "$INSTDIR\lede.ico"
  Delete "$INSTDIR\fonts\DejaVuSans.ttf"
  Delete "$INSTDIR\fonts\DroidSansFallbackFull.ttf"
  Delete "$INSTDIR\fonts\LICENSE.txt"
  RMDir "$INSTDIR\fonts"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Lede.lnk"

  ; Another program may have made .lede its own meanwhile.
  ReadRegStr $0 HKCU "${CLASSES}\.lede" ""
  ${If} $0 == "${PROGID}"
    DeleteRegValue HKCU "${CLASSES}\.lede" ""
    DeleteRegValue HKCU "${CLASSES}\.lede" "Content Type"
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.lede\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.lede\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.lede"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Lede"
  !insertmacro TellDesktop
SectionEnd
