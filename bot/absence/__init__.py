"""Away for a dated period: said in Home, with a deputy; what follows on the first and after the last day."""
