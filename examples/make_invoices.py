"""Write `invoices.csv`: overdue invoices of a power and fibre company that does not exist.

Run it with `python examples/make_invoices.py [PATH]`. It always writes the same bytes. Nobody in the file exists:
people are first and last names put together at random, national identity numbers and organization numbers come from
the synthetic ranges (80 added to the month; first digit 2 or 3), e-mail addresses are in domains reserved for examples,
and no telephone number in Norway starts with 0. Postal codes belong to their towns, and every check digit is right, so
that the file passes the checks a real export passes.

Forty rows are bad on purpose: some cannot be read as an invoice, some are refused when they arrive, and two are there
twice.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

SEED: Final = 20261101
ROWS: Final = 1_060
CUSTOMERS: Final = 790
LAST_DUE: Final = date(2026, 10, 18)  # two weeks before the day the file is meant for, 2026-11-01

COLUMNS: Final = (
    "invoice_number",
    "unique_source_invoice_id",
    "type",
    "original_invoice_amount",
    "currency",
    "invoice_date",
    "due_date",
    "description",
    "ocr_reference_number",
    "debtor_type",
    "customer_number",
    "firstname",
    "lastname",
    "name",
    "identification_number",
    "organization_number",
    "date_of_birth",
    "email",
    "phone",
    "street",
    "zip_code",
    "city",
    "country_code",
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


WOMEN: Final = words(
    "Anne Inger Kari Marit Ingrid Liv Eva Anna Maria Ida Hilde Berit Nina Astrid Elisabeth Kristin Bjørg Randi Solveig "
    "Bente Heidi Silje Hanne Linda Tone Ellen Tove Elin Camilla Ragnhild Emma Nora Sara Julie Thea Marte Ingeborg Åse "
    "Mona Gerd Sissel Monica Grete Unni Turid Wenche Laila Trine Maren Sunniva"
)
MEN: Final = words(
    "Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Martin Tor Morten Terje Odd Erik Andreas John "
    "Anders Rune Trond Tore Daniel Jon Kristian Marius Tom Harald Olav Stian Magnus Øyvind Rolf Leif Espen Helge Håkon "
    "Jonas Einar Steinar Frode Sindre Eirik Gunnar Vidar Ståle Ørjan Pål"
)
SURNAMES: Final = words(
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg "
    "Haugen Hagen Johannessen Andreassen Jacobsen Halvorsen Dahl Jørgensen Henriksen Lund Gundersen Sørensen Jakobsen "
    "Moen Gulbrandsen Iversen Strand Svendsen Solberg Martinsen Knutsen Eide Bakken Paulsen Kristoffersen Mathisen Lie "
    "Rasmussen Amundsen Lunde Kristensen Bakke Berge Moe Nygård Solheim Fredriksen Nguyen Holm Lien Andresen Hauge "
    "Hammer Knudsen Evensen Nygaard Aas Haugland Hovland Ruud Tveit Aasen Myhre Sandvik Ødegård Vik Åsheim Brekke"
)
COMPANY_HEADS: Final = ("Eksempel", "Fiktiv", "Oppdiktet", "Liksom", "Prøve", "Påfunn", "Innbilt")
COMPANY_TRADES: Final = (
    "Bakeri",
    "Bilverksted",
    "Blikk & Tak",
    "Bygg",
    "Eiendom",
    "Elektro",
    "Fisk",
    "Frisør",
    "Gartneri",
    "Maskin",
    "Mat og Vin",
    "Regnskap",
    "Renhold",
    "Rør og Varme",
    "Snekkeri",
    "Taxi",
    "Transport",
    "Vaktmesterservice",
)
STREETS: Final = (
    "Storgata",
    "Kirkegata",
    "Skolegata",
    "Bjørkeveien",
    "Granveien",
    "Furuveien",
    "Solbakken",
    "Strandgata",
    "Industriveien",
    "Parkveien",
    "Stasjonsveien",
    "Nygata",
    "Havnegata",
    "Kongens gate",
    "Dronningens gate",
    "Åsveien",
    "Elveveien",
    "Fjellveien",
    "Øvre vei",
    "Nordre gate",
    "Søndre gate",
    "Tverrveien",
    "Lyngveien",
    "Rognveien",
    "Moveien",
)
# A town that is larger has more of its codes in the list, and so more customers.
PLACES: Final = tuple(
    (code, town)
    for town, codes in (
        ("Oslo", "0150 0155 0160 0175 0182 0250 0260 0350 0366 0450 0473 0550 0572 0650 0661 0855 0957 1061 1164 1274"),
        ("Sandvika", "1337"),
        ("Asker", "1384"),
        ("Ski", "1400"),
        ("Kolbotn", "1410"),
        ("Ås", "1430"),
        ("Drøbak", "1440"),
        ("Lørenskog", "1470"),
        ("Moss", "1530"),
        ("Fredrikstad", "1606"),
        ("Sarpsborg", "1706"),
        ("Halden", "1771"),
        ("Askim", "1830"),
        ("Mysen", "1850"),
        ("Lillestrøm", "2000"),
        ("Jessheim", "2050"),
        ("Kongsvinger", "2211"),
        ("Hamar", "2317"),
        ("Elverum", "2406"),
        ("Tynset", "2500"),
        ("Lillehammer", "2609"),
        ("Otta", "2670"),
        ("Gjøvik", "2815"),
        ("Fagernes", "2900"),
        ("Drammen", "3015 3018"),
        ("Holmestrand", "3080"),
        ("Tønsberg", "3110"),
        ("Horten", "3187"),
        ("Sandefjord", "3211"),
        ("Larvik", "3256"),
        ("Hønefoss", "3510"),
        ("Geilo", "3580"),
        ("Kongsberg", "3611"),
        ("Rjukan", "3660"),
        ("Notodden", "3674"),
        ("Skien", "3717"),
        ("Kragerø", "3770"),
        ("Porsgrunn", "3916"),
        ("Stavanger", "4006 4010"),
        ("Sandnes", "4306"),
        ("Bryne", "4340"),
        ("Egersund", "4370"),
        ("Flekkefjord", "4400"),
        ("Mandal", "4513"),
        ("Kristiansand S", "4611 4630"),
        ("Arendal", "4838"),
        ("Grimstad", "4876"),
        ("Risør", "4950"),
        ("Bergen", "5003 5006 5015 5055"),
        ("Nesttun", "5221"),
        ("Stord", "5411"),
        ("Haugesund", "5527"),
        ("Voss", "5700"),
        ("Odda", "5750"),
        ("Ålesund", "6002"),
        ("Ulsteinvik", "6065"),
        ("Volda", "6100"),
        ("Molde", "6413"),
        ("Kristiansund N", "6508"),
        ("Måløy", "6700"),
        ("Førde", "6800"),
        ("Sogndal", "6856"),
        ("Florø", "6900"),
        ("Trondheim", "7010 7011 7030 7042"),
        ("Orkanger", "7300"),
        ("Oppdal", "7340"),
        ("Røros", "7374"),
        ("Stjørdal", "7500"),
        ("Levanger", "7600"),
        ("Verdal", "7650"),
        ("Steinkjer", "7713"),
        ("Namsos", "7800"),
        ("Bodø", "8005"),
        ("Fauske", "8200"),
        ("Svolvær", "8300"),
        ("Leknes", "8370"),
        ("Sortland", "8400"),
        ("Narvik", "8514"),
        ("Mo i Rana", "8622"),
        ("Mosjøen", "8656"),
        ("Sandnessjøen", "8800"),
        ("Brønnøysund", "8900"),
        ("Tromsø", "9008 9010"),
        ("Finnsnes", "9300"),
        ("Harstad", "9405"),
        ("Alta", "9510"),
        ("Hammerfest", "9600"),
        ("Honningsvåg", "9750"),
        ("Vadsø", "9800"),
        ("Kirkenes", "9900"),
        ("Vardø", "9950"),
    )
    for code in codes.split()
)
# Owners of a Norwegian holiday house: (street, postal code, town, country, currency).
ABROAD: Final = (
    ("Kungsgatan 44", "111 35", "Stockholm", "SE", "SEK"),
    ("Linnégatan 7", "413 04", "Göteborg", "SE", "SEK"),
    ("Södergatan 12", "211 34", "Malmö", "SE", "SEK"),
    ("Mannerheimintie 5", "00100", "Helsinki", "FI", "EUR"),
    ("Invalidenstraße 88", "10115", "Berlin", "DE", "EUR"),
)
MONTHS: Final = words("januar februar mars april mai juni juli august september")
RESERVED_DOMAINS: Final = ("example.com", "example.org", "example.net")

Row = dict[str, str]


class Dice:
    """Random picks that are the same on every version of Python.

    Only `random.random()` is promised to give the same numbers for the same seed in later versions.
    """

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311  # sample data, no secret

    def below(self, limit: int) -> int:
        """An integer from 0 up to, not including, `limit`."""
        return int(self._rng.random() * limit)

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < percent

    def skewed(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, more often a small one, as amounts are."""
        return low + int(self._rng.random() ** 2.2 * (high - low))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        rest, result = list(items), []
        while rest:
            result.append(rest.pop(self.below(len(rest))))
        return result


