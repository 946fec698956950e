-- The truth for a new registry. Migrations bring an older file to exactly this shape.
--
-- Conventions: every record has a short local number (id), a UUID and the office that owns it,
-- so that registries can merge. Days are ISO text; a partial date stops at its month or year;
-- NULL means unknown, or not yet. "since = ''" means: from an unknown day, so for every earlier day.

CREATE TABLE registry (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    division    TEXT NOT NULL CHECK (length(division) IN (6, 9, 12)),
    level       TEXT NOT NULL CHECK (level IN ('county', 'town', 'village')),
    name        TEXT NOT NULL,
    created_on  TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    value  TEXT NOT NULL
) STRICT;

CREATE TABLE org (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('committee', 'general_branch', 'branch', 'group',
                   'service_centre', 'service_point', 'outside', 'office')),
    class      TEXT,
    name       TEXT NOT NULL CHECK (name <> ''),
    division   TEXT,
    parent_id  INTEGER REFERENCES org (id) CHECK (parent_id <> id),
    secretary  TEXT,
    phone      TEXT,
    hours      TEXT,
    since      TEXT,
    until      TEXT CHECK (until IS NULL OR since IS NULL OR until >= since)
) STRICT;
CREATE INDEX org_parent ON org (parent_id);
CREATE INDEX org_division ON org (division);

CREATE TABLE member (
    id               INTEGER PRIMARY KEY,
    uuid             TEXT NOT NULL UNIQUE,
    office           TEXT NOT NULL,
    name             TEXT NOT NULL CHECK (name <> ''),
    name_key         TEXT NOT NULL,
    initials         TEXT NOT NULL,
    id_number        TEXT NOT NULL CHECK (length(id_number) = 18),
    id_given         TEXT NOT NULL CHECK (length(id_given) IN (15, 18)),
    sex              TEXT NOT NULL CHECK (sex IN ('male', 'female')),
    birth_date       TEXT,
    ethnicity        TEXT,
    education        TEXT,
    joined_on        TEXT,
    full_member_on   TEXT,
    post             TEXT,
    mobile           TEXT,
    landline         TEXT,
    address          TEXT,
    guest            INTEGER NOT NULL DEFAULT 0 CHECK (guest IN (0, 1)),
    lost_reported    INTEGER CHECK (lost_reported IN (0, 1)),
    lost_since       TEXT,
    remark           TEXT,
    ended_on         TEXT,
    end_reason       TEXT CHECK (end_reason IN
                         ('transferred', 'expelled', 'removed', 'withdrew', 'died')),
    end_note         TEXT,
    CHECK ((ended_on IS NULL) = (end_reason IS NULL)),
    UNIQUE (id_number, office)  -- two offices may each have sent the person: a conflict to settle
) STRICT;
CREATE INDEX member_office ON member (office);
CREATE INDEX member_name_key ON member (name_key);
CREATE INDEX member_initials ON member (initials);
CREATE INDEX member_phone_tail ON member (substr(mobile, -4));

-- The characters of a name parted by blanks: trigrams find nothing for one or two Chinese characters.
CREATE VIRTUAL TABLE member_search USING fts5 (characters, tokenize = "unicode61 remove_diacritics 0");

