"""A clerk of the demo town who works through a year by what ``today`` says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flowparty import clock
from flowparty.domain.activities import Kind as ActivityKind
from flowparty.domain.cards import State
from flowparty.domain.duties.duty import Ask, Kind
from flowparty.domain.months import Month, span
from flowparty.domain.movements import Direction
from flowparty.domain.period import parse_period
from flowparty.domain.surveys import Outcome
from flowparty.repository import cards, conflicts, members, movements, orgs, survey_frames, surveys
from flowparty.repository import dues as dues_rows
from flowparty.repository.registry import Registry
from flowparty.service import activities, contacts, dues, duties, keys
from flowparty.service import surveys as survey_work
from tests.conftest import ACTOR
from tests.offices import CHEAP, PASSPHRASE, Office, introduce, make_office
from tests.people import id_number

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.duties.duty import Duty
    from flowparty.service.duties import Item

USED = State.IN_USE
MEETINGS = ((5, 15), (10, 15))
NEWCOMER = "韦新"
LEFT_OVER = 2
"""So many of everybody the month's routine does not get round to; ``today`` names them."""

KNOWN = {
    "--notes": "近况正常", "--document": "长党发〔2027〕1号", "--by": "中共长田镇委员会",
    "--host": "流入地党工委", "--text": "已了解", "--take": "theirs", "--trading": "是",
    "--result": "好", "--outcome": "已完成", "--secretary": "李国", "--ethnicity": "汉族",
    "--education": "初中", "--joined": "1999-07-01", "--mobile": "13800138000",
    "--occupation": "普工", "--keep": "ours", "--reason": "已核实",
}  # fmt: skip
"""What the clerk answers where a command asks for it."""


