"""Example companies as data, and the player that acts out what their people did."""
