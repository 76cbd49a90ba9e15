"""What an operator meets: health, logs, the clock, the manifest, the doctor, the demo."""
