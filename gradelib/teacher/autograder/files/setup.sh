#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: it installs the grader.
set -euo pipefail
root="${GRADELIB_AUTOGRADER:-/autograder}"
env="${GRADELIB_ENVIRONMENT:-/opt/gradelib}"
cd "$root/source"
# An index with builds of torch for processors, if one was named: the others are gigabytes.
if [ -f torch_index ]; then
  PIP_EXTRA_INDEX_URL="$(cat torch_index)"
  export PIP_EXTRA_INDEX_URL
fi

new_python() {
  local name
  for name in python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" > /dev/null; then
      echo "$name"
      return
    fi
  done
}

apt-get update
apt-get install -y --no-install-recommends libseccomp2
python="$(new_python)"
if [ -z "$python" ]; then
  apt-get install -y --no-install-recommends python3.11
  python="$(new_python)"
fi
# Debian and Ubuntu keep apart what makes an environment.
"$python" -c "import ensurepip" 2> /dev/null || apt-get install -y --no-install-recommends "$python-venv"
"$python" -m venv "$env"
# As an editable package gradelib stays in this folder, where no student's kernel may read.
"$env/bin/python" -m pip install --no-cache-dir --constraint constraints.txt --editable ".[teacher]"
chmod -R go-rwx "$root/source"

scratch="$(mktemp -d)"
if why="$("$env/bin/python" -P -m gradelib.sandbox.confine "$scratch" 2>&1)"; then
  echo "gradelib: submissions can be shut in here."
else
  echo "gradelib: submissions cannot be shut in here: $why"
  echo "gradelib: docs/security.md says what to do, under Gradescope."
fi
