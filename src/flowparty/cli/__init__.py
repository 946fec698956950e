"""Thin commands: parse words, call one service, render one result."""
