"""Words for calls typed or pasted as lines, and for the jobs of the clock."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "paste_nobody": (
        N_("Nobody is named."),
        N_("begin the line with the name, M12 or the last four digits of the telephone."),
    ),
    "paste_no_outcome": (
        N_("It does not say what came of the call."),
        N_("add 已联系, 未接通, 号码有误 or 拒绝沟通 behind the name."),
    ),
    "paste_elsewhere": (
        N_("{value} is nobody of {org}; elsewhere {candidates} answer to it:"),
        N_("name the right organization with --org."),
    ),
    "paste_contradiction": (
        N_("{value} does not mean one person; the first word alone means {candidates}:"),
        N_("name the one you mean by the number in front, for example M12."),
    ),
    "paste_empty": (
        N_("There is no line to read."),
        N_("write one person a line, for example  张三 已联系 电话 想回乡开店"),
    ),
    "paste_changed": (
        N_("The records have changed since the lines were shown."),
        N_("run it again and look at the lines anew."),
    ),
    "paste_no_input": (
        N_("Nothing may be asked, so no line can be typed."),
        N_("name a file with the lines, or send them through a pipe."),
    ),
    "cron_word_unsafe": (
        N_("A crontab cannot hold the line break in {value}."),
        N_("move the file to a folder without one in its name."),
    ),
    "text_too_long": (
        N_("That is longer than a list of calls can be (limit {limit} bytes)."),
        N_("look whether it is the right file."),
    ),
    "text_unreadable": (
        N_("That is not text."),
        N_("save it as plain text; a workbook cannot be read here."),
    ),
}