-- Branch, group, category and standing of a member, each from a day on; the latest one holds. So does
-- membership, of those only whose membership was not always as member.guest and ended_on say today.
CREATE TABLE member_state (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    attribute  TEXT NOT NULL CHECK (attribute IN
                   ('branch', 'group', 'category', 'standing', 'membership')),
    org_id     INTEGER REFERENCES org (id),
    code       TEXT,
    since      TEXT NOT NULL CHECK (since = '' OR since GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CHECK (attribute NOT IN ('branch', 'group') OR code IS NULL),
    CHECK (attribute NOT IN ('category', 'standing', 'membership') OR (org_id IS NULL AND code IS NOT NULL)),
    CHECK (attribute <> 'branch' OR org_id IS NOT NULL),
    UNIQUE (member_id, attribute, since)
) STRICT;
CREATE INDEX member_state_org ON member_state (org_id);

-- One movement away (out), or of a guest who came (in). Its life is three dates.
CREATE TABLE movement (
    id                INTEGER PRIMARY KEY,
    uuid              TEXT NOT NULL UNIQUE,
    office            TEXT NOT NULL,
    member_id         INTEGER NOT NULL REFERENCES member (id),
    direction         TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    left_on           TEXT,
    destination_code  TEXT CHECK (length(destination_code) IN (6, 9, 12)),
    destination_text  TEXT,
    unit_kind         TEXT NOT NULL,
    reason            TEXT NOT NULL,
    occupation        TEXT,
    fixed_place       TEXT NOT NULL CHECK (fixed_place IN ('yes', 'no', 'unknown')),
    host_org          TEXT,
    host_contact      TEXT,
    host_phone        TEXT,
    remark            TEXT,
    arrived_on        TEXT,
    ended_on          TEXT,
    outcome           TEXT CHECK (outcome IN ('returned', 'refused', 'withdrawn', 'transferred', 'ended', 'onward')),
    end_note          TEXT,
    CHECK ((ended_on IS NULL) = (outcome IS NULL)),
    CHECK (outcome NOT IN ('refused', 'withdrawn') OR arrived_on IS NULL)
) STRICT;
CREATE UNIQUE INDEX movement_one_open ON movement (member_id) WHERE ended_on IS NULL;
CREATE INDEX movement_member ON movement (member_id);

CREATE TABLE card (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    number       TEXT NOT NULL CHECK (number <> ''),
    member_id    INTEGER NOT NULL REFERENCES member (id),
    replaces_id  INTEGER UNIQUE REFERENCES card (id),
    closed_on    TEXT,
    UNIQUE (number, office)
) STRICT;
CREATE UNIQUE INDEX card_one_live ON card (member_id) WHERE closed_on IS NULL;
CREATE INDEX card_member ON card (member_id);

CREATE TABLE card_event (
    id        INTEGER PRIMARY KEY,
    uuid      TEXT NOT NULL UNIQUE,
    office    TEXT NOT NULL,
    card_id   INTEGER NOT NULL REFERENCES card (id),
    kind      TEXT NOT NULL CHECK (kind IN
                  ('issue', 'verify', 'review', 'lost', 'reissue', 'hand_in', 'void')),
    "on"      TEXT NOT NULL,
    place     TEXT,
    by        TEXT,
    findings  TEXT
) STRICT;
CREATE INDEX card_event_card ON card_event (card_id, "on");
CREATE INDEX card_event_on ON card_event ("on");

CREATE TABLE contact (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    "on"       TEXT NOT NULL,
    method     TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    by         TEXT,
    notes      TEXT
) STRICT;
CREATE INDEX contact_member ON contact (member_id, "on", outcome);
CREATE INDEX contact_on ON contact ("on");

-- 联系对子: somebody who keeps in touch with one member away, from a day to a day.
CREATE TABLE contact_pair (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    contactor  TEXT NOT NULL CHECK (contactor <> ''),
    duty       TEXT,
    phone      TEXT,
    since      TEXT NOT NULL,
    until      TEXT CHECK (until IS NULL OR until >= since)
) STRICT;
CREATE UNIQUE INDEX contact_pair_one_open ON contact_pair (member_id, contactor) WHERE until IS NULL;

-- A survey round (摸底排查): what is asked, who is to be reached, who asks, and the sheets.
CREATE TABLE survey_round (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
    since      TEXT NOT NULL,
    closed_on  TEXT CHECK (closed_on >= since)
) STRICT;

CREATE TABLE survey_section (
    id        INTEGER PRIMARY KEY,
    uuid      TEXT NOT NULL UNIQUE,
    office    TEXT NOT NULL,
    round_id  INTEGER NOT NULL REFERENCES survey_round (id),
    position  INTEGER NOT NULL CHECK (position BETWEEN 1 AND 6),
    name      TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (round_id, position),
    UNIQUE (round_id, name)
) STRICT;

CREATE TABLE survey_choice (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    section_id  INTEGER NOT NULL REFERENCES survey_section (id),
    text        TEXT NOT NULL CHECK (text <> ''),
    UNIQUE (section_id, text)
) STRICT;

-- The frame: who is to be reached, with the branch of the day the person was put there.
CREATE TABLE survey_person (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    round_id   INTEGER NOT NULL REFERENCES survey_round (id),
    member_id  INTEGER NOT NULL REFERENCES member (id),
    branch_id  INTEGER NOT NULL REFERENCES org (id),
    source     TEXT NOT NULL CHECK (source IN ('members', 'file', 'hand')),
    dropped_on TEXT,
    drop_note  TEXT,
    CHECK ((dropped_on IS NULL) = (drop_note IS NULL)),
    UNIQUE (round_id, member_id)
) STRICT;

CREATE TABLE survey_team (
    id        INTEGER PRIMARY KEY,
    uuid      TEXT NOT NULL UNIQUE,
    office    TEXT NOT NULL,
    round_id  INTEGER NOT NULL REFERENCES survey_round (id),
    name      TEXT NOT NULL CHECK (name <> ''),
    members   TEXT NOT NULL,
    since     TEXT NOT NULL,
    until     TEXT CHECK (until >= since),
    UNIQUE (round_id, name)
) STRICT;

-- One branch is one team's work in a round.
CREATE TABLE survey_team_branch (
    id        INTEGER PRIMARY KEY,
    uuid      TEXT NOT NULL UNIQUE,
    office    TEXT NOT NULL,
    round_id  INTEGER NOT NULL REFERENCES survey_round (id),
    team_id   INTEGER NOT NULL REFERENCES survey_team (id),
    org_id    INTEGER NOT NULL REFERENCES org (id),
    UNIQUE (round_id, org_id)
) STRICT;

-- One answer sheet; a later one for the same person corrects it, and both stay.
CREATE TABLE survey_sheet (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    person_id    INTEGER NOT NULL REFERENCES survey_person (id),
    "on"         TEXT NOT NULL,
    mode         TEXT CHECK (mode IN ('visit', 'phone')),
    outcome      TEXT NOT NULL CHECK (outcome IN ('done', 'absent', 'refused', 'not_reached')),
    attempts     INTEGER NOT NULL CHECK (attempts >= 1),
    interviewer  TEXT
) STRICT;
CREATE INDEX survey_sheet_person ON survey_sheet (person_id, id);

CREATE TABLE survey_answer (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    sheet_id    INTEGER NOT NULL REFERENCES survey_sheet (id),
    section_id  INTEGER NOT NULL REFERENCES survey_section (id),
    choice_id   INTEGER REFERENCES survey_choice (id),
    text        TEXT,
    CHECK ((choice_id IS NULL) <> (text IS NULL)),
    UNIQUE (sheet_id, section_id, choice_id)
) STRICT;
CREATE INDEX survey_answer_sheet ON survey_answer (sheet_id);

-- Aid (创业帮扶, 困难党员救助). Money in fen. A mistake is reversed, never edited.
CREATE TABLE aid_pot (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    name         TEXT NOT NULL UNIQUE CHECK (name <> ''),
    source       TEXT NOT NULL CHECK (source <> ''),
    provider     TEXT,
    document     TEXT,
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    since        TEXT NOT NULL,
    until        TEXT CHECK (until >= since),
    reversed_on  TEXT,
    reversal     TEXT,
    CHECK ((reversed_on IS NULL) = (reversal IS NULL))
) STRICT;

CREATE TABLE aid_grant (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    pot_id       INTEGER REFERENCES aid_pot (id),
    member_id    INTEGER NOT NULL REFERENCES member (id),
    "on"         TEXT NOT NULL,
    purpose      TEXT NOT NULL CHECK (purpose IN ('startup', 'hardship')),
    kind         TEXT NOT NULL CHECK (kind IN ('funds', 'project', 'policy')),
    provider     TEXT,
    project      TEXT,
    amount_fen   INTEGER NOT NULL CHECK (amount_fen >= 0),
    freed_fen    INTEGER NOT NULL DEFAULT 0 CHECK (freed_fen BETWEEN 0 AND amount_fen),
    ended_on     TEXT CHECK (ended_on >= "on"),
    end_note     TEXT,
    reversed_on  TEXT,
    reversal     TEXT,
    CHECK (kind <> 'funds' OR amount_fen > 0),
    CHECK (amount_fen = 0 OR pot_id IS NOT NULL),
    CHECK (freed_fen = 0 OR ended_on IS NOT NULL),
    CHECK ((reversed_on IS NULL) = (reversal IS NULL))
) STRICT;
CREATE INDEX aid_grant_pot ON aid_grant (pot_id);
CREATE INDEX aid_grant_member ON aid_grant (member_id);

CREATE TABLE aid_payment (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    grant_id     INTEGER NOT NULL REFERENCES aid_grant (id),
    kind         TEXT NOT NULL CHECK (kind IN ('pay', 'return')),
    "on"         TEXT NOT NULL,
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    voucher      TEXT,
    reversed_on  TEXT,
    reversal     TEXT,
    CHECK ((reversed_on IS NULL) = (reversal IS NULL))
) STRICT;
CREATE INDEX aid_payment_grant ON aid_payment (grant_id);

CREATE TABLE aid_follow_up (
    id        INTEGER PRIMARY KEY,
    uuid      TEXT NOT NULL UNIQUE,
    office    TEXT NOT NULL,
    grant_id  INTEGER NOT NULL REFERENCES aid_grant (id),
    "on"      TEXT NOT NULL,
    months    INTEGER NOT NULL CHECK (months > 0),
    trading   TEXT NOT NULL CHECK (trading IN ('yes', 'no', 'unknown')),
    result    TEXT,
    by        TEXT
) STRICT;
CREATE INDEX aid_follow_up_grant ON aid_follow_up (grant_id);

-- What is committed of a pot, and what is paid of a grant; a grant that ended frees the rest.
CREATE VIEW aid_pot_use (pot_id, amount_fen, committed_fen) AS
SELECT p.id, p.amount_fen, coalesce(sum(g.amount_fen - g.freed_fen), 0)
FROM aid_pot p LEFT JOIN aid_grant g ON g.pot_id = p.id AND g.reversed_on IS NULL
GROUP BY p.id;

CREATE VIEW aid_grant_use (grant_id, committed_fen, paid_fen) AS
SELECT g.id, CASE WHEN g.reversed_on IS NULL THEN g.amount_fen - g.freed_fen ELSE 0 END,
    coalesce(sum(CASE y.kind WHEN 'pay' THEN y.amount_fen ELSE -y.amount_fen END), 0)
FROM aid_grant g LEFT JOIN aid_payment y ON y.grant_id = g.id AND y.reversed_on IS NULL
GROUP BY g.id;

-- By rule (domain/aid.py) and by constraint: no pot over-allocated, no grant over-paid.
CREATE TRIGGER aid_grant_insert_within AFTER INSERT ON aid_grant
WHEN EXISTS (SELECT 1 FROM aid_pot_use WHERE pot_id = NEW.pot_id AND committed_fen > amount_fen)
BEGIN SELECT RAISE (ABORT, 'the pot would be over-allocated'); END;
CREATE TRIGGER aid_grant_update_within AFTER UPDATE ON aid_grant
WHEN EXISTS (SELECT 1 FROM aid_pot_use WHERE pot_id = NEW.pot_id AND committed_fen > amount_fen)
    OR EXISTS (SELECT 1 FROM aid_grant_use WHERE grant_id = NEW.id AND paid_fen > committed_fen)
BEGIN SELECT RAISE (ABORT, 'the pot would be over-allocated, or the grant over-paid'); END;
CREATE TRIGGER aid_pot_update_within AFTER UPDATE ON aid_pot
WHEN EXISTS (SELECT 1 FROM aid_pot_use WHERE pot_id = NEW.id AND committed_fen > amount_fen)
BEGIN SELECT RAISE (ABORT, 'the pot would be over-allocated'); END;
CREATE TRIGGER aid_payment_insert_within AFTER INSERT ON aid_payment
WHEN EXISTS (SELECT 1 FROM aid_grant_use WHERE grant_id = NEW.grant_id
             AND NOT paid_fen BETWEEN 0 AND committed_fen)
BEGIN SELECT RAISE (ABORT, 'the grant would be over-paid'); END;
CREATE TRIGGER aid_payment_update_within AFTER UPDATE ON aid_payment
WHEN EXISTS (SELECT 1 FROM aid_grant_use WHERE grant_id = NEW.grant_id
             AND NOT paid_fen BETWEEN 0 AND committed_fen)
BEGIN SELECT RAISE (ABORT, 'the grant would be over-paid'); END;

-- What members asked for (困难, 意愿, 建议, 维权, 纠纷), and what became of it, step by step.
CREATE TABLE need (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    "on"        TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('difficulty', 'wish', 'suggestion', 'rights', 'dispute')),
    text        TEXT NOT NULL CHECK (text <> ''),
    answer_id   INTEGER UNIQUE REFERENCES survey_answer (id),
    contact_id  INTEGER REFERENCES contact (id),
    CHECK (answer_id IS NULL OR contact_id IS NULL)
) STRICT;
CREATE INDEX need_member ON need (member_id);

