"""What the program writes beside a list it hands out or back; no list has it of its own."""

REASON, SHEET, ROW = "回填说明", "原工作表", "原行号"
OURS = frozenset({REASON, SHEET, ROW})
"""An import leaves columns so headed alone, and knows the list's headings without them."""

OPTIONS = "选项"
"""The hidden sheet of the survey's blank; its columns feed the drop-downs of the sections."""