# --- check digits ----------------------------------------------------------------------------------------------------


def mod10(digits: str) -> str:
    """The Luhn check digit of a payment reference (KID)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def mod11(digits: str, weights: Sequence[int]) -> str | None:
    """A weighted modulo-11 check digit, or None where it would not be a digit."""
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    check = (11 - rest) % 11
    return None if check == 10 else str(check)


def kid_mod11(digits: str) -> str | None:
    """The modulo-11 check digit of a payment reference: weights 2 to 7 from the right."""
    weights = [2 + position % 6 for position in range(len(digits))]
    return mod11(digits, weights[::-1])


def organization_number(dice: Dice) -> str:
    """An organization number from the synthetic range, which starts with 2 or 3."""
    while True:
        digits = f"{dice.pick('23')}{dice.below(10_000_000):07}"
        if check := mod11(digits, (3, 2, 7, 6, 5, 4, 3, 2)):
            return digits + check


def identity_number(dice: Dice, born: date, *, woman: bool) -> str:
    """A national identity number from the synthetic range: 80 is added to the month."""
    day = f"{born.day:02}{born.month + 80:02}{born.year % 100:02}"
    while True:
        # 000-499 for people born before 2000, 500-999 after; the last of the three is even for women.
        number = dice.below(250) * 2 + (0 if woman else 1) + (500 if born.year >= 2000 else 0)
        first = mod11(f"{day}{number:03}", (3, 7, 6, 1, 8, 9, 4, 5, 2))
        if first and (second := mod11(f"{day}{number:03}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))):
            return f"{day}{number:03}{first}{second}"


# --- customers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Customer:
    """Someone who owes money: the debtor's columns, and the currency they are billed in."""

    columns: Row
    company: bool
    currency: str = "NOK"