-- Joint meetings with other offices (联席工作制度): who came, what was decided, what was learned.
CREATE TABLE meeting (
    id      INTEGER PRIMARY KEY,
    uuid    TEXT NOT NULL UNIQUE,
    office  TEXT NOT NULL,
    "on"    TEXT NOT NULL,
    topic   TEXT NOT NULL CHECK (topic <> ''),
    place   TEXT,
    chair   TEXT,
    UNIQUE ("on", topic)
) STRICT;

CREATE TABLE meeting_office (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    org_id      INTEGER NOT NULL REFERENCES org (id),
    came        INTEGER CHECK (came IN (0, 1)),
    person      TEXT,
    UNIQUE (meeting_id, org_id)
) STRICT;

CREATE TABLE meeting_decision (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    need_id     INTEGER REFERENCES need (id),
    owner_id    INTEGER NOT NULL REFERENCES org (id),
    text        TEXT NOT NULL CHECK (text <> ''),
    due         TEXT NOT NULL,
    done_on     TEXT,
    done_note   TEXT
) STRICT;
CREATE INDEX meeting_decision_meeting ON meeting_decision (meeting_id);

CREATE TABLE need_event (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    need_id      INTEGER NOT NULL REFERENCES need (id),
    kind         TEXT NOT NULL CHECK (kind IN ('assign', 'act', 'answer', 'close')),
    "on"         TEXT NOT NULL,
    org_id       INTEGER REFERENCES org (id),
    due          TEXT,
    text         TEXT,
    by           TEXT,
    result       TEXT CHECK (result IN ('solved', 'partly', 'unsolved', 'withdrawn')),
    decision_id  INTEGER REFERENCES meeting_decision (id),
    grant_id     INTEGER REFERENCES aid_grant (id),
    CHECK ((kind = 'assign') = (org_id IS NOT NULL)),
    CHECK ((kind = 'assign') = (due IS NOT NULL)),
    CHECK ((kind = 'close') = (result IS NOT NULL)),
    CHECK (kind = 'act' OR grant_id IS NULL)
) STRICT;
CREATE INDEX need_event_need ON need_event (need_id, "on");
CREATE INDEX need_event_grant ON need_event (grant_id);

