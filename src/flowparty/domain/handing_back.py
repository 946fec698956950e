"""The headings that the program writes beside a list it hands back; no list has them of its own."""

REASON, SHEET, ROW = "回填说明", "原工作表", "原行号"
OURS = frozenset({REASON, SHEET, ROW})
"""An import leaves columns so headed alone, and knows the list's headings without them."""