def ascii_name(name: str) -> str:
    """The name as it is written in an e-mail address."""
    spelled = name.lower().replace("æ", "ae").replace("ø", "o").replace(" ", "")
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()


def norwegian_phone(dice: Dice) -> str:
    """A number nobody has: none of Norway's numbers starts with 0."""
    return f"+47 000 {dice.below(100):02} {dice.below(1000):03}"


def home(dice: Dice) -> Row:
    """An address in Norway."""
    zip_code, city = dice.pick(PLACES)
    entrance = dice.pick("ABCD") if dice.chance(18) else ""
    street = f"{dice.pick(STREETS)} {dice.between(1, 98)}{entrance}"
    return {"street": street, "zip_code": zip_code, "city": city, "country_code": "NO"}


def person(dice: Dice, number: str, abroad: tuple[str, str, str, str, str] | None = None) -> Customer:
    """A private customer."""
    woman = dice.chance(50)
    first = dice.pick(WOMEN if woman else MEN)
    if dice.chance(12):
        first += " " + dice.pick(WOMEN if woman else MEN)
    last = dice.pick(SURNAMES)
    born = date(1941, 1, 1) + timedelta(days=dice.below(24_100))  # 18 years old at least
    row = {
        "debtor_type": "PRIVATE",
        "customer_number": number,
        "firstname": first,
        "lastname": last,
        "email": f"{ascii_name(first)}.{ascii_name(last)}{number[-2:]}@{dice.pick(RESERVED_DOMAINS)}",
    }
    if not dice.chance(88):
        del row["email"]
    if abroad is None:
        row |= home(dice)
        if dice.chance(76):
            row["identification_number"] = identity_number(dice, born, woman=woman)
            row["date_of_birth"] = born.isoformat()
        elif dice.chance(50):
            row["date_of_birth"] = born.isoformat()
        if dice.chance(83):
            row["phone"] = norwegian_phone(dice)
        return Customer(row, company=False)
    street, zip_code, city, country, currency = abroad
    row |= {"street": street, "zip_code": zip_code, "city": city, "country_code": country}
    row["date_of_birth"] = born.isoformat()
    if country == "SE":  # the range that Sweden keeps free for books and films
        row["phone"] = f"+46 70 174 06 {dice.between(5, 99):02}"
    return Customer(row, company=False, currency=currency)


