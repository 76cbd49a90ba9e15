"""The sponsor's weekly digest (DOC7): two useful minutes, people before figures, nothing anonymous."""
