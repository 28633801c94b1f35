#!/bin/sh
# Names the system packages the tests need; installs the missing ones on Debian or Ubuntu when root.
# `system_packages.sh python` does the same for what a virtual environment needs.
set -u

missing=""
need() { # need PACKAGE TEST…: remember PACKAGE when TEST fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_postgres() { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; }
has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_chinese_font() { fc-list :lang=zh-cn | grep -q .; }

if [ "${1:-tests}" = python ]; then
    need python3-venv python3 -c 'import ensurepip'
else
    need chromium has_chromium
    need postgresql has_postgres
    need redis-server command -v redis-server
    need libreoffice-writer-nogui test -e /usr/lib/libreoffice/program/libswlo.so
    need libreoffice-calc-nogui test -e /usr/lib/libreoffice/program/libsclo.so
    need libarchive-tools command -v bsdtar
    need fontconfig command -v fc-list
    need fonts-noto-cjk has_chinese_font
fi

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing the missing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
    echo "apt-get could not install:$missing" >&2
    exit 1
fi
echo "These system packages are missing:$missing" >&2
echo "Tests that need them are skipped, and say so. On Debian or Ubuntu: sudo apt-get install$missing" >&2
[ "${1:-tests}" = python ] && exit 1
exit 0