-- Two-way management (双向管理): letters to an organization that does not use this program.
CREATE TABLE notice (
    id            INTEGER PRIMARY KEY,
    uuid          TEXT NOT NULL UNIQUE,
    office        TEXT NOT NULL,
    code          TEXT NOT NULL UNIQUE,
    member_id     INTEGER NOT NULL REFERENCES member (id),
    movement_id   INTEGER NOT NULL REFERENCES movement (id),
    kind          TEXT NOT NULL CHECK (kind IN ('inform', 'query', 'joint')),
    addressee     TEXT NOT NULL CHECK (addressee <> ''),
    "on"          TEXT NOT NULL,
    text          TEXT,
    replied_on    TEXT CHECK (replied_on >= "on"),
    replied_by    TEXT,
    reply         TEXT,
    withdrawn_on  TEXT CHECK (withdrawn_on >= "on"),
    CHECK (replied_on IS NULL OR withdrawn_on IS NULL)
) STRICT;
CREATE INDEX notice_member ON notice (member_id);

-- What the other side answered, field by field, beside what stood here; then what was agreed.
CREATE TABLE notice_field (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    notice_id  INTEGER NOT NULL REFERENCES notice (id),
    field      TEXT NOT NULL CHECK (field IN ('left_on', 'destination', 'occupation', 'host_org',
                   'host_contact', 'host_phone', 'arrived_on')),
    ours       TEXT,
    theirs     TEXT NOT NULL,
    agreed     TEXT,
    agreed_on  TEXT,
    UNIQUE (notice_id, field),
    CHECK (agreed_on IS NOT NULL OR agreed IS NULL)
) STRICT;

