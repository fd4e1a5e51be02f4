"""Write `erp_export.csv`: what a Norwegian accounting system may export, with `erp_export.toml` beside it to read it.

Semicolons, Windows-1252, a decimal comma, 31.01.2026, and names of columns that no API knows. All of it is made up;
organization numbers start with 3, which no real company's does, and the months of identity numbers are raised by 80.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

__all__ = ["render"]

HEADER: Final = (
    "Fakturanr",
    "Fakturatype",
    "Fakturadato",
    "Forfallsdato",
    "Beløp",
    "MVA-pliktig",
    "KID",
    "Kundenr",
    "Fornavn",
    "Etternavn",
    "Firmanavn",
    "Org.nr.",
    "Fødselsnr.",
    "E-post",
    "Gateadresse",
    "Postnr.",
    "Poststed",
    "Selger",
)
ROWS: Final = (
    (
        "10501;Inkassovarsel;01.09.2026;15.09.2026;1 249,50;Ja;20001105012;20001;"
        "Bjørg;Eksempel;;;;bjorg@example.com;Bjørkeveien 1;0150;Oslo;KÅE"
    ),
    (
        "10502;Inkassovarsel;02.09.2026;16.09.2026;480,00;Ja;20002105029;20002;"
        "Åse;Prøve;;;01849904260;;Ærfuglveien 7;5003;Bergen;KÅE"
    ),
    (
        "10503;Purring;03.09.2026;17.09.2026;12.750,00;Nei;20003105036;20003;"
        ";;Eksempel Rør & Varme AS;312345676;;post@example.com;Havnegata 12;9008;Tromsø;ØB"
    ),
    "10504;Inkassovarsel;04.09.2026;18.09.2026;99,00;Ja;20004105043;20004;Ola;Eksempel;;;;;;;;ØB",
    (
        "10505;Purring;07.09.2026;21.09.2026;3 105,25;Nei;20005105059;20005;"
        ';;Prøvebakeriet ANS;398765435;;;"Torget 3; inngang B";4006;Stavanger;KÅE'
    ),
)


def render() -> bytes:
    """The whole file."""
    return "".join(line + "\r\n" for line in (";".join(HEADER), *ROWS)).encode("windows-1252")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("erp_export.csv")
    target.write_bytes(render())
    print(f"{target}: {len(ROWS)} invoices")
