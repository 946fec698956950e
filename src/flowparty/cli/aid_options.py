"""The options of aid."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.language import _

Amount = Annotated[
    str, typer.Option("--amount", metavar="YUAN", help=_("In yuan: 15000, 15,000.00, 1.5万."))
]
GrantArgument = Annotated[
    str, typer.Argument(metavar="GRANT", help=_("An allocation: A3, or its recipient."))
]
PurposeOption = Annotated[
    str, typer.Option("--purpose", metavar="创业|困难", help=_("Start-up or hardship."))
]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="资金|项目|政策", help=_("Funds, a project or a policy."))
]
Provider = Annotated[
    str | None, typer.Option("--office", metavar="NAME", help=_("The office that gives it."))
]
PotOption = Annotated[
    str | None, typer.Option("--pot", metavar="POT", help=_("A pot: its name, document or T2."))
]
Voucher = Annotated[
    str | None, typer.Option("--voucher", metavar="NUMBER", help=_("The voucher's number."))
]