-- Where a fact of a movement was learned: at a meeting, or from the other side's reply.
CREATE TABLE movement_source (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    movement_id  INTEGER NOT NULL REFERENCES movement (id),
    field        TEXT NOT NULL,
    value        TEXT,
    "on"         TEXT NOT NULL,
    meeting_id   INTEGER REFERENCES meeting (id),
    notice_id    INTEGER REFERENCES notice (id),
    CHECK ((meeting_id IS NULL) <> (notice_id IS NULL))
) STRICT;
CREATE INDEX movement_source_movement ON movement_source (movement_id);

-- 组织关系介绍信: issued, then received, cancelled or expired; a received one is filed at last.
CREATE TABLE transfer (
    id             INTEGER PRIMARY KEY,
    uuid           TEXT NOT NULL UNIQUE,
    office         TEXT NOT NULL,
    number         TEXT NOT NULL UNIQUE CHECK (number <> ''),
    member_id      INTEGER NOT NULL REFERENCES member (id),
    branch_id      INTEGER NOT NULL REFERENCES org (id),
    receiver       TEXT NOT NULL CHECK (receiver <> ''),
    "on"           TEXT NOT NULL,
    valid_days     INTEGER NOT NULL CHECK (valid_days > 0),
    dues_paid_to   TEXT NOT NULL,
    by             TEXT,
    outcome        TEXT CHECK (outcome IN ('received', 'cancelled', 'expired')),
    ended_on       TEXT CHECK (ended_on >= "on"),
    end_note       TEXT,
    receipt_on     TEXT CHECK (receipt_on >= ended_on),
    filed_on       TEXT CHECK (filed_on >= receipt_on),
    CHECK ((outcome IS NULL) = (ended_on IS NULL)),
    CHECK ((outcome IS 'received') = (receipt_on IS NOT NULL)),
    CHECK (filed_on IS NULL OR receipt_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX transfer_one_open ON transfer (member_id) WHERE outcome IS NULL;
CREATE INDEX transfer_member ON transfer (member_id);

-- Dues (党费): the monthly standard from a month on, consents, payments. Money in fen.
CREATE TABLE dues_standard (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    since       TEXT NOT NULL CHECK (since GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    basis       TEXT NOT NULL CHECK (basis IN ('farmer', 'student', 'unemployed', 'relief',
                    'wage', 'self_employed', 'retired')),
    amount_fen  INTEGER NOT NULL CHECK (amount_fen > 0),
    UNIQUE (member_id, since)
) STRICT;

CREATE TABLE dues_consent (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    kind       TEXT NOT NULL CHECK (kind IN ('quarterly', 'by_other', 'afterwards')),
    since      TEXT NOT NULL CHECK (since GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    until      TEXT NOT NULL CHECK (until >= since),
    "on"       TEXT NOT NULL,
    by         TEXT,
    person     TEXT,
    CHECK (kind <> 'by_other' OR person IS NOT NULL),
    UNIQUE (member_id, kind, since)
) STRICT;

CREATE TABLE dues_payment (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    member_id    INTEGER NOT NULL REFERENCES member (id),
    "on"         TEXT NOT NULL,
    since        TEXT NOT NULL CHECK (since GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    until        TEXT NOT NULL CHECK (until >= since),
    amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
    person       TEXT,
    host_org     TEXT,
    voucher      TEXT,
    reversed_on  TEXT,
    reversal     TEXT,
    CHECK ((reversed_on IS NULL) = (reversal IS NULL))
) STRICT;
CREATE INDEX dues_payment_member ON dues_payment (member_id, "on", since, until, reversed_on);

-- By rule (domain/dues.py) and by constraint: no month is paid twice.
CREATE TRIGGER dues_payment_insert_once BEFORE INSERT ON dues_payment
WHEN EXISTS (SELECT 1 FROM dues_payment p WHERE p.member_id = NEW.member_id
             AND p.reversed_on IS NULL AND p.since <= NEW.until AND p.until >= NEW.since)
BEGIN SELECT RAISE (ABORT, 'a month would be paid twice'); END;

-- Organization life, training and service (组织生活, 教育培训, 服务): who was expected, who came.
CREATE TABLE activity (
    id       INTEGER PRIMARY KEY,
    uuid     TEXT NOT NULL UNIQUE,
    office   TEXT NOT NULL,
    org_id   INTEGER NOT NULL REFERENCES org (id),
    "on"     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('org_life', 'appraisal', 'training', 'service')),
    name     TEXT NOT NULL CHECK (name <> ''),
    side     TEXT NOT NULL CHECK (side IN ('home', 'host', 'remote')),
    place    TEXT,
    minutes  INTEGER NOT NULL CHECK (minutes > 0),
    UNIQUE (org_id, "on", name)
) STRICT;

CREATE TABLE activity_person (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    activity_id  INTEGER NOT NULL REFERENCES activity (id),
    member_id    INTEGER NOT NULL REFERENCES member (id),
    expected     INTEGER NOT NULL CHECK (expected IN (0, 1)),
    came         INTEGER CHECK (came IN (0, 1)),
    result       TEXT CHECK (result IN ('excellent', 'qualified', 'basic', 'unqualified')),
    note         TEXT,
    CHECK (result IS NULL OR came = 1),
    UNIQUE (activity_id, member_id)
) STRICT;
CREATE INDEX activity_person_member ON activity_person (member_id);

-- Posts with duties (设岗定责) and model shops (示范经营户).
CREATE TABLE holding (
    id             INTEGER PRIMARY KEY,
    uuid           TEXT NOT NULL UNIQUE,
    office         TEXT NOT NULL,
    member_id      INTEGER NOT NULL REFERENCES member (id),
    kind           TEXT NOT NULL CHECK (kind IN ('post', 'model_shop')),
    name           TEXT NOT NULL CHECK (name <> ''),
    duties         TEXT,
    trade          TEXT,
    households     INTEGER CHECK (households >= 0),
    applied_on     TEXT NOT NULL,
    since          TEXT CHECK (since >= applied_on),
    recognised_by  TEXT,
    refused_on     TEXT CHECK (refused_on >= applied_on),
    ended_on       TEXT CHECK (ended_on >= since),
    end_note       TEXT,
    CHECK (kind <> 'post' OR (duties IS NOT NULL AND trade IS NULL AND households IS NULL)),
    CHECK (kind <> 'model_shop' OR (trade IS NOT NULL AND duties IS NULL)),
    CHECK ((since IS NULL) = (recognised_by IS NULL)),
    CHECK (since IS NULL OR refused_on IS NULL),
    CHECK (ended_on IS NULL OR since IS NOT NULL)
) STRICT;
CREATE INDEX holding_member ON holding (member_id);

CREATE TABLE holding_review (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    holding_id  INTEGER NOT NULL REFERENCES holding (id),
    year        INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2999),
    "on"        TEXT NOT NULL,
    result      TEXT NOT NULL CHECK (result IN ('good', 'fair', 'poor')),
    by          TEXT,
    findings    TEXT,
    UNIQUE (holding_id, year)
) STRICT;

-- Projects that members brought home (引进发展项目); each event says how it stands from then on.
CREATE TABLE project (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    org_id     INTEGER NOT NULL REFERENCES org (id),
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('planting', 'husbandry', 'processing', 'commerce',
                   'tourism', 'services', 'public_works', 'other')),
    investor   TEXT
) STRICT;
CREATE INDEX project_member ON project (member_id);

CREATE TABLE project_event (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    project_id  INTEGER NOT NULL REFERENCES project (id),
    "on"        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'agreed', 'building', 'running', 'stopped')),
    amount_fen  INTEGER NOT NULL CHECK (amount_fen >= 0),
    jobs        INTEGER NOT NULL CHECK (jobs >= 0),
    text        TEXT
) STRICT;
CREATE INDEX project_event_project ON project_event (project_id, "on");