def company(dice: Dice, number: str) -> Customer:
    """A business customer. The debtor type stays empty: which word the API has for companies is not documented."""
    address = home(dice)
    town = address["city"].removesuffix(" S").removesuffix(" N")
    name = f"{dice.pick(COMPANY_HEADS)} {dice.pick(COMPANY_TRADES)} {town} AS"
    row = {
        "customer_number": number,
        "name": name,
        "organization_number": organization_number(dice),
        "email": f"faktura{number[-3:]}@{dice.pick(RESERVED_DOMAINS)}",
        **address,
    }
    if dice.chance(70):
        row["phone"] = norwegian_phone(dice)
    return Customer(row, company=True)


def customers(dice: Dice) -> list[Customer]:
    """All customers, about one in seven a business."""
    result = []
    number = 100_200
    for index in range(CUSTOMERS):
        number += dice.between(1, 9)
        if index % 90 == 45:
            result.append(person(dice, str(number), abroad=ABROAD[index // 90 % len(ABROAD)]))
        elif dice.chance(15):
            result.append(company(dice, str(number)))
        else:
            result.append(person(dice, str(number)))
    return dice.shuffled(result)


# --- invoices --------------------------------------------------------------------------------------------------------


def what_for(dice: Dice, customer: Customer, billed: date) -> tuple[str, int]:
    """What was sold, and the amount in hundredths."""
    month = f"{MONTHS[billed.month - 1]} {billed.year}"
    speed = dice.pick((100, 250, 500, 1000))
    business = (
        (f"Strøm, næring, {month}", 210_000, 4_800_000),
        (f"Nettleie, næring, {month}", 120_000, 1_900_000),
        (f"Bedriftsfiber {speed}/{speed} {month}", 89_900, 450_000),
        (f"Serviceavtale varmepumpe {billed.year}", 349_000, 1_450_000),
        (f"Lading av firmabiler {month}", 60_000, 840_000),
    )
    private = (
        (f"Strøm {month}", 38_000, 690_000),
        (f"Strøm {month}", 38_000, 690_000),
        (f"Nettleie {month}", 21_000, 290_000),
        (f"Fiber {speed}/{speed} {month}", 44_900, 119_900),
        (f"Hjemmelading {month}", 15_000, 140_000),
        ("Service på varmepumpe", 119_000, 495_000),
        ("Installasjon av ladeboks", 990_000, 2_490_000),
    )
    text, low, high = dice.pick(business if customer.company else private)
    return text, dice.skewed(low, high)


def payment_reference(dice: Dice, customer: Customer, invoice_number: str) -> str:
    """The KID: customer and invoice number with a check digit, modulo 10 for people and modulo 11 for businesses."""
    digits = customer.columns["customer_number"] + invoice_number
    if not customer.company:
        return digits + mod10(digits)
    while True:  # "-" stands for 10 in modulo 11; many ERP systems skip such references, and so does this one
        numbered = digits + dice.pick("0123456789")
        if check := kid_mod11(numbered):
            return numbered + check


def invoice(dice: Dice, customer: Customer, number: int) -> Row:
    """One overdue invoice."""
    terms = dice.pick((14, 14, 14, 21, 30))
    newest = LAST_DUE - timedelta(days=terms)
    billed = min(newest, date(2026, 1, 5) + timedelta(days=dice.below(268)))
    text, amount = what_for(dice, customer, billed)
    return {
        **dict.fromkeys(COLUMNS, ""),
        **customer.columns,
        "invoice_number": str(number),
        "unique_source_invoice_id": f"erp-{number}",
        "type": "PAYMENT_REMINDER" if dice.chance(27) else "NOTICE",
        "original_invoice_amount": f"{amount // 100}.{amount % 100:02}",
        "currency": customer.currency,
        "invoice_date": billed.isoformat(),
        "due_date": (billed + timedelta(days=terms)).isoformat(),
        "description": text,
        "ocr_reference_number": payment_reference(dice, customer, str(number)),
    }


# --- what is wrong with the bad ones ---------------------------------------------------------------------------------


def with_value(column: str, value: str) -> Callable[[Row], list[str]]:
    """A defect: this value in this column."""
    return lambda row: list({**row, column: value}.values())


def negative(row: Row) -> list[str]:
    """A credit note that slipped into the export."""
    return with_value("original_invoice_amount", f"-{row['original_invoice_amount']}")(row)


def due_too_early(row: Row) -> list[str]:
    """A due date before the invoice date."""
    billed = date.fromisoformat(row["invoice_date"])
    return with_value("due_date", (billed - timedelta(days=16)).isoformat())(row)


def cut_short(row: Row) -> list[str]:
    """A line that breaks off."""
    return list(row.values())[:14]


def one_too_many(row: Row) -> list[str]:
    """A line with a column more than the header has."""
    return [*row.values(), "x"]


UNREADABLE: Final[tuple[Callable[[Row], list[str]], ...]] = (
    with_value("original_invoice_amount", "12,3x4"),
    with_value("original_invoice_amount", "NaN"),
    with_value("invoice_date", "31.02.2026"),
    with_value("due_date", "2026-02-30"),
    with_value("invoice_number", ""),
    with_value("currency", "kr"),
    cut_short,
    one_too_many,
)
REFUSED: Final[tuple[Callable[[Row], list[str]], ...]] = (negative, due_too_early) * 10
NUMBER_USED_TWICE: Final = 10
SENT_TWICE: Final = 2


def rows() -> list[list[str]]:
    """All data rows of the file, bad ones among the good ones."""
    dice = Dice(SEED)
    everyone = customers(dice)
    bad: list[Callable[[Row], list[str]] | str] = [*UNREADABLE, *REFUSED]
    bad = dice.shuffled([*bad, *["number used twice"] * NUMBER_USED_TWICE, *["sent twice"] * SENT_TWICE])
    spacing = ROWS // len(bad)
    defects = {index * spacing + dice.between(8, spacing - 1): defect for index, defect in enumerate(bad)}

    result: list[list[str]] = []
    unpaired: list[Row] = []  # good rows that no later row repeats
    number = 2_600_100
    for position in range(ROWS):
        number += dice.between(1, 6)  # the numbers between are paid
        defect = defects.get(position)
        if isinstance(defect, str):
            twin = dict(unpaired.pop(dice.below(len(unpaired))))
            if defect == "number used twice":
                twin["unique_source_invoice_id"] = f"erp-{number}"
            result.append(list(twin.values()))
            continue
        customer = everyone[position] if position < len(everyone) else dice.pick(everyone)
        row = invoice(dice, customer, number)
        if defect is None:
            unpaired.append(row)
        result.append(list(row.values()) if defect is None else defect(row))
    return result


def render() -> bytes:
    """The whole file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    return text.getvalue().encode("utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("invoices.csv")
    target.write_bytes(render())
    print(f"{target}: {ROWS:,} invoices")
