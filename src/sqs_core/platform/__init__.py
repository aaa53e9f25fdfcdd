"""What differs between Windows, macOS and Linux: consoles, shared files, signals, shells and drives."""
