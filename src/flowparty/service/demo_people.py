"""Made-up people for the demo: plausible names, valid identity numbers, nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.identity import IdNumber, check_character
from flowparty.domain.members import NewMember

if TYPE_CHECKING:
    from random import Random

SURNAMES = "王李张罗黄韦岑梁陆杨吴周谭龙伍郑谢潘蒙余骆单仇曾覃卢何毛"
GIVEN = "志建勇东国文贵忠光昌松平学林安海涛仕兴慧娟秀玲菊群仙燕倩明华强军芳丽敏杰辉波斌飞鹏云霞红梅"
RARE = ("欧阳𬭎", "古丽娜尔·吐尔逊", "梁𫖯", "余䶮", "欧阳小兰", "尉迟文")
ETHNICITIES = ("布依族", "布依族", "布依族", "汉族", "汉族", "苗族", "仡佬族", "彝族", "穿青人")
EDUCATION = ("小学", "初中", "初中", "普通高中", "职业高中", "中等专科", "大学专科", "大学本科")
POSTS = (
    "农牧渔业生产人员",
    "外出务工经商人员",
    "个体工商户中的从业人员",
    "乡村医生",
    "其他农牧渔民",
)
_MOBILE_STARTS = ("139", "150", "151", "158", "177", "182", "187", "199")


@dataclass
class People:
    """A source of people that yields the same ones for the same seed."""

    random: Random
    _used: int = 0

    def member(self, village: str) -> NewMember:
        """One person of a village, as a clerk would type the papers."""
        name = RARE[self._used] if self._used < len(RARE) else self._name()
        self._used += 1
        born = date(1955, 1, 1) + timedelta(days=self.random.randrange(17_500))
        number = self.id_number(born)
        group, house = self.random.randrange(1, 12), self.random.randrange(1, 90)
        joined = born + timedelta(days=self.random.randrange(7_000, 9_000))
        return NewMember(
            name=name,
            id_number=number,
            sex=number.sex,
            birth_date=PartialDate.of(born),
            ethnicity=self.random.choice(ETHNICITIES),
            education=self.random.choice(EDUCATION),
            joined_on=PartialDate.of(joined),
            full_member_on=PartialDate.of(joined + timedelta(days=366)),
            post=self.random.choice(POSTS),
            mobile=self.mobile(),
            address=f"长田镇{village}{group}组{house}号",
        )

    def _name(self) -> str:
        length = self.random.choice((1, 2, 2, 2))
        return self.random.choice(SURNAMES) + "".join(self.random.choices(GIVEN, k=length))

    def id_number(self, born: date) -> IdNumber:
        """A valid identity number for a birthday; the sequence number is drawn."""
        first17 = f"522325{born:%Y%m%d}{self.random.randrange(1, 999):03d}"
        value = first17 + check_character(first17)
        return IdNumber(value, value)

    def mobile(self) -> str:
        """A mobile number that looks like one."""
        start = self.random.choice(_MOBILE_STARTS)
        return f"{start}{self.random.randrange(10**8):08d}"

    def somebody(self) -> str:
        """A name for a secretary or an official."""
        return self._name()
