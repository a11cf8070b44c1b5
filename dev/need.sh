#!/usr/bin/env bash
# Makes sure that the programs a task needs are here.
#
#   dev/need.sh build          a compiler for C, Rust, and Node with npm
#   dev/need.sh build test     also Chromium with its driver, and PostgreSQL's server
#
# Debian's own packages are installed when they are missing (as root, or by sudo when it asks for no password).
# Rust is never installed here: the toolchain is each person's own choice, so the script says what is wanted and stops.
set -euo pipefail

# Programs on a Debian machine, and the package each comes in. PostgreSQL keeps its server outside the path.
has() {
    case $1 in
    postgres) command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

missing=()
want() { has "$1" || missing+=("${@:2}"); }

for task in "$@"; do
    case $task in
    build)
        want cc gcc libc6-dev
        want node nodejs
        want npm npm
        ;;
    test)
        # Chromium draws no letters, and so has nothing to measure, without at least one font.
        want chromium chromium fonts-liberation
        want chromedriver chromium-driver
        want postgres postgresql
        ;;
    *)
        echo "need.sh: no task is called '$task'" >&2
        exit 2
        ;;
    esac
done

if ! command -v cargo >/dev/null; then
    echo "Rust is missing: install Rust 1.94 or newer (package rustup in Debian 13, or https://rustup.rs), then run this again." >&2
    exit 1
fi

[ ${#missing[@]} -eq 0 ] && exit 0

by_hand() {
    echo "$1" >&2
    echo "Install these Debian packages (or what your system calls them), then run this again: ${missing[*]}" >&2
    exit 1
}

command -v apt-get >/dev/null || by_hand "This machine has no apt-get, so nothing was installed."
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || by_hand "Installing packages takes root, and there is no sudo here."
    sudo -n true 2>/dev/null || by_hand "Installing packages takes root, and sudo asks for a password."
    root=(sudo -n)
fi

echo "Installing Debian packages: ${missing[*]}"
# `env` because sudo does not hand on the environment. Old package lists are the usual reason that an install fails.
"${root[@]}" apt-get update -qq </dev/null
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
