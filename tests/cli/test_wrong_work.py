"""The town's other work, wrong inputs: one clear error, its exit code, and nothing written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path

LONG = "9" * 30

WORLD = [
    # M1 away with a card; M2 and M3 namesakes; M4 a guest; M5 ended; M6 suspended; M7 never paid
    add_words(NAMES[0], 1),
    add_words("李安", 3),
    add_words("李安", 5, "雨柏村"),
    [*add_words("罗客", 7), "--guest"],
    add_words("韦遗", 9),
    add_words("岑志建", 11),
    add_words("覃勇东", 13),
    ["move", "out", "M1", "--to", "广东东莞", "--on", "2026-03-01", "--occupation", "电工"],
    ["move", "arrive", "M1", "--on", "2026-03-05", "--host", "东莞支部"],
    ["card", "issue", "M1", "--number", "用1", "--on", "2026-03-01"],
    ["org", "add", "派出所", "--kind", "机关站所"],
    ["org", "add", "旧站所", "--kind", "机关站所"],
    ["org", "end", "旧站所", "--on", "2026-06-30"],
    ["org", "add", "东莞小组", "--kind", "党小组", "--parent", "金叶社区", "--class", "按流入地"],
    ["org", "add", "深圳小组", "--kind", "党小组", "--parent", "金叶社区"],
    ["org", "add", "旧小组", "--kind", "党小组", "--parent", "金叶社区"],
    ["org", "end", "旧小组", "--on", "2026-06-30"],
    ["org", "join", "东莞小组", "M1", "--on", "2026-04-01"],
    ["survey", "open", "--name", "一轮", "--since", "2026-09-01"],
    ["survey", "add", "M1", "--on", "2026-09-02", "--answer", "困难问题=子女上学", "--answer",
     "意见建议=无"],
    ["survey", "add", "M2", "--on", "2026-09-02", "--answer", "创业意愿=养牛", "--answer",
     "创业意愿=开店"],
    ["contact", "add", "M1", "--on", "2026-10-01", "--notes", "想办低保"],
    ["aid", "pot", "资金", "--source", "县里", "--amount", "1万", "--since", "2026-01-01"],
    ["aid", "allocate", "M2", "--pot", "资金", "--amount", "500", "--on", "2026-05-01"],
    ["aid", "allocate", "M1", "--pot", "资金", "--amount", "600", "--on", "2026-05-01"],
    ["aid", "reverse", "A2", "--on", "2026-05-02", "--reason", "登错"],
    # N1 open, N2 assigned, N3 closed; N4 of M2
    ["need", "add", "M1", "--kind", "困难", "--text", "缺水", "--on", "2026-10-02"],
    ["need", "add", "M1", "--kind", "建议", "--text", "修路", "--on", "2026-10-02"],
    ["need", "assign", "N2", "--office", "派出所", "--due", "2026-10-31", "--ask", "协助", "--on",
     "2026-10-03"],
    ["need", "add", "M1", "--kind", "意愿", "--text", "学车", "--on", "2026-10-02"],
    ["need", "close", "N3", "--outcome", "本人撤回", "--on", "2026-10-04"],
    ["need", "add", "M2", "--kind", "维权", "--text", "欠薪", "--on", "2026-10-02"],
    # G1 held, G2 ahead, G3 without an office; D1 done, D2 not
    ["meeting", "add", "联席会议", "--office", "派出所", "--on", "2026-10-10"],
    ["meeting", "add", "年底会议", "--office", "派出所", "--on", "2026-12-15"],
    ["meeting", "add", "碰头会", "--on", "2026-10-10"],
    ["meeting", "decide", "G1", "--text", "核实", "--owner", "派出所", "--due", "2026-10-31"],
    ["meeting", "done", "D1", "--on", "2026-10-20"],
    ["meeting", "decide", "G1", "--text", "走访", "--owner", "派出所", "--due", "2026-11-30"],
    # notices: {0} unanswered, {1} answered otherwise, {2} withdrawn
    ["notice", "send", "M1", "--on", "2026-10-01", "--to", "东莞支部"],
    ["notice", "send", "M1", "--on", "2026-10-02", "--to", "东莞支部"],
    ["notice", "send", "M1", "--on", "2026-10-03", "--to", "东莞支部"],
    # L1 valid, L2 expired, L3 cancelled, L4 received
    ["transfer", "issue", "M2", "--number", "贞1", "--to", "龙岗党委", "--dues-to", "2026-11",
     "--on", "2026-11-20"],
    ["transfer", "issue", "M7", "--number", "贞2", "--to", "龙岗党委", "--dues-to", "2026-08",
     "--on", "2026-09-01"],
    ["transfer", "issue", "M3", "--number", "贞3", "--to", "龙岗党委", "--dues-to", "2026-08",
     "--on", "2026-09-01"],
    ["transfer", "cancel", "L3", "--on", "2026-09-02"],
    ["transfer", "issue", "M5", "--number", "贞4", "--to", "龙岗党委", "--dues-to", "2026-08",
     "--on", "2026-09-01"],
    ["transfer", "receive", "L4", "--received", "2026-09-05", "--on", "2026-09-20"],
    ["transfer", "file", "L4", "--on", "2026-09-21"],
    # dues: M1 paid to October in two payments
    ["dues", "standard", "M1", "--basis", "农民", "--amount", "0.2", "--since", "2026-01"],
    ["dues", "pay", "M1", "--months", "6", "--on", "2026-06-10"],
    ["dues", "pay", "M1", "--months", "4", "--on", "2026-10-10"],
    ["dues", "consent", "M1", "--kind", "代交", "--person", "李嫂", "--since", "2026-01",
     "--until", "2026-06"],
    ["dues", "standard", "M2", "--basis", "农民", "--amount", "0.2", "--since", "2026-01"],
    # H1 applied, H2 held and reviewed, H3 refused, H4 ended
    ["holding", "apply", "M1", "--kind", "岗位", "--name", "护林岗", "--duties", "巡山", "--on",
     "2026-01-10"],
    ["holding", "apply", "M1", "--kind", "示范户", "--name", "牛庄", "--trade", "养牛", "--on",
     "2026-01-10"],
    ["holding", "recognise", "H2", "--by", "镇党委", "--on", "2026-02-01"],
    ["holding", "review", "H2", "--result", "好", "--year", "2026", "--on", "2026-06-01"],
    ["holding", "apply", "M2", "--kind", "岗位", "--name", "河长岗", "--duties", "巡河", "--on",
     "2026-01-10"],
    ["holding", "refuse", "H3", "--on", "2026-02-01"],
    ["holding", "apply", "M2", "--kind", "岗位", "--name", "保洁岗", "--duties", "扫地", "--on",
     "2026-01-10"],
    ["holding", "recognise", "H4", "--by", "支部", "--on", "2026-02-01"],
    ["holding", "end", "H4", "--on", "2026-03-01"],
    ["project", "add", "蜂糖李", "--member", "M1", "--org", "甘田村", "--kind", "种植", "--state",
     "在建", "--amount", "20万", "--on", "2026-05-01"],
    ["project", "add", "旧厂", "--member", "M1", "--org", "甘田村", "--kind", "加工", "--state",
     "停止", "--on", "2026-05-01"],
    ["activity", "add", "主题党日", "--org", "金叶社区", "--hours", "2", "--on", "2026-10-15",
     "--expect", "全体"],
    ["activity", "add", "民主评议会", "--org", "金叶社区", "--hours", "2", "--kind", "民主评议", "--on",
     "2026-10-20"],
    ["activity", "add", "年终总结", "--org", "金叶社区", "--hours", "2", "--on", "2026-12-20"],
    ["activity", "add", "主题党日", "--org", "雨柏村", "--hours", "2", "--on", "2026-10-15"],
    ["member", "hardship", "M1", "--by", "民政办", "--on", "2026-01-01", "--until", "2026-12-31"],
    ["member", "decide", "M6", "--as", "停止党籍", "--document", "长委1号", "--by", "镇党委", "--on",
     "2026-10-01"],
]  # fmt: skip


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return {}


@pytest.fixture
def world(town: Any, path: Path, built: dict[str, bytes]) -> Any:
    """The registry of ``WORLD``, built once; each test gets its own copy."""
    if not built:
        for words in WORLD:
            town(*words)
        sent = [one["code"] for one in town("notice", "list", "--format", "json").json]
        town("notice", "reply", sent[1], "--on", "2026-10-20", "--occupation", "焊工")
        town("notice", "withdraw", sent[2], "--on", "2026-10-20")
        built |= {"file": path.read_bytes(), "codes": " ".join(sent).encode()}
    path.write_bytes(built["file"])
    return town


def journal(path: Path) -> list[Any]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT seq, hash FROM journal_entry").fetchall()
    connection.close()
    return rows


ASSIGN = ("need", "assign", "N1", "--due", "2026-12-31")
DECIDE = ("meeting", "decide", "G1", "--owner", "派出所", "--due", "2026-12-31")
ISSUE = ("transfer", "issue", "M1", "--number", "贞9", "--to", "龙岗党委")
APPLY = ("holding", "apply", "M2", "--name", "岗")
PROJECT = ("project", "add", "新项目", "--org", "甘田村", "--member", "M1", "--kind", "种植")
ACTIVITY = ("activity", "add", "新活动", "--org", "金叶社区")
CONSENT = ("dues", "consent", "M1", "--since", "2026-07", "--until", "2026-12")
STOP = ("member", "decide", "M1", "--as", "停止党籍", "--document", "长委2号", "--by", "镇党委")

WRONG = [
    # needs
    (("need", "add", "M1"), 2, "need_kind_missing"),
    (("need", "add", "M1", "--kind", "困难"), 5, "need_text_missing"),
    (("need", "add", "M1", "--kind", "困难", "--text", " "), 5, "need_text_missing"),
    (("need", "add", "M1", "--kind", "闲聊", "--text", "x"), 5, "value_unrecognised"),
    (("need", "add", "M1", "--kind", "困难", "--text", "a\x1bb"), 5, "text_unsafe"),
    (("need", "add", "M1", "--kind", "困难", "--text", "x", "--on", "2026-11-29"), 5,
     "date_future"),
    (("need", "add", "M5", "--kind", "困难", "--text", "x"), 16, "member_ended"),
    (("need", "add", "李安", "--kind", "困难", "--text", "x"), 6, "member_ambiguous"),
    (("need", "add", "M1", "--kind", "困难", "--contact", "2026-10-05"), 6, "need_no_contact"),
    (("need", "add", "M1", "--section", "意见建议"), 5, "need_answer_nothing"),
    (("need", "add", "M3", "--section", "困难问题"), 6, "need_no_answer"),
    (("need", "add", "M2", "--section", "创业意愿"), 16, "need_answers_several"),
    (("need", "add", "M2", "--section", "创业意愿", "--text", "养猪"), 6, "need_answer_other"),
    (("need", "add", "M1", "--section", "无此项"), 5, "survey_section_unknown"),
    (("need", "gather", "--section", "困难问题", "--round", "二轮"), 6, "survey_not_found"),
    ((*ASSIGN, "--office", "派出所", "--ask", " "), 5, "need_ask_missing"),
    ((*ASSIGN, "--office", "无此站所", "--ask", "x"), 6, "org_not_found"),
    ((*ASSIGN, "--office", "旧站所", "--ask", "x"), 16, "org_ended"),
    ((*ASSIGN[:3], "--due", "2026-11-27", "--office", "派出所", "--ask", "x"), 5, "due_before"),
    ((*ASSIGN[:3], "--due", "2026-02-30", "--office", "派出所", "--ask", "x"), 5, "date_invalid"),
    ((*ASSIGN, "--office", "派出所", "--ask", "x", "--on", "2026-10-01"), 5, "need_step_order"),
    (("need", "assign", "N3", "--due", "2026-12-31", "--office", "派出所", "--ask", "x"), 16,
     "need_state_forbids"),
    (("need", "act", "N1", "--text", "x"), 16, "need_state_forbids"),
    (("need", "act", "N2"), 5, "need_text_missing"),
    (("need", "act", "N2", "--aid", "A1"), 16, "need_other_member"),
    (("need", "act", "N2", "--aid", "A2"), 16, "aid_grant_reversed"),
    (("need", "act", "N2", "--aid", "A9"), 6, "aid_grant_not_found"),
    (("need", "act", "N2", "--text", "x", "--on", "2026-10-02"), 5, "need_step_order"),
    (("need", "answer", "N1", "--text", "x"), 16, "need_state_forbids"),
    (("need", "answer", "N2", "--text", " "), 5, "need_text_missing"),
    (("need", "close", "N2", "--outcome", "已解决"), 16, "need_state_forbids"),
    (("need", "close", "N2", "--outcome", "忘了"), 5, "value_unrecognised"),
    (("need", "close", "N3", "--outcome", "本人撤回"), 16, "need_state_forbids"),
    (("need", "show", "N99"), 6, "need_not_found"),
    (("need", "show", "M1"), 6, "need_ambiguous"),
    (("need", "show", "M3"), 6, "need_not_found"),
    (("need", "trace", "N" + LONG), 5, "number_too_large"),
    (("need", "list", "--office", "无此站所"), 6, "org_not_found"),
    # meetings
    (("meeting", "add", " "), 5, "meeting_topic_missing"),
    (("meeting", "add", "会", "--office", "金叶社区"), 16, "meeting_not_office"),
    (("meeting", "add", "会", "--office", "旧站所"), 16, "org_ended"),
    (("meeting", "add", "会", "--on", "下周"), 5, "date_invalid"),
    (("meeting", "add", "会", "--chair", "<b>"), 5, "name_unsafe"),
    (("meeting", "agenda", "--office", "金叶社区"), 16, "meeting_not_office"),
    (("meeting", "agenda", "--office", "派出所", "--output", "x.xlsx", "--meeting", "G9"), 6,
     "meeting_not_found"),
    (("meeting", "attend", "G2", "--office", "派出所"), 16, "meeting_ahead"),
    (("meeting", "attend", "G1", "--office", "金叶社区"), 16, "meeting_not_office"),
    (("meeting", "attend", "G1", "--office", "派出所", "--absent", "--name", "赵警官"), 5,
     "meeting_absent_person"),
    ((*DECIDE, "--text", " "), 5, "decision_missing"),
    ((*DECIDE[:5], "--due", "2026-10-09", "--text", "x"), 5, "due_before"),
    (("meeting", "decide", "G2", *DECIDE[3:], "--text", "x"), 16, "meeting_ahead"),
    ((*DECIDE[:3], "--owner", "旧站所", "--due", "2026-12-31", "--text", "x"), 16, "org_ended"),
    ((*DECIDE, "--text", "x", "--need", "N3"), 16, "need_state_forbids"),
    ((*DECIDE, "--text", "x", "--need", "N99"), 6, "need_not_found"),
    (("meeting", "done", "D9"), 6, "decision_not_found"),
    (("meeting", "done", "核实"), 6, "decision_not_found"),
    (("meeting", "done", "D1"), 16, "decision_done"),
    (("meeting", "done", "D2", "--on", "2026-10-09"), 5, "decision_before"),
    (("meeting", "learn", "G1", "M1"), 5, "meeting_nothing_learned"),
    (("meeting", "learn", "G1", "M2", "--occupation", "木工"), 16, "move_none_open"),
    (("meeting", "learn", "G2", "M1", "--occupation", "木工"), 16, "meeting_ahead"),
    (("meeting", "learn", "G3", "M1", "--occupation", "木工"), 16, "meeting_without_office"),
    (("meeting", "learn", "G1", "M1", "--left", "2026-03-06"), 5, "move_before_leaving"),
    (("meeting", "learn", "G1", "M1", "--to", "白云区"), 5, "place_ambiguous"),
    (("meeting", "show", "无此会"), 6, "meeting_not_found"),
    (("meeting", "show", "2026-10-10"), 6, "meeting_ambiguous"),
    # notices
    (("notice", "send", "M2"), 16, "move_none_open"),
    (("notice", "send", "M5"), 16, "member_ended"),
    (("notice", "send", "M1", "--kind", "问候"), 5, "value_unrecognised"),
    (("notice", "send", "M1", "--on", "2026-02-28"), 5, "move_before_leaving"),
    (("notice", "reply", "222223"), 5, "notice_code_invalid"),
    (("notice", "reply", "222222"), 6, "notice_not_found"),
    (("notice", "reply", "{0}", "--on", "2026-09-30"), 5, "notice_before"),
    (("notice", "reply", "{0}", "--to", "亚特兰蒂斯"), 5, "place_unknown"),
    (("notice", "reply", "{0}", "--host-phone", "12"), 5, "phone_invalid"),
    (("notice", "reply", "{0}", "--arrived", "2026-11-29"), 5, "date_future"),
    (("notice", "reply", "{0}", "--by", "=1"), 5, "name_unsafe"),
    (("notice", "reply", "{1}", "--occupation", "木工"), 16, "notice_answered"),
    (("notice", "reply", "{2}", "--occupation", "木工"), 16, "notice_withdrawn"),
    (("notice", "agree", "{0}", "--take", "ours"), 16, "notice_unanswered"),
    (("notice", "agree", "{1}", "--take", "theirs", "--field", "外出时间"), 5,
     "notice_field_unsaid"),
    (("notice", "agree", "{1}", "--take", "theirs", "--field", "天气"), 5, "value_unrecognised"),
    (("notice", "agree", "{1}", "--take", "theirs", "--on", "2026-10-19"), 5,
     "notice_agree_before"),
    (("notice", "agree", "{1}", "--take", "both"), 2, "usage"),
    (("notice", "withdraw", "{1}"), 16, "notice_answered"),
    (("notice", "withdraw", "{0}", "--on", "2026-09-30"), 5, "notice_before"),
    (("notice", "show", "无此函"), 5, "notice_code_invalid"),
    # transfer letters
    ((*ISSUE[:3], "--number", " ", "--to", "龙岗党委"), 5, "transfer_incomplete"),
    ((*ISSUE[:5], "--to", " "), 5, "transfer_incomplete"),
    ((*ISSUE[:3], "--number", "贞1", "--to", "龙岗党委"), 16, "transfer_number_used"),
    ((*ISSUE, "--days", "91"), 5, "transfer_valid_days"),
    ((*ISSUE, "--days", "0"), 2, "usage"),
    ((*ISSUE, "--dues-to", "2026-13"), 5, "period_invalid"),
    (("transfer", "issue", "M2", *ISSUE[3:], "--dues-to", "2026-11"), 16, "transfer_open"),
    (("transfer", "issue", "M3", *ISSUE[3:]), 5, "transfer_dues_unknown"),
    (("transfer", "issue", "M4", *ISSUE[3:]), 16, "transfer_guest"),
    (("transfer", "issue", "M5", *ISSUE[3:]), 16, "member_ended"),
    (("transfer", "issue", "M6", *ISSUE[3:]), 16, "transfer_suspended"),
    (("transfer", "receive", "L1", "--received", "2026-11-19"), 5, "transfer_before"),
    (("transfer", "receive", "L1", "--received", "2026-11-25", "--on", "2026-11-24"), 5,
     "transfer_receipt_before"),
    (("transfer", "receive", "L2", "--received", "2026-09-11"), 16, "transfer_expired"),
    (("transfer", "receive", "L3", "--received", "2026-09-02"), 16, "transfer_ended"),
    (("transfer", "receive", "L1", "--received", "2026-11-29"), 5, "date_future"),
    (("transfer", "cancel", "L4"), 16, "transfer_ended"),
    (("transfer", "cancel", "L1", "--on", "2026-11-19"), 5, "transfer_before"),
    (("transfer", "file", "L1"), 16, "transfer_no_receipt"),
    (("transfer", "file", "L4"), 16, "transfer_filed"),
    (("transfer", "show", "L9"), 6, "transfer_not_found"),
    (("transfer", "show", "M1"), 6, "transfer_none"),
    # dues
    (("dues", "standard"), 2, "dues_whose"),
    (("dues", "standard", "M7", "--amount", "1.01"), 5, "dues_standard_outside"),
    (("dues", "standard", "M7", "--basis", "学生", "--amount", "0.3"), 5, "dues_standard_outside"),
    (("dues", "standard", "M7", "--amount", "0"), 5, "money_zero"),
    (("dues", "standard", "M7", "--amount", "两毛"), 5, "money_invalid"),
    (("dues", "standard", "M7", "--basis", "富农"), 5, "value_unrecognised"),
    (("dues", "standard", "M7", "--since", "2026-13"), 5, "period_invalid"),
    (("dues", "standard", "M7", "--since", "0999-01"), 5, "period_invalid"),
    (("dues", "standard", "M1", "--amount", "0.5", "--since", "2026-10"), 16,
     "dues_standard_paid"),
    (("dues", "standard", "M4"), 16, "dues_guest"),
    (("dues", "standard", "M5"), 16, "member_ended"),
    ((*CONSENT, "--kind", "代交"), 5, "dues_person_missing"),
    ((*CONSENT, "--kind", "代交", "--person", "金叶社区党支部"), 16, "dues_org_pays"),
    ((*CONSENT[:3], "--since", "2026-07", "--until", "2026-06", "--kind", "按季"), 5,
     "dues_months_order"),
    ((*CONSENT[:3], "--since", "2026-01", "--until", "2026-12", "--kind", "代交", "--person",
      "李嫂"), 16, "dues_consent_exists"),
    ((*CONSENT, "--kind", "免交"), 5, "value_unrecognised"),
    (("dues", "pay"), 2, "dues_whose"),
    (("dues", "pay", "M7"), 16, "dues_no_standard"),
    (("dues", "pay", "M4"), 16, "dues_guest"),
    (("dues", "pay", "M1", "--months", "2"), 16, "dues_ahead"),
    (("dues", "pay", "M1", "--months", "0"), 2, "usage"),
    (("dues", "pay", "M1", "--person", "李嫂"), 16, "dues_no_consent"),
    (("dues", "pay", "M1", "--person", "金叶社区党支部"), 16, "dues_org_pays"),
    (("dues", "pay", "M2", "--host", "东莞支部"), 16, "dues_host_card"),
    (("dues", "pay", "M1", "--amount", "0.19"), 5, "dues_too_little"),
    (("dues", "pay", "--org", "金叶社区"), 16, "dues_no_standard"),
    (("dues", "reverse", "F2"), 5, "reversal_needs_reason"),
    (("dues", "reverse", "F2", "--reason", "登错", "--on", "2026-10-09"), 5,
     "dues_reverse_before"),
    (("dues", "reverse", "F1", "--reason", "登错"), 16, "dues_reverse_later"),
    (("dues", "reverse", "F9", "--reason", "登错"), 6, "dues_payment_not_found"),
    (("dues", "reverse", "M1", "--reason", "登错"), 6, "dues_payment_not_found"),
    (("dues", "show", "M4"), 16, "dues_guest"),
    (("dues", "show", "M5"), 16, "member_ended"),
    # posts and shops
    ((*APPLY[:3], "--name", " ", "--kind", "岗位", "--duties", "x"), 5, "holding_name_missing"),
    ((*APPLY, "--kind", "岗位"), 5, "holding_duties_missing"),
    ((*APPLY, "--kind", "示范户"), 5, "holding_trade_missing"),
    ((*APPLY, "--kind", "岗位", "--duties", "x", "--households", "3"), 5, "holding_field_other"),
    ((*APPLY, "--kind", "示范户", "--trade", "x", "--households", "-1"), 2, "usage"),
    ((*APPLY, "--kind", "称号", "--duties", "x"), 5, "value_unrecognised"),
    (("holding", "apply", "M5", *APPLY[3:], "--kind", "岗位", "--duties", "x"), 16,
     "member_ended"),
    (("holding", "apply", "M1", "--name", "护林岗", "--kind", "岗位", "--duties", "防火"), 16,
     "holding_exists"),
    (("holding", "recognise", "H1", "--by", " "), 5, "holding_by_missing"),
    (("holding", "recognise", "H1", "--by", "支部", "--on", "2026-01-09"), 5, "holding_before"),
    (("holding", "recognise", "H2", "--by", "支部"), 16, "holding_state_forbids"),
    (("holding", "recognise", "H3", "--by", "支部"), 16, "holding_state_forbids"),
    (("holding", "refuse", "H2"), 16, "holding_state_forbids"),
    (("holding", "review", "H1", "--result", "好"), 16, "holding_state_forbids"),
    (("holding", "review", "H2", "--result", "好", "--year", "2026"), 16, "holding_reviewed"),
    (("holding", "review", "H2", "--result", "好", "--year", "2025"), 5, "holding_year"),
    (("holding", "review", "H2", "--result", "极好"), 5, "value_unrecognised"),
    (("holding", "end", "H1"), 16, "holding_state_forbids"),
    (("holding", "end", "H2", "--on", "2026-05-31"), 5, "holding_before"),
    (("holding", "end", "H4"), 16, "holding_state_forbids"),
    (("holding", "show", "护林岗"), 6, "holding_not_found"),
    # projects
    (("project", "add", " ", *PROJECT[3:]), 5, "project_name_missing"),
    (("project", "add", "蜂糖李", *PROJECT[3:]), 16, "project_exists"),
    ((*PROJECT[:7], "--kind", "采矿"), 5, "value_unrecognised"),
    ((*PROJECT, "--amount", "-1"), 5, "money_invalid"),
    ((*PROJECT, "--jobs", "-1"), 2, "usage"),
    ((*PROJECT, "--jobs", LONG), 5, "number_too_large"),
    (("project", "add", "新", "--org", "甘田村", "--member", "M5", "--kind", "种植"), 16,
     "member_ended"),
    (("project", "update", "J1"), 5, "project_nothing"),
    (("project", "update", "J1", "--state", "签约"), 16, "project_backwards"),
    (("project", "update", "J1", "--jobs", "5", "--on", "2026-04-30"), 5, "project_before"),
    (("project", "update", "J2", "--jobs", "5"), 16, "project_stopped"),
    (("project", "show", "无此项目"), 6, "project_not_found"),
    # activities
    (("activity", "add", " ", "--org", "金叶社区", "--hours", "2"), 5, "activity_name_missing"),
    ((*ACTIVITY, "--hours", "两个"), 5, "hours_invalid"),
    ((*ACTIVITY, "--hours", "0"), 5, "hours_invalid"),
    ((*ACTIVITY, "--hours", "2", "--kind", "聚餐"), 5, "value_unrecognised"),
    ((*ACTIVITY, "--hours", "2", "--side", "半路"), 5, "value_unrecognised"),
    ((*ACTIVITY, "--hours", "2", "--expect", "无此人"), 6, "member_not_found"),
    (("activity", "add", "x", "--org", "旧小组", "--hours", "2"), 16, "org_ended"),
    (("activity", "add", "主题党日", "--org", "金叶社区", "--hours", "3", "--on", "2026-10-15"), 16,
     "activity_exists"),
    (("activity", "attend", "V3", "M1"), 16, "activity_ahead"),
    (("activity", "attend", "V1", "M1", "--result", "优秀"), 16, "activity_no_appraisal"),
    (("activity", "attend", "V2", "M1"), 5, "appraisal_missing"),
    (("activity", "attend", "V2", "M1", "--absent", "--result", "优秀"), 5, "appraisal_absent"),
    (("activity", "attend", "V2", "M1", "--result", "良"), 5, "value_unrecognised"),
    (("activity", "attend", "V1", "M1", "M5"), 16, "member_ended"),
    (("activity", "attend", "V1", "M1", "无此人"), 6, "member_not_found"),
    (("activity", "show", "V9"), 6, "activity_not_found"),
    (("activity", "show", "主题党日"), 6, "activity_ambiguous"),
    (("activity", "hours", "--year", "26"), 2, "usage"),
    # groups
    (("org", "join", "金叶社区", "M1"), 16, "org_not_group"),
    (("org", "join", "旧小组", "M1"), 16, "org_ended"),
    (("org", "join", "东莞小组", "M5"), 16, "member_ended"),
    (("org", "leave", "深圳小组", "M1"), 16, "group_other"),
    (("org", "end", "东莞小组"), 16, "org_not_empty"),
    (("org", "add", "东莞小组", "--kind", "党小组", "--parent", "金叶社区", "--class", "按行业"), 16,
     "org_exists"),
    (("org", "add", "x", "--kind", "党小组", "--class", "按星座"), 5, "value_unrecognised"),
    # lost contact, decisions, hardship
    ((*STOP[:5], "--document", " ", "--by", "镇党委"), 5, "decision_undocumented"),
    ((*STOP[:7], "--by", " "), 5, "decision_undocumented"),
    (("member", "decide", "M4", *STOP[3:]), 16, "decision_guest"),
    (("member", "decide", "M5", *STOP[3:]), 16, "member_ended"),
    (("member", "decide", "M6", *STOP[3:]), 16, "decision_standing"),
    (("member", "decide", "M1", "--as", "恢复党籍", *STOP[5:]), 16, "decision_standing"),
    (("member", "decide", "M1", "--as", "除名", *STOP[5:]), 16, "decision_standing"),
    (("member", "decide", "M6", "--as", "恢复党籍", *STOP[5:], "--on", "2026-09-30"), 5,
     "decision_order"),
    (("member", "decide", "M1", "--as", "警告", *STOP[5:]), 5, "value_unrecognised"),
    (("member", "hardship", "M2"), 2, "hardship_incomplete"),
    (("member", "hardship", "M2", "--by", " ", "--until", "2026-12-31"), 5,
     "hardship_by_missing"),
    (("member", "hardship", "M2", "--by", "民政办", "--until", "2026-11-27"), 5, "hardship_order"),
    (("member", "hardship", "M1", "--by", "民政办", "--until", "2027-12-31"), 16,
     "hardship_in_force"),
    (("member", "hardship", "M2", "--end"), 16, "hardship_none"),
    (("member", "hardship", "M5", "--by", "民政办", "--until", "2026-12-31"), 16, "member_ended"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    WRONG,
    ids=[f"{words[0]}-{words[1]}-{code}-{n}" for n, (words, _, code) in enumerate(WRONG)],
)
def test_one_clear_error_and_nothing_written(
    world: Any,
    path: Path,
    built: dict[str, bytes],
    words: tuple[str, ...],
    exit_code: int,
    code: str,
) -> None:
    codes = built["codes"].decode().split()
    before = journal(path)
    ran = world(*(word.format(*codes) for word in words), "--format", "json", exit=exit_code)
    assert (ran.error["code"], ran.error["exit"], ran.error["written"]) == (code, exit_code, False)
    assert ran.error["message"]
    assert "{" not in ran.error["message"] + ran.error["hint"]
    assert ran.out == ""
    assert journal(path) == before


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("need", "assign", "N1", "--office", "派出所", "--due", "2026-12-31"), "usage", 2),
        (("need", "answer", "N2"), "usage", 2),
        (("transfer", "receive", "L1"), "usage", 2),
        (("holding", "recognise", "H1"), "usage", 2),
        (("notice", "print", "222222", "--output", "x.xlsx"), "notice_not_found", 6),
        (("transfer", "print", "L9", "--output", "x.xlsx"), "transfer_not_found", 6),
        (("transfer", "print", "L1", "--output", "none/x.xlsx"), "output_folder_missing", 5),
        (("activity", "attend", "V1"), "usage", 2),
    ],
)
def test_in_words_too(
    world: Any, path: Path, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = journal(path)
    said = world(*words, exit=exit_code)
    assert code in said.err
    assert journal(path) == before
