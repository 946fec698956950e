"""Words for keys, cards and passphrases."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "card_not_one": (
        N_("The file is not an office's card."),
        N_("ask for the file that  flowparty key show --output FILE  writes there."),
    ),
    "card_newer": (
        N_("The card was written by a newer program (format {found}; this one knows {known})."),
        N_("update flowparty."),
    ),
    "card_unsigned": (
        N_("The card is not signed by its own keys: it was changed or damaged."),
        N_("ask the office for its card again."),
    ),
    "passphrase_short": (
        N_("The passphrase is too short: it needs at least {least} characters."),
        N_("take several words, and keep them on paper in two sealed envelopes."),
    ),
    "passphrase_wrong": (
        N_("The passphrase does not open the key file."),
        N_("type it again; if it is lost, put the file away and run  flowparty key init --lost"),
    ),
    "passphrase_missing": (
        N_("The passphrase of the key file is needed, and there is nobody to ask."),
        N_("add  --passphrase-file FILE"),
    ),
    "passphrase_unreadable": (
        N_("The passphrase file {path} cannot be read."),
        N_("check its name; its first line is the passphrase."),
    ),
    "passphrase_differs": (
        N_("The two passphrases differ."),
        N_("run it again and type the same twice."),
    ),
    "key_newer": (
        N_("The key file was written by a newer program (format {found}; this one knows {known})."),
        N_("update flowparty."),
    ),
    "key_not_one": (
        N_("The file is not a key file, or it is damaged."),
        N_("name the right one with --key FILE, or bring back a copy of it."),
    ),
    "key_of_other_office": (
        N_("The key file belongs to another office."),
        N_("name ours with --key FILE"),
    ),
    "key_missing": (
        N_("This office has no key yet."),
        N_("make one with  flowparty key init"),
    ),
    "key_file_missing": (
        N_("There is no key file {path}."),
        N_(
            "name it with --key FILE, or bring back a copy;"
            " if it is lost:  flowparty key init --lost"
        ),
    ),
    "key_not_in_force": (
        N_("The key file {path} does not hold the key that is in force."),
        N_("name the newest one with --key FILE"),
    ),
    "key_exists": (
        N_("This office has a key, and its file is not at {path}."),
        N_("name it with --key FILE; if it is lost:  flowparty key init --lost"),
    ),
    "key_own": (
        N_("This is our own card."),
        N_("give it to the other office, and take theirs."),
    ),
    "key_own_kept": (
        N_("These are our own keys; an office does not revoke them itself."),
        N_("replace them with  flowparty key rotate , lost ones with  flowparty key init --lost"),
    ),
    "key_revoked": (
        N_("This key of {name} is trusted no more since {on}."),
        N_("ask the office for the card of its new key."),
    ),
    "key_fingerprint_missing": (
        N_("The card says it is of {name}; that is not proven yet."),
        N_("call the office, let it read its fingerprint out, and add  --fingerprint DIGITS"),
    ),
    "key_fingerprint_differs": (
        N_("The fingerprint read out is not that of this card, which says it is of {name}."),
        N_("compare again; if they differ, the card is not theirs: do not trust it."),
    ),
    "key_reason_missing": (
        N_("Revoking a key needs a reason."),
        N_("name it with --reason TEXT; the journal keeps it."),
    ),
    "key_above_missing": (
        N_("The key of the office above ({division}) is not trusted here."),
        N_("take its card with  flowparty key trust FILE --fingerprint DIGITS"),
    ),
    "key_not_found": (
        N_("No known key, and no office with one, answers to {value}."),
        N_("look with  flowparty key show"),
    ),
    "key_ambiguous": (
        N_("{value} may mean several offices:"),
        N_("name one by its division code."),
    ),
    "not_readable": (
        N_("{path} may not be read."),
        N_("check whose file it is."),
    ),
}
