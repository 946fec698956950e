"""Words for lists that come in: whole files that cannot be read, and the faults of rows."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "file_missing": (N_("There is no file {path}."), N_("check its name and folder.")),
    "file_empty": (
        N_("{path} is empty."),
        N_("ask the sender for the file once more."),
    ),
    "file_not_readable": (N_("{path} may not be read."), N_("check whose file it is.")),
    "file_not_a_workbook": (
        N_("{path} is not a list that can be read but {kind}."),
        N_(
            "name the list itself: of a folder the file in it, an archive unpacked, anything else"
            " opened in Excel or WPS and saved as .xlsx."
        ),
    ),
    "file_macro": (
        N_("{path} holds macros (.xlsm)."),
        N_("open it in Excel or WPS without running them and save it as .xlsx, then import that."),
    ),
    "file_binary_workbook": (
        N_("{path} is a binary workbook (.xlsb)."),
        N_("open it in Excel and save it as .xlsx, then import that."),
    ),
    "file_with_doctype": (
        N_("{path} declares entities, as no spreadsheet program does; it may be an attack."),
        N_("do not open it; ask the sender how it was made."),
    ),
    "file_bomb": (
        N_("{path} unpacks to more than {limit} times its size; it may be an attack."),
        N_("do not open it; ask the sender how it was made."),
    ),
    "file_takes_too_long": (
        N_("{path} takes longer than {limit} seconds to read."),
        N_("copy the list itself into a new workbook, then import that."),
    ),
    "file_cell_too_long": (
        N_("A cell in row {row} of {path} holds more than {limit} characters."),
        N_("shorten it, or remove the column if the list does not need it."),
    ),
    "file_quotes_broken": (
        N_("In {path}, a quotation mark near line {row} is never closed."),
        N_("close it or remove it; or open the file in WPS and save it as .xlsx."),
    ),
    "file_encoding_ambiguous": (
        N_("{path} can be read in more than one encoding, or mixes them."),
        N_("say which it is with --encoding, or open it in WPS and save it as .xlsx."),
    ),
    "file_encoding_unknown": (
        N_("{path} is written in none of {known} throughout."),
        N_("open it in WPS, see that every line can be read, and save it as .xlsx."),
    ),
    "file_encoding_wrong": (
        N_("{path} is not written in {encoding}."),
        N_("leave out --encoding, or open it in WPS and save it as .xlsx."),
    ),
    "encoding_unknown": (
        N_("There is no encoding {value} here."),
        N_("use one of {known}."),
    ),
    "file_encrypted": (
        N_("{path} is protected by a password."),
        N_("open it in Excel or WPS, remove the password, save it, then import that."),
    ),
    "file_unreadable": (
        N_("{path} is damaged and cannot be read."),
        N_("open it in Excel or WPS and save it anew; if that fails, ask the sender for it."),
    ),
    "file_too_large": (
        N_("{path} is larger than a list can be: at most {limit} {unit}."),
        N_("copy the list itself into a new workbook, then import that."),
    ),
    "heading_missing": (
        N_("No headings of all that is needed were found; missing: {missing}."),
        N_(
            "check that it is the right list, or say which columns they are:  --map 列名=field;"
            " whose a list without branches is:  --org BRANCH"
        ),
    ),
    "heading_duplicate": (
        N_("Two columns mean the same: {heading} ({cells})."),
        N_(
            "put people who are listed side by side below each other; else remove or rename one,"
            " or leave it alone by its letter:  {maps}"
        ),
    ),
    "sheet_hidden": (
        N_("Such a list stands on hidden sheets only: {names}."),
        N_("show them in Excel or WPS, or read one all the same:  --sheet {first}"),
    ),
    "sheet_not_found": (
        N_("The file has no sheet {value}; it has {known}:"),
        N_("name one of these with --sheet"),
    ),
    "import_field_unknown": (
        N_("{value} is no field of this list; it has {known}:"),
        N_("name one of these:  --map 列名=field"),
    ),
    "import_map_form": (
        N_("{value} does not say what a heading means."),
        N_("write  --map 列名=field, or  --map 列名=  to leave the column alone"),
    ),
    "import_map_nowhere": (
        N_("No list has a column {value}."),
        N_("write its heading as it stands in the list, or its letter:  --map C=field"),
    ),
    "import_map_letter": (
        N_("Column {value} is not the same in all these lists: {names}."),
        N_("write its heading, or import the lists one by one (--sheet for one sheet)"),
    ),
    "import_older": (
        N_("{field} was recorded as of {on}, which is newer than this list."),
        N_("say whose word counts:  --prefer file  or  --prefer registry"),
    ),
    "import_rest_unknown": (
        N_("{path} was not handed back, or has been changed since."),
        N_("import it without --rest."),
    ),
    "heading_again_missing": (
        N_("The headings in row {row} of sheet {sheet} lack: {names}."),
        N_("give them the headings of the other blocks, or put the block on a sheet of its own."),
    ),
    "person_twice_in_file": (
        N_("Row {row} of the list says something else of {member}."),
        N_("leave one row a person."),
    ),
    "import_day_missing": (
        N_("The whole day is missing."),
        N_("write the whole date into the list."),
    ),
    "import_field_missing": (
        N_("A cell that is needed is empty."),
        N_("fill the cell in."),
    ),
    "import_column_missing": (
        N_("The list has no column {column}."),
        N_("add it and fill it in, or say which column it is:  --map 列名=field"),
    ),
    "import_mapping_not_found": (
        N_("No remembered heading has the number {value}."),
        N_("look with  flowparty import mapping list"),
    ),
}

FAULTS = {
    "id_missing": N_("no identity number: the person cannot be told from a namesake"),
    "id_precision_lost": N_("Excel cut the identity number off; its last digits are gone: type it"),
    "id_format": N_("not 18 (or 15) characters of the right kind"),
    "id_checksum": N_("the check character of the identity number is wrong"),
    "id_date_invalid": N_("the birthday inside the identity number is no day"),
    "id_duplicate_in_file": N_("an earlier row has this identity number"),
    "id_exists": N_("this identity number is recorded with another name or branch"),
    "id_15_digits": N_("old number of 15 digits, kept as 18"),
    "id_sex_mismatch": N_("the sex contradicts the identity number"),
    "id_birth_mismatch": N_("the birth date contradicts the identity number"),
    "id_area_unlisted": N_("the area of the identity number is not in our tables"),
    "name_missing": N_("no name"),
    "name_unsafe": N_("characters that no name has, or several names in one cell"),
    "name_suspicious": N_("a character of the name was probably lost"),
    "name_noted": N_(
        "words in brackets stand with the name: see what they tell, write the name alone"
    ),
    "name_dotted": N_("the full stop was taken for the dot inside a name (·)"),
    "name_same": N_("somebody else has the same name: see whether they are one person"),
    "name_cleaned": N_("invisible characters in the name were dropped"),
    "text_cleaned": N_("blanks or invisible characters were dropped"),
    "text_long": N_("an unusually long text, kept whole"),
    "hidden_row": N_("the row is hidden in the sheet; it was read too"),
    "date_invalid": N_("no day of the calendar, or in the future"),
    "date_ambiguous": N_("the date can be read in two ways: compare it with the papers"),
    "date_no_year": N_("the year is missing: compare it with the papers, and write the whole date"),
    "year_taken": N_("the year is missing: the one such day since the round began was taken"),
    "date_vague": N_("words beside the date leave it open; what is sure of it was kept"),
    "date_not_understood": N_("not understood as a date; left open"),
    "date_order": N_("becoming full does not come after joining"),
    "date_serial": N_("a day as Excel counts it"),
    "date_unknown": N_("the list says that nobody knows the day"),
    "branch_unknown": N_("no branch of ours has this name"),
    "branch_unsaid": N_("neither the row nor a title says of which branch"),
    "title_conflict": N_("by the title above, these people do not belong in a list of this kind"),
    "title_doubt": N_("the title above says something of this person that was not taken: compare"),
    "branch_differs": N_("this member is recorded in another branch, which was left"),
    "branch_ambiguous": N_("several branches are called so: write the whole name of one"),
    "phone_invalid": N_("not a telephone number; digits were kept, anything else left out"),
    "phone_multiple": N_("several numbers; the first was taken"),
    "phone_annotated": N_("a note beside the number was dropped"),
    "ethnicity_unknown": N_("not among the ethnic groups; kept as written"),
    "value_unrecognised": N_("the word is not known; the field was left open"),
    "remark_unclear": N_("kept as written; it may tell of more than was recorded from it"),
    "word_unknown": N_("the word is not known, and the row needs it: write a known one"),
    "perhaps_reached": N_(
        "it tells how the person is: taken to mean that the person was reached; compare"
    ),
    "return_denied": N_(
        "the row says that nobody came back, and on which day: kept in the remark, nothing ended"
    ),
    "nobody_visited": N_(
        "it tells of somebody who has died or left: record that; nobody was visited here"
    ),
    "word_new_only": N_(
        "the word is not in the table; kept as written only where nothing was recorded"
    ),
    "word_in_remark": N_("the word is not known; it was kept in the remark"),
    "mobile_conflict": N_("not marked as mobile, but with a destination or a recorded movement"),
    "move_over": N_(
        "over by the records, which were left: who is away again needs the new day of leaving"
    ),
    "destination_partial": N_("the place stops at a province or city"),
    "destination_ambiguous": N_("the place could be several; the words were kept, no code set"),
    "destination_unknown": N_("the list says that nobody knows the place"),
    "destination_unresolved": N_("the place is not known; the words were kept"),
    "destination_renamed": N_("the place has another name today"),
    "formula_no_value": N_("a formula without a stored value"),
    "formula_cell": N_("computed by a formula; the stored value was taken"),
    "nothing_found": N_("a formula looked something up and found nothing; taken as an empty cell"),
    "cell_masked": N_("a copy without personal data: there is nothing to import"),
    "card_duplicate_in_file": N_("an earlier row has this card number"),
    "issue_day_differs": N_("the card is recorded with another day of issue, which was left"),
    "card_numbers_several": N_("several card numbers in one cell: give each a row of its own"),
    "card_order": N_("an earlier day than another one known of this card: compare the two"),
    "card_before_issue": N_("before the card was issued; not recorded"),
    "event_day_differs": N_("this is recorded of the card with another day, which was left"),
    "card_number_numeric": N_("the number was kept as a number; zeros in front may be gone"),
    "income_unclear": N_("a range, a monthly wage or words: kept as words, no yearly income"),
    "answer_not_kept": N_("nobody was talked to, so this answer was not kept"),
    "not_filled_in": N_("nobody has filled in this row yet"),
    "phone_differs": N_("another number is recorded, and was left: a new one has its own column"),
    "mode_unknown": N_("neither at the door nor by telephone; left open"),
    "money_invalid": N_("not an amount of money"),
    "money_foreign": N_("another currency, at a rate nobody here knows: write it in yuan"),
    "money_implausible": N_("hardly an amount for one person: compare the unit of the amounts"),
    "aid_came_back": N_(
        "not kept; it may tell that the money came back or was never paid: record that by hand"
    ),
    "money_unit_unclear": N_("the unit of the amounts is not clear: write it beside the amount"),
    "member_ambiguous": N_("several members have this name; what else the row says decided"),
}
