#!/bin/sh
# Print the path of a Python this course can use: 3.10 or later, with venv
# and pip. An argument names the one to use. POSIX sh: this runs before
# anything is known about the machine.

probe='
import sys
version = "%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 10):
    print("old Python " + version)
else:
    try:
        import ensurepip, venv
        print("fine " + sys.executable)
    except ImportError:
        print("bare Python " + version)
'

old=""
bare=""
asked=$1
if [ -n "$asked" ]; then
    set -- "$asked"
else
    set -- python3 python python3.13 python3.12 python3.11 python3.10
fi

for name in "$@"; do
    # a name that is missing, or does not start, says nothing
    answer=$("$name" -c "$probe" 2>/dev/null) || continue
    case $answer in
        fine*) echo "${answer#fine }"; exit 0 ;;
        bare*) bare="$name is ${answer#bare }" ;;
        old*) [ -n "$old" ] || old="$name is ${answer#old }" ;;
    esac
done

if [ -n "$bare" ]; then
    echo "set-up: $bare, but without venv and pip; install them" \
        "(Debian, Ubuntu: apt install python3-venv) and run again." >&2
elif [ -n "$old" ]; then
    echo "set-up: $old; this course needs 3.10 or later." \
        "Install one, or name it: make book PYTHON=/path/to/python3" >&2
elif [ -n "$asked" ]; then
    echo "set-up: PYTHON=$asked does not start; name a Python 3.10 or later." >&2
else
    echo "set-up: no Python found; install Python 3.10 or later," \
        "or name it: make book PYTHON=/path/to/python3" >&2
fi
exit 1
