"""What every test may use: real databases."""

pytest_plugins = ["tests.databases"]
