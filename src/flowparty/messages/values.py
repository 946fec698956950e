"""Words for values that are wrong in themselves."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "unmask_needs_reason": (
        N_("Showing personal data in full needs a reason."),
        N_("add  --reason TEXT; the journal keeps it."),
    ),
    "format_unsuited": (
        N_("This command has no {format} output."),
        N_("use  --format table  or  --format json"),
    ),
    "id_missing": (N_("The identity number is missing."), N_("add  --id NUMBER")),
    "id_format": (
        N_("The identity number {value} is not 18 (or 15) characters of the right kind: {length}."),
        N_("compare it with the identity card and type it again."),
    ),
    "id_checksum": (
        N_("The identity number {value} has a wrong check character."),
        N_("one character is wrong or two are swapped: compare it with the identity card."),
    ),
    "id_date_invalid": (
        N_("The birthday inside the identity number {value} is no day of the calendar so far."),
        N_("compare it with the identity card and type it again."),
    ),
    "id_sex_mismatch": (
        N_("The sex given contradicts the identity number."),
        N_("correct the number or --sex; member add without --sex takes it from the number."),
    ),
    "id_birth_mismatch": (
        N_("The birth date {given} contradicts the identity number."),
        N_("correct the number or --birth; member add without --birth takes it from the number."),
    ),
    "name_missing": (N_("The name is missing."), N_("give the full name.")),
    "name_unsafe": (
        N_("The name holds characters that no name has: {shown}"),
        N_("type the name anew: Han characters, Latin letters, digits, blanks and · only."),
    ),
    "text_unsafe": (
        N_("The text holds control or direction characters: {shown}"),
        N_("type it anew instead of pasting it."),
    ),
    "phone_invalid": (
        N_("{value} is not a telephone number."),
        N_("a mobile has 11 digits, a landline its area code (0859-6651637), abroad a + in front."),
    ),
    "date_invalid": (
        N_("{value} is not a day of the calendar."),
        N_("write it as 2026-11-23, 20261123, 2026年11月23日, 今天 or 昨天."),
    ),
    "date_future": (
        N_("{value} lies in the future (today is {today})."),
        N_("record it when it has happened."),
    ),
    "date_order": (
        N_("Becoming a full member ({full_on}) does not come after joining ({joined_on})."),
        N_("correct one of the two; the same day is right only from 1969-04-01 to 1977-08-11."),
    ),
    "number_too_large": (
        N_("A number is larger than any that is recorded."),
        N_("look at the numbers you typed."),
    ),
    "today_invalid": (
        N_("FLOWPARTY_TODAY is {value}, which is no day."),
        N_("set it like 2026-11-28, or unset it."),
    ),
    "period_invalid": (N_("{value} is not a month."), N_("write it as 2026-11.")),
    "year_future": (N_("The year {year} has not begun."), N_("name an earlier one with --year.")),
    "period_future": (
        N_("The period {period} has not begun: it begins on {begins}."),
        N_("leave --period out for the latest complete month."),
    ),
    "value_unrecognised": (
        N_("{value} is not a word of the table {table}; it knows {known}:"),
        N_("use one of these words."),
    ),
    "place_unknown": (
        N_("Nobody knows the place {value}."),
        N_("write province, city and county (浙江省宁波市北仑区), a code, or 不掌握."),
    ),
    "place_ambiguous": (
        N_("{value} could be {candidates} places:"),
        N_("put the province or city in front, or give the code."),
    ),
    "division_invalid": (
        N_("{value} is not a division code."),
        N_("a county's has 6 digits, a town's 9, a village's 12."),
    ),
    "division_unknown": (
        N_("The division {value} is not in our tables."),
        N_("add  --name NAME, then the branches with  flowparty org add"),
    ),
    "org_name_missing": (N_("The name of the organization is empty."), N_("give its name.")),
    "card_number_missing": (
        N_("The card number is empty."),
        N_("give the number that the county assigned."),
    ),
    "card_number_pattern": (
        N_("The card number {number} is not of the county's pattern {pattern}."),
        N_("compare it with the card."),
    ),
    "card_number_same": (
        N_("The new card has the number of the old one, {card}."),
        N_("give the number on the new card."),
    ),
    "card_event_order": (
        N_("{on} lies before the last event of card {card} ({kind} on {last})."),
        N_("correct the day with --on."),
    ),
    "move_before_leaving": (
        N_("{on} lies before the member left ({left_on})."),
        N_("correct the day with --on."),
    ),
    "move_before_arrival": (
        N_("{on} lies before the arrival there ({arrived_on})."),
        N_("correct the day with --on."),
    ),
}
