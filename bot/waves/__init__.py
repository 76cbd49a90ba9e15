"""Anonymous waves as people meet them: invited, answered in one sitting, closed, read as a group."""
