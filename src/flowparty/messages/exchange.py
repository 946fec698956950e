"""Words for packages, receipts and conflicts."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "package_too_large": (
        N_("The file is larger than a package may be ({most} bytes)."),
        N_("ask the sender what this file is."),
    ),
    "package_not_one": (
        N_("The file is not a package of flowparty."),
        N_("name the file that  flowparty report pack  has written."),
    ),
    "package_is_card": (
        N_("The file is the card of an office's keys, no package."),
        N_(
            "take it with  flowparty key trust FILE --fingerprint DIGITS ;"
            " the office reads them out, but after a rotation none are needed."
        ),
    ),
    "package_newer": (
        N_("The package was made by a newer program (version {found}; this one knows {known})."),
        N_("update flowparty."),
    ),
    "package_cut": (
        N_("The package is cut off or has something added."),
        N_("copy it again from the sender."),
    ),
    "package_unreadable": (
        N_("The package is signed well but was not sealed to our key."),
        N_("ask the sender to take our card and to pack the month anew (pack --again)."),
    ),
    "package_malformed": (
        N_("The package is signed well, but what is inside has not the form it should ({detail})."),
        N_("ask the sender which program made it."),
    ),
    "package_content": (
        N_("Signed well, but its contents do not hold: {entity} {row}, {who}, {field}: {fault}."),
        N_("ask the sender to mend that, and to close and pack the month again."),
    ),
    "package_unfolds": (
        N_("What is inside the package unfolds beyond {most} bytes."),
        N_("do not try again; ask the sender what this file is."),
    ),
    "package_sender_unknown": (
        N_("Nobody we trust signed the package; its key has the fingerprint {fingerprint}."),
        N_("if an office above or below us made it, take its card:  flowparty key trust FILE"),
    ),
    "package_key_revoked": (
        N_("The key of {name} that signed the package was revoked on {on}."),
        N_("take the card of its new key; then the office packs the month anew (pack --again)."),
    ),
    "package_key_replaced": (
        N_(
            "{name} has replaced the key that signed package {seq}: the next signs from {first} on."
        ),
        N_(
            "ask the office if it made this; if so, it packs again with its new key (pack --again)."
        ),
    ),
    "package_signature_wrong": (
        N_("The signature of {name} does not fit: the package was changed on its way."),
        N_("copy it again from the sender."),
    ),
    "package_header_differs": (
        N_("The package says outside something else than inside."),
        N_("do not take it; ask the sender."),
    ),
    "package_key_gone": (
        N_("The package was sealed to a key of ours that the key file no longer has."),
        N_("ask the sender to take our card and to pack the month anew (pack --again)."),
    ),
    "package_for_other": (
        N_("The file is for {recipient}, and we are {ours}."),
        N_("pass it on, or ask the sender for ours."),
    ),
    "package_not_below": (
        N_("The package is of {unit}, which does not report to {ours}."),
        N_("ask the sender where it should go."),
    ),
    "package_period_future": (
        N_("The package is of {period}, which ends on {end}; today is {today}."),
        N_("check the clocks of both machines."),
    ),
    "package_fork": (
        N_("Number {seq} of this office is known as {known}; this one is {given}."),
        N_(
            "ask that office: if its registry was restored from a backup, take the package with"
            "  --restored --reason TEXT ; if two registries are in use, one must go."
        ),
    ),
    "package_no_fork": (
        N_("Package {seq} goes on from all that we hold: nothing is to be given up for it."),
        N_("receive it without --restored"),
    ),
    "package_fork_older": (
        N_("Package {seq} is older than number {last}, which both registries of the office have."),
        N_("ask for the package of its newest month first."),
    ),
    "package_fork_stale": (
        N_("Package {seq} was made before number {last}: no registry set back has made it."),
        N_("ask the office to pack the month again (pack --again), and take that one."),
    ),
    "package_fork_key": (
        N_("{name} has replaced the key that signed package {seq}: nothing is given up for that."),
        N_(
            "the restored registry makes new keys (key rotate); trust its card by fingerprint;"
            " then it packs again (pack --again)."
        ),
    ),
    "package_older": (
        N_("The package is number {seq}; number {last} ({period}) has been received already."),
        N_("the newer one has everything; for a month missing here the sender packs with --again."),
    ),
    "package_month_known": (
        N_("Number {seq} is {period} anew, which has been received, as have newer months."),
        N_("nothing to do: the newer one has everything."),
    ),
    "package_revision_older": (
        N_("The package is revision {revision} of {period}; revision {known} has been merged."),
        N_("nothing to do: the newer one has everything."),
    ),
    "package_journal_differs": (
        N_("The sender's journal had {known} at entry {entry}; now it says {given}."),
        N_(
            "its registry was replaced or rewritten: look at its  flowparty db check ; if it was"
            " restored from a backup, take the package with  --restored --reason TEXT"
        ),
    ),
    "package_gap": (
        N_("Before number {seq} ({period}) something is missing:"),
        N_(
            "if it is here, receive both at once; else ask for it, or go on with"
            "  --allow-gap --reason TEXT"
        ),
    ),
    "package_rules_differ": (
        N_("The two offices count {period} differently: {rule} is {ours} here and {theirs} there."),
        N_("agree on the setting; then close and pack the month again there."),
    ),
    "package_totals_differ": (
        N_("The totals do not fit the rows: {cell} says {stated}, counted are {found}."),
        N_("ask the sender to close and pack the month again."),
    ),
    "package_row_foreign": (
        N_("The package speaks for rows that are not its office's ({entity})."),
        N_("do not take it; ask the sender."),
    ),
    "package_collides": (
        N_("Something of these people was recorded here and stands open ({entity}):"),
        N_("end or withdraw our own record first; the village's is the right one."),
    ),
    "pack_nobody_above": (
        N_("Nobody stands above a county: there is nobody to pack for."),
        N_("write the returns with  flowparty ledger export"),
    ),
    "pack_not_closed": (
        N_("{period} is not closed, and only a closed month is packed."),
        N_("close it first:  flowparty report close --period {period}"),
    ),
    "pack_done": (
        N_("{period} was packed as number {seq} to {written_to}; that file is not at {path}."),
        N_("send that file; if it is lost, make another with --again"),
    ),
    "pack_keys_changed": (
        N_(
            "{period} was packed as number {seq} to {written_to};"
            " our key or that of the office above was changed since."
        ),
        N_("if that file was not taken above, make another with --again"),
    ),
    "pack_content": (
        N_("The level above would refuse this: {entity} {row}, {who}, {field}: {fault}."),
        N_("mend it; then  flowparty report reopen, close it and pack it again."),
    ),
    "pack_overtaken": (
        N_("Another package was made, or our key replaced, at the same moment."),
        N_("run it again."),
    ),
    "pack_too_large": (
        N_("The package would be larger than one may be ({size} of {most} bytes)."),
        N_("report it: the registry is larger than packages were made for."),
    ),
    "pack_totals_differ": (
        N_("The rows do not add up to the closed month: {cell} was {stated}, counted are {found}."),
        N_("open the month again with  flowparty report reopen  and close it anew."),
    ),
    "journal_anchor_differs": (
        N_(
            "The journal's entry {entry} is not the one that the package of {period} went out with."
        ),
        N_("restore the registry that sent it; look with  flowparty db check"),
    ),
    "receipt_unknown": (
        N_("The receipt is for a package ({period}, number {seq}) that we did not send."),
        N_(
            "check which registry is open; one restored from a backup does not know what it sent"
            " since:  flowparty db check --receipt FILE"
        ),
    ),
    "receipt_not_one": (
        N_("The file is no receipt but a package."),
        N_("name the file that came back for a package of ours; it ends in .receipt"),
    ),
    "receipt_unsigned": (
        N_("The receipt was changed on its way, or an office that we do not know signed it."),
        N_("nothing is wrong with the registry; look for another copy of the receipt."),
    ),
    "gap_reason_missing": (
        N_("Passing over a missing month needs a reason."),
        N_("name it with --reason TEXT; the report shows it."),
    ),
    "restored_alone": (
        N_("Going on with a registry that was set back is decided for one file, with a reason."),
        N_("name that file alone, and --reason TEXT; the journal keeps it."),
    ),
    "conflict_not_found": (
        N_("There is no conflict {value}."),
        N_("look with  flowparty conflict list"),
    ),
    "conflict_settled": (
        N_("The conflict {number} was settled otherwise on {on}."),
        N_("correct the record itself."),
    ),
    "conflict_moot": (
        N_("The conflict {number} solved itself on {on}: nothing is left to settle."),
        N_("look with  flowparty conflict list --all ; if something is wrong, correct the record."),
    ),
    "conflict_both": (
        N_(
            "Both can stay only where two people, by their names, have one identity number;"
            " {number} is no such conflict."
        ),
        N_("settle it with --keep ours or --keep theirs"),
    ),
    "conflict_unfit": (
        N_("That word of {number} ({member}) does not fit what stands there now ({entity})."),
        N_("settle what else is open about the record first, or keep the other side."),
    ),
    "conflict_no_room": (
        N_("{number} of {member} cannot be put back ({entity}): another has taken its place."),
        N_("keep theirs, and correct what stands there now; the journal has what ours said."),
    ),
    "conflict_record_used": (
        N_("The record {number} of {member} cannot go ({entity}): something of ours hangs on it."),
        N_("keep ours; then end or correct it, as  flowparty move edit  and  card void  do."),
    ),
    "conflict_reason_missing": (
        N_("Settling a conflict needs a reason."),
        N_("name it with --reason TEXT; the journal keeps it."),
    ),
}
