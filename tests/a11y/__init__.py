"""Every page there is, opened once in Chromium: axe, its bytes and requests, what is cut off. docs/accessibility.md."""
