"""Measures Cadrage on loopback beside a floor; prints tables, asserts no seconds. See docs/performance.md."""
