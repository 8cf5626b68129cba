"""The commands of `./portal` that take more than a call: check, test, bench, backup, restore."""
