"""Makes the virtual environment of the checkout; run by `make`, with the standard library only.

    python3 tools/environment.py .venv requirements.txt

Installs exactly what the requirement file pins, hashes checked. Shows one line of progress.
Does not install Cadrage itself: the commands run from the checkout.
"""

import re
import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)


def main(environment: Path, requirements: Path) -> int:
    """Create `environment` if needed and install `requirements` into it. Returns an exit code."""
    if sys.version_info < OLDEST:
        return complain(
            f"Cadrage needs Python 3.11 or later; this is {sys.version.split()[0]}.\n"
            "Point make at a newer one: make PYTHON=python3.12 demo"
        )
    python = environment / "bin" / "python"
    if not works(python):
        print(f"Making the environment in {environment} …", flush=True)
        try:
            venv.create(environment, with_pip=True, clear=environment.exists())
        except (subprocess.CalledProcessError, OSError) as error:
            return complain(
                f"Python could not make a virtual environment: {error}\n"
                "On Debian and Ubuntu: apt-get install python3-venv"
            )
    return install(python, requirements)


def works(python: Path) -> bool:
    """Whether this environment can be used as it is (it may be missing, moved, or too old)."""
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(python: Path, requirements: Path) -> int:
    """Install with pip, one line of progress; on failure show all that pip said."""
    total = len(re.findall(r"^[a-z0-9][\w.-]*==", requirements.read_text(), re.MULTILINE | re.IGNORECASE))
    command = [python, "-m", "pip", "install", "--require-hashes", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(requirements)]
    said, seen = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            found = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
            if found:
                seen += 1
                show(f"Fetching packages {min(seen, total)} of {total}: {found[1]}")
            elif line.startswith("Installing collected packages"):
                show(f"Installing {total} packages; this takes a moment, once")
    if pip.returncode:
        return complain("".join(["\n", *said, "\nThe packages could not be installed. Is there a network?"]))
    show(f"The environment is ready: {total} packages.")
    print(flush=True)
    return 0


def show(text: str) -> None:
    """One line, replaced in place on a terminal; quiet in a log, save for the last line."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end="", flush=True)
    elif text.startswith("The environment"):
        print(text, end="", flush=True)


def complain(text: str) -> int:
    """Say what went wrong and return the exit code for it."""
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
