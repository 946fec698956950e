"""The command lines that are put under fault."""

from __future__ import annotations

from tests.injection.judging import Line
from tests.people import id_number

_SECRET = "WORDS"  # noqa: S105 - see World.line
NEW = f"--id {id_number(70)} --branch 雨柏村"

LINES = {
    "member add": Line("open", f"member add --name 岑志建 {NEW}"),
    "survey add": Line("open", "survey add M1 --on 2026-11-20 --answer 创业意愿=养牛"),
    "import members": Line("open", "import members list.xlsx --skip-bad", exit=3),
    "ledger export": Line("open", "ledger export --period 2026-11"),
    "report pack": Line("closed", f"report pack --period 2026-11 {_SECRET}"),
    "report receive": Line("town", f"report receive in.flowpkg {_SECRET}"),
    "report close": Line("open", "report close --period 2026-11"),
    "import contacts": Line("open", "import contacts calls.csv --skip-bad"),
    "report reopen": Line("closed", "report reopen --period 2026-11 --reason 漏报"),
    "member edit": Line("open", "member edit M1 --post 木工"),
    "member end": Line("open", "member end M3 --as 死亡 --on 2026-11-20"),
    "member card": Line("open", "member card M1 --output card.xlsx"),
    "member hardship": Line(
        "open", "member hardship M1 --by 镇民政办 --until 2027-11-20 --on 2026-11-20"
    ),
    "move out": Line("open", "move out M3 --to 广东深圳 --on 2026-11-20"),
    "move arrive": Line("open", "move arrive M1 --on 2026-11-20"),
    "move onward": Line("open", "move onward M1 --to 浙江杭州 --on 2026-11-20"),
    "move return": Line("open", "move return M1 --on 2026-11-20"),
    "card issue": Line("open", "card issue M2 --number 贞9 --on 2026-11-20"),
    "card verify": Line("open", "card verify C1 --on 2026-11-20"),
    "card lost": Line("open", "card lost C1 --on 2026-11-20"),
    "contact add": Line("open", "contact add M2 --outcome 未接通 --on 2026-11-20"),
    "contact sheet": Line("open", "contact sheet --org 雨柏村 --output calls.xlsx"),
    "org add": Line("open", "org add 派出所 --kind 机关站所"),
    "org edit": Line("open", "org edit 雨柏村 --secretary 李国"),
    "survey open": Line("closed", "survey open --name 二轮 --since 2026-11-20"),
    "survey team": Line("open", "survey team add 一组 --person 李国 --branch 雨柏村"),
    "aid pot": Line("open", "aid pot 创业资金 --source 县委组织部 --amount 1万"),
    "need add": Line("open", "need add M1 --kind 困难 --text 看病 --on 2026-11-20"),
    "meeting add": Line("open", "meeting add 十一月会议 --on 2026-11-20"),
    "notice send": Line("open", "notice send M1 --to 龙岗街道党工委 --kind 查询 --on 2026-11-20"),
    "transfer issue": Line(
        "open",
        "transfer issue M1 --number 一号 --to 龙岗街道党工委 --dues-to 2026-11 --on 2026-11-20",
    ),
    "dues standard": Line("open", "dues standard M1 --amount 1 --since 2026-11"),
    "project add": Line(
        "open", "project add 养牛场 --member M1 --org 雨柏村 --kind 养殖 --on 2026-11-20"
    ),
    "activity add": Line("open", "activity add 党日 --org 雨柏村 --hours 1 --on 2026-11-20"),
    "settings set": Line("open", "settings set watch_failures 1"),
    "export members": Line("open", "export members --output members.csv"),
    "form export": Line("open", "form export 台账 --output blank.xlsx"),
    "key show": Line("open", f"key show --output card.key {_SECRET}"),
    "key rotate": Line("town", f"key rotate --output rotated.key {_SECRET}"),
    "key init": Line("open", f"key init --lost --key new.secret {_SECRET}"),
    "key revoke": Line("town", "key revoke 522325107203 --reason 丢失"),
}
"""By name; those of ``MAIN`` first."""

MAIN = [*LINES][:7]
