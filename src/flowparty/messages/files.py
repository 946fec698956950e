"""Words for files: registries, workbooks, folders and disks."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "registry_missing": (
        N_("There is no registry at {path}."),
        N_("make one with  flowparty init --division CODE, or name it with --db FILE"),
    ),
    "registry_exists": (
        N_("There is a file at {path} already."),
        N_("use it as it is, or name another with --db FILE"),
    ),
    "registry_empty": (
        N_("{path} is an empty file, not a registry."),
        N_("restore a backup; if it never was a registry, remove it and run  flowparty init"),
    ),
    "registry_foreign": (
        N_("{path} is not a registry of flowparty."),
        N_("name the right file with --db FILE"),
    ),
    "registry_damaged": (
        N_("The registry {path} is damaged."),
        N_("copy the folder aside, do not delete anything in it, and restore a backup."),
    ),
    "registry_newer": (
        N_("{path} was written by a newer program (version {found}; this one knows {known})."),
        N_("update flowparty."),
    ),
    "registry_busy": (
        N_("Another program is writing to {path}."),
        N_("try again in a moment, or wait longer with --wait SECONDS"),
    ),
    "registry_read_only": (
        N_("{path} or its folder may not be written."),
        N_("check whose file it is, and that the disk is not mounted read-only."),
    ),
    "registry_unopenable": (
        N_("{path} or its folder cannot be opened."),
        N_("check that you may read and write the folder."),
    ),
    "disk_full": (
        N_("There is no space left for {path}."),
        N_("free some space, then run it again; reading still works."),
    ),
    "disk_error": (
        N_("The disk failed at {path}."),
        N_("copy the folder to another disk and check this one."),
    ),
    "not_writable": (N_("{path} may not be written."), N_("choose another place with --output.")),
    "form_not_a_workbook": (
        N_("The form {path} is not a workbook."),
        N_("restore the form, or save it as .xlsx."),
    ),
    "form_placeholder_unknown": (
        N_("The form {path} asks for {name}, which we do not have."),
        N_("correct the placeholder in the form."),
    ),
    "form_unsupported": (
        N_("The form {path} is built in a way we cannot fill, at {cell}."),
        N_("keep the row with placeholders free of merges over several rows."),
    ),
    "form_too_wide": (
        N_("The form {path} takes up more than {limit} cells, which is no form."),
        N_("delete the rows and columns that only have a format; part merges of whole columns."),
    ),
    "form_row_missing": (
        N_("The form {path} has no row to repeat."),
        N_("give one row the placeholders of the list, such as {{{{{name}}}}}."),
    ),
    "form_too_large": (
        N_("The form {path} is larger than {limit} bytes."),
        N_("leave only the form in the workbook: no other sheets, no pictures."),
    ),
    "form_not_found": (
        N_("There is no form called {value}."),
        N_("see  flowparty form list"),
    ),
    "form_which": (
        N_("Name the blank to use, or --built-in, and not both."),
        N_("flowparty form use FORM FILE, or  flowparty form use FORM --built-in"),
    ),
    "workbook_suffix": (
        N_("The name {path} does not end in .xlsx, but a workbook is written there."),
        N_("end it in .xlsx"),
    ),
    "export_suffix": (
        N_("The name {path} does not say which kind of file to write."),
        N_("end it in .xlsx, .csv or .json"),
    ),
    "export_encoding": (
        N_("{encoding} has no such character: {value}."),
        N_("leave --encoding out, or write .xlsx."),
    ),
    "output_folder_missing": (
        N_("The folder of {path} does not exist."),
        N_("make it, or choose another place with --output."),
    ),
    "receipts_folder_missing": (
        N_("There is no folder {path}."),
        N_("make it, or choose another folder with --receipts."),
    ),
    "output_name_unusable": (
        N_("{path} cannot be the name of a file here."),
        N_("choose another name with --output; is it a folder?"),
    ),
    "output_is_registry": (
        N_("{path} is a registry, or its journal; it is never written over."),
        N_("choose another name with --output"),
    ),
    "output_is_key_file": (
        N_("{path} is the key file of an office; it is never written over."),
        N_("choose another name with --output"),
    ),
    "output_busy": (
        N_("{path} cannot be replaced: is it open in another program?"),
        N_("close it there; what was to be written lies in {kept}"),
    ),
    "output_lost": (
        N_("There is no standard output to write to."),
        N_("run it in a terminal, or send the output to a file."),
    ),
}
