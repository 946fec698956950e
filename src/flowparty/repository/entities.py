"""The tables whose rows are facts, to be journaled."""

ENTITIES = (
    "registry", "setting", "org", "member", "member_state", "movement", "card", "card_event",
    "contact", "contact_pair", "survey_round", "survey_section", "survey_choice", "survey_person",
    "survey_team", "survey_team_branch", "survey_sheet", "survey_answer", "aid_pot", "aid_grant",
    "aid_payment", "aid_follow_up", "need", "need_event", "meeting", "meeting_office",
    "meeting_decision", "notice", "notice_field", "movement_source", "transfer", "dues_standard",
    "dues_consent", "dues_payment", "activity", "activity_person", "holding", "holding_review",
    "project", "project_event", "hardship", "member_decision", "form_blank",
    "closed_month", "closed_row", "import_mapping", "office_key", "package_sent",
    "package_received", "merge_conflict",
)  # fmt: skip
"""Every table whose rows the journal vouches for."""