@dataclass
class Clerk:
    """Does the month's routine, and settles whatever ``today`` names by the command it names."""

    run: Any
    path: Path
    day: date
    seen: dict[Kind, set[str]] = field(default_factory=dict)
    numbers: int = 0
    reading: Registry | None = None
    village: Office | None = None

    def open(self) -> Registry:
        """The registry, for the routine."""
        return Registry.open(self.path, actor=ACTOR, command="routine", now=clock.now)

    def owed(self) -> list[Item]:
        """What ``today`` says."""
        if self.reading is None:
            self.reading = self.open()
        return duties.owed(self.reading, on=self.day)

    # -- routine ------------------------------------------------------------------------------

    def routine(self) -> None:
        """On the first everybody away is called; twice a branch meets; at New Year all pay ahead."""
        with self.open() as registry, registry.write():
            if self.day.day == 1:
                self._call(registry)
            if (self.day.month, self.day.day) in MEETINGS:
                self._meet(registry)
            if (self.day.month, self.day.day) == (12, 31):
                self._collect(registry)

    def _call(self, registry: Registry) -> None:
        away = movements.list_movements(registry, on=self.day, direction=Direction.OUT)
        for move in away[LEFT_OVER:]:
            member = members.get(registry, move.member_id, on=self.day)
            contacts.add(
                registry, member, on=self.day, method="phone", outcome="reached", by=None,
                notes=None,
            )  # fmt: skip

    def _meet(self, registry: Registry) -> None:
        top = orgs.top(registry)
        everybody = members.list_members(registry, on=self.day)
        people = [one for one in everybody if one.name != NEWCOMER]
        kind = ActivityKind.ORG_LIFE
        new = activities.NewActivity("主题党日", kind, self.day, 120)
        held = activities.add(registry, top, new, people, today=self.day).record
        activities.attend(
            registry, held, people, came=True, result=None, note=None, today=self.day
        )  # fmt: skip

    def _collect(self, registry: Registry) -> None:
        """The town lets members pay ahead: all but a few pay to the end of next year."""
        for account in dues_rows.accounts(registry, on=self.day)[LEFT_OVER:]:
            unpaid = account.first_unpaid(self.day)
            if unpaid is not None:
                months = len(list(span(unpaid, Month(self.day.year + 1, 12))))
                member = members.get(registry, account.member_id, on=self.day)
                new = dues.NewPayment(on=self.day, months=months)
                dues.pay(registry, [member], new, today=self.day, again=False)

    # -- what happens -------------------------------------------------------------------------

    def at_home(self) -> list[str]:
        """The labels of members who are neither away nor hold a card."""
        with self.open() as registry:
            away = {move.member_id for move in movements.list_movements(registry, on=self.day)}
            living = members.list_members(registry, on=self.day)
            return [
                one.label
                for one in living
                if one.id not in away and cards.live_of(registry, one.id, on=self.day) is None
            ]

    def move_away(self, *words: str) -> str:
        """Somebody goes; returns the label."""
        who = self.at_home()[0]
        self.run("move", "out", who, *words)
        return who

    def another_office_differs(self) -> None:
        """A package of a village says another education of somebody than somebody here wrote."""
        with self.open() as registry, registry.write():
            member = members.list_members(registry, on=self.day)[0]
            conflicts.add(registry, {
                "kind": "field", "entity": "member", "row_id": member.id, "field": "education",
                "ours": member.education, "theirs": "大学", "package": "0" * 64,
                "on": self.day.isoformat(),
            })  # fmt: skip

    def a_village_begins_to_send(self) -> None:
        """The town and a village, of which nobody went away yet, take each other's cards."""
        self.path.with_name("pass").write_text(PASSPHRASE, encoding="utf-8")
        key = self.path.with_suffix(".key")
        self.village = make_office(self.path.parent / "village", "522325107205", self.day)
        with self.open() as registry:
            keys.init(registry, key, PASSPHRASE, today=self.day, cost=CHEAP)
            unlocked = keys.unlock(registry, key, PASSPHRASE)
            town = Office("522325107", self.path.parent, registry, unlocked)
            introduce(self.village, town, self.day)

    def _package(self, duty: Duty) -> list[str]:
        """The village packs the month; where the file lies, and what opens our key."""
        assert self.village is not None
        self.village.close_month(parse_period(duty.occurrence), self.day)
        self.village.pack(parse_period(duty.occurrence), self.day)
        (path,) = self.village.folder.glob(f"*{duty.occurrence}*.flowpkg")
        return [str(path), "--passphrase-file", str(self.path.with_name("pass"))]

    def service_point(self) -> None:
        self.run("org", "add", "新设服务点", "--kind", "服务点", "--parent", "长田村")

    def nobody_knows(self) -> None:
        self.move_away("--to", "不掌握", "--on", "不详")

    def late_letter(self) -> None:
        who = self.move_away("--to", "广东深圳龙岗", "--on", "2026-12-01", "--fixed-place", "是")
        words = ("--number", "迟1号", "--to", "龙岗街道党工委", "--on")
        self.run("transfer", "issue", who, *words, str(self.day - timedelta(days=12)))

    def cannot_be_reached(self) -> None:
        with self.open() as registry:
            move = movements.list_movements(registry, on=self.day, direction=Direction.OUT)[-1]
        self.run("contact", "add", f"M{move.member_id}", "--outcome", "未接通")

    def loses_card(self) -> None:
        with self.open() as registry:
            held = [
                c for c in cards.list_cards(registry, on=self.day) if c.state_on(self.day) is USED
            ]
        self.run("card", "lost", f"C{held[-1].id}")

    def comes_home(self) -> None:
        with self.open() as registry:
            held = [
                c for c in cards.list_cards(registry, on=self.day) if c.state_on(self.day) is USED
            ]
        self.run("move", "return", f"M{held[0].member_id}")

    def unlike(self) -> None:
        with self.open() as registry:
            moves = movements.list_movements(registry, on=self.day, direction=Direction.OUT)
        who = next(f"M{move.member_id}" for move in moves if move.host_org and move.occupation)
        sent = self.run("notice", "send", who, "--format", "json").json
        self.run("notice", "reply", sent["code"], "--occupation", "厨师")

    def newcomer(self) -> None:
        words = ("--name", NEWCOMER, "--id", id_number(77, "19900203"), "--branch", "甘田村")
        self.run("member", "add", *words)
        self.run("move", "out", NEWCOMER, "--to", "浙江义乌", "--on", str(self.day))

    def trained(self) -> None:
        """The newcomer was trained once, and then nobody saw the newcomer again."""
        self.run(
            "activity", "add", "入户送学", "--org", "甘田村", "--kind", "教育培训", "--hours", "2",
            "--expect", NEWCOMER,
        )  # fmt: skip
        self.run("activity", "attend", "入户送学", NEWCOMER)

    def survey(self) -> None:
        """A round in which all but a few are reached on its first day."""
        self.run("survey", "open", "--name", "2027年春季摸底排查")
        with self.open() as registry, registry.write():
            the_round = surveys.list_rounds(registry)[0]
            new = survey_work.NewSheet(self.day, "phone", Outcome.DONE, 1, None)
            for person in survey_frames.people(registry, the_round.id)[LEFT_OVER:]:
                member = members.get(registry, person.member_id, on=self.day)
                survey_work.record(registry, the_round, member, new, today=self.day)

    # -- settling -----------------------------------------------------------------------------

    def work(self) -> None:
        """Settle every duty of the day, kind by kind, until nothing is owed."""
        items = self.owed()
        while items:
            kind = items[0].duty.kind
            these = [item.duty for item in items if item.duty.kind is kind]
            for duty in these:
                self.run(*self.filled(duty))
                self.seen.setdefault(kind, set()).add(duty.identity)
            items = self.owed()
            left = {item.duty.identity for item in items}
            gone = {duty.identity for duty in these}
            assert not left & gone, f"{self.day}: not settled by its command: {left & gone}"

    def filled(self, duty: Duty) -> list[str]:
        """The command of a duty with what only the clerk knows put in."""
        words: list[str] = []
        for word in duty.command:
            if word is Ask.FILE:
                words += self._package(duty)
                continue
            words.append(self._known(duty, words[-1], word) if isinstance(word, Ask) else word)
        return words

    def _known(self, duty: Duty, before: str, ask: Ask) -> str:
        if before in KNOWN:
            return KNOWN[before]
        if ask is Ask.NUMBER:
            self.numbers += 1
            return f"新编{self.numbers}号"
        if ask is Ask.GROUP:
            return self._group(duty)
        given = {
            "--to": "广东深圳龙岗",
            "--on": str(self.day - timedelta(days=20)),
            "--until": str(self.day + timedelta(days=365)),
            "--received": min(str(self.day), str(duty.facts.get("until"))),
            "allocate": "M90",
        }
        return given[before]

    def _group(self, duty: Duty) -> str:
        words = (
            "org",
            "add",
            f"{duty.who}外出党小组",
            "--kind",
            "党小组",
            "--parent",
            duty.subject,
        )
        made = self.run(*words, "--format", "json").json
        return str(made["number"])