-- Hardship (困难党员): recognized by whom, until when.
CREATE TABLE hardship (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    since      TEXT NOT NULL,
    until      TEXT NOT NULL CHECK (until >= since),
    by         TEXT NOT NULL CHECK (by <> ''),
    text       TEXT,
    ended_on   TEXT CHECK (ended_on BETWEEN since AND until),
    end_note   TEXT,
    UNIQUE (member_id, since)
) STRICT;

-- What people decided about a membership (停止党籍, 恢复, 除名), with its document.
CREATE TABLE member_decision (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    kind       TEXT NOT NULL CHECK (kind IN ('suspend', 'restore', 'remove')),
    "on"       TEXT NOT NULL,
    document   TEXT NOT NULL CHECK (document <> ''),
    by         TEXT NOT NULL CHECK (by <> ''),
    text       TEXT,
    UNIQUE (member_id, kind, "on")
) STRICT;

-- The town's own blanks of official forms (a workbook, base64); without a row the built-in one holds.
CREATE TABLE form_blank (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    form       TEXT NOT NULL UNIQUE,
    file_name  TEXT NOT NULL CHECK (file_name <> ''),
    content    TEXT NOT NULL CHECK (content <> ''),
    "on"       TEXT NOT NULL
) STRICT;

-- One month as it was closed, under the settings of that day; a close after a reopening is the next
-- revision. ``journal_head`` is the hash of the journal's last entry before the close, ``digest``
-- covers the digests of all frozen rows.
CREATE TABLE closed_month (
    id                INTEGER PRIMARY KEY,
    uuid              TEXT NOT NULL UNIQUE,
    office            TEXT NOT NULL,
    period            TEXT NOT NULL CHECK (period GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    revision          INTEGER NOT NULL CHECK (revision >= 1),
    unit              TEXT NOT NULL,
    secretary         TEXT,
    since             TEXT NOT NULL,
    cutoff            TEXT NOT NULL CHECK (cutoff >= since),
    threshold_months  INTEGER NOT NULL,
    group_size        INTEGER NOT NULL,
    closed_on         TEXT NOT NULL CHECK (closed_on > cutoff),
    by                TEXT,
    journal_seq       INTEGER NOT NULL,
    journal_head      TEXT NOT NULL CHECK (length(journal_head) = 64),
    digest            TEXT NOT NULL CHECK (length(digest) = 64),
    reopened_on       TEXT,
    reopen_note       TEXT,
    CHECK ((reopened_on IS NULL) = (reopen_note IS NULL)),
    UNIQUE (office, period, revision)
) STRICT;
CREATE UNIQUE INDEX closed_month_one_live ON closed_month (office, period) WHERE reopened_on IS NULL;
CREATE TRIGGER closed_month_stays BEFORE DELETE ON closed_month
BEGIN SELECT RAISE (ABORT, 'a closed month is only reopened'); END;
CREATE TRIGGER closed_month_frozen BEFORE UPDATE ON closed_month
WHEN OLD.reopened_on IS NOT NULL OR (OLD.period, OLD.revision, OLD.since, OLD.cutoff, OLD.digest)
    IS NOT (NEW.period, NEW.revision, NEW.since, NEW.cutoff, NEW.digest)
BEGIN SELECT RAISE (ABORT, 'a closed month is only reopened'); END;

-- What stood in the returns of a closed month: enough to write them again byte for byte. ``org`` is
-- the branch's UUID. Erasure empties cells and salt and nothing else: figures and digests stay.
CREATE TABLE closed_row (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    closed_id  INTEGER NOT NULL REFERENCES closed_month (id),
    form       TEXT NOT NULL CHECK (form IN
                   ('ledger', 'card_statistics', 'total', 'card_event', 'correction', 'missing')),
    position   INTEGER NOT NULL CHECK (position >= 1),
    org        TEXT,
    member_id  INTEGER REFERENCES member (id),
    cells      TEXT,
    salt       TEXT,
    digest     TEXT NOT NULL CHECK (length(digest) = 64),
    CHECK ((cells IS NULL) = (salt IS NULL)),
    UNIQUE (closed_id, form, position)
) STRICT;
CREATE INDEX closed_row_member ON closed_row (member_id);
CREATE TRIGGER closed_row_stays BEFORE DELETE ON closed_row
BEGIN SELECT RAISE (ABORT, 'a closed month is frozen'); END;
CREATE TRIGGER closed_row_frozen BEFORE UPDATE ON closed_row
WHEN NEW.cells IS NOT NULL OR (OLD.closed_id, OLD.form, OLD.position, OLD.org, OLD.member_id,
    OLD.digest) IS NOT (NEW.closed_id, NEW.form, NEW.position, NEW.org, NEW.member_id, NEW.digest)
BEGIN SELECT RAISE (ABORT, 'a closed month is frozen'); END;

-- What a clerk said that an office's headings mean; ``field`` empty: leave the column alone.
CREATE TABLE import_mapping (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN
                   ('members', 'moves', 'cards', 'survey', 'contacts', 'aid')),
    signature  TEXT NOT NULL CHECK (signature <> ''),
    heading    TEXT NOT NULL CHECK (heading <> ''),
    field      TEXT NOT NULL,
    UNIQUE (kind, signature, heading)
) STRICT;

