@echo off
rem Starts sqs with the Python beside it. Opened with a double click it begins in the home folder, and
rem leaves the window open where something went wrong.
setlocal enabledelayedexpansion
set "clicked="
if "%~1"=="" if not "!cmdcmdline:/c=!"=="!cmdcmdline!" set "clicked=1"
if defined clicked cd /d "%USERPROFILE%"
"%~dp0python\python.exe" -m sqs_core.cli %*
set "code=!errorlevel!"
if defined clicked if not "!code!"=="0" pause
exit /b !code!
