"""Nobody's item rots: what is due is said to its owner, the lead, the arbiter; it is handed over."""
