"""Packages between offices: signed, encrypted, numbered; nothing here knows a registry."""
