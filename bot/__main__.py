"""`python -m bot`: the same as `cadrage`."""

from bot.cli import main

main()