-- Between offices. The public keys of offices, ours among them; a rotation replaces, a loss revokes.
CREATE TABLE office_key (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    office       TEXT NOT NULL,
    holder       TEXT NOT NULL,
    division     TEXT NOT NULL CHECK (length(division) IN (6, 9, 12)),
    name         TEXT NOT NULL CHECK (name <> ''),
    sign_key     TEXT NOT NULL CHECK (length(sign_key) = 64),
    seal_key     TEXT NOT NULL CHECK (length(seal_key) = 64),
    key_digest   TEXT NOT NULL UNIQUE CHECK (length(key_digest) = 64),
    since        TEXT NOT NULL,
    first_seq    INTEGER CHECK (first_seq >= 1),  -- of its first package, as the key before it signed
    replaced_on  TEXT,
    revoked_on   TEXT
) STRICT;
CREATE UNIQUE INDEX office_key_one_live ON office_key (holder)
    WHERE replaced_on IS NULL AND revoked_on IS NULL;

-- What went up, numbered and chained for each recipient, and the signed receipt that came back;
-- ``file`` is where it was written.
CREATE TABLE package_sent (
    id            INTEGER PRIMARY KEY,
    uuid          TEXT NOT NULL UNIQUE,
    office        TEXT NOT NULL,
    key_digest    TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    recipient_key TEXT NOT NULL,
    period        TEXT NOT NULL CHECK (period GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    seq           INTEGER NOT NULL CHECK (seq >= 1),
    digest        TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    prev          TEXT NOT NULL CHECK (length(prev) = 64),
    journal_seq   INTEGER NOT NULL,
    journal_head  TEXT NOT NULL CHECK (length(journal_head) = 20),
    members       INTEGER NOT NULL,
    away          INTEGER NOT NULL,
    file          TEXT NOT NULL,
    "on"          TEXT NOT NULL,
    receipt_on    TEXT,
    receipt       TEXT,
    CHECK ((receipt_on IS NULL) = (receipt IS NULL)),
    UNIQUE (recipient, seq)
) STRICT;

-- What came up: one row a package merged, with the sender's anchor; ``gap`` says why one is missing.
-- ``fork_seq``: from this number on its registry was set back, and what stood there before is given
-- up; ``fork_head`` is the newest of the anchors given up.
CREATE TABLE package_received (
    id            INTEGER PRIMARY KEY,
    uuid          TEXT NOT NULL UNIQUE,
    office        TEXT NOT NULL,
    sender        TEXT NOT NULL,
    key_digest    TEXT NOT NULL,
    period        TEXT NOT NULL CHECK (period GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    seq           INTEGER NOT NULL CHECK (seq >= 1),
    digest        TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    journal_seq   INTEGER NOT NULL,
    journal_head  TEXT NOT NULL CHECK (length(journal_head) = 20),
    members       INTEGER NOT NULL,
    totals        TEXT NOT NULL,
    away          TEXT NOT NULL,  -- the UUIDs of those it counts as away
    "on"          TEXT NOT NULL,
    gap           TEXT,
    made_at       INTEGER NOT NULL,  -- seconds since 1970 UTC, by its sender's clock, not after it came
    fork_seq      INTEGER,
    fork_head     TEXT CHECK (length(fork_head) = 20),
    CHECK ((fork_seq IS NULL) = (fork_head IS NULL))
) STRICT;
CREATE INDEX package_received_sender ON package_received (sender, seq);

-- What two offices say differently: a field changed on both sides, a record that stands here (or stood,
-- its values then in ``ours``) and that its owner does not have, or one person (or card number) in two
-- offices. Until it is settled the owning office's word stands; nothing is lost. ``moot`` is what solved
-- itself; of a person or card the sides hold what each said when it was settled.
CREATE TABLE merge_conflict (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    office      TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('field', 'record', 'person', 'card')),
    entity      TEXT NOT NULL,
    row_id      INTEGER NOT NULL,
    other_id    INTEGER,
    field       TEXT,
    ours        TEXT,
    theirs      TEXT,
    package     TEXT NOT NULL,
    "on"        TEXT NOT NULL,
    settled_on  TEXT,
    kept        TEXT CHECK (kept IN ('ours', 'theirs', 'both', 'moot')),
    by          TEXT,
    CHECK ((settled_on IS NULL) = (kept IS NULL)),
    CHECK ((kind = 'field') = (field IS NOT NULL)),
    CHECK ((kind IN ('field', 'record')) = (other_id IS NULL))
) STRICT;
CREATE INDEX merge_conflict_row ON merge_conflict (entity, row_id);

-- The journal. Entries and changes are append-only and chained; values and reasons stand beside
-- them, so that erasing a person empties these two tables and the chain still verifies.
CREATE TABLE journal_entry (
    seq            INTEGER PRIMARY KEY,
    at             TEXT NOT NULL,
    utc_offset     TEXT NOT NULL,
    os_user        TEXT NOT NULL,
    clerk          TEXT NOT NULL,
    command        TEXT NOT NULL,
    reason_digest  TEXT,
    package        TEXT,
    prev           TEXT NOT NULL,
    hash           TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE journal_change (
    id         INTEGER PRIMARY KEY,
    seq        INTEGER NOT NULL,  -- of its entry, which is written last: db check finds one without
    entity     TEXT NOT NULL,
    row_id     INTEGER NOT NULL,
    operation  TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete', 'disclose', 'take')),
    fields     TEXT NOT NULL,
    before     TEXT,
    after      TEXT
) STRICT;
CREATE INDEX journal_change_row ON journal_change (entity, row_id, id);
CREATE INDEX journal_change_seq ON journal_change (seq);

CREATE TABLE journal_value (
    change_id  INTEGER PRIMARY KEY REFERENCES journal_change (id),
    salt       TEXT NOT NULL,
    "values"   TEXT NOT NULL
) STRICT;

CREATE TABLE journal_reason (
    seq   INTEGER PRIMARY KEY REFERENCES journal_entry (seq),
    salt  TEXT NOT NULL,
    text  TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_entry_no_replace BEFORE INSERT ON journal_entry
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_change_no_update BEFORE UPDATE ON journal_change
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_change_no_delete BEFORE DELETE ON journal_change
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_change_no_replace BEFORE INSERT ON journal_change
WHEN EXISTS (SELECT 1 FROM journal_change WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
