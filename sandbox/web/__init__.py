"""The browser page of the sandbox."""

from sandbox.web.routes import add_routes

__all__ = ["add_routes"]
