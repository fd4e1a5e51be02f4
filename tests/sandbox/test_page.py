"""The page for people, as it is served; that a browser shows it is tested by `make test-browser`."""

from __future__ import annotations

import pytest

from amili_async.sandbox import Faults, Rule
from tests.sandbox.api import Api, invoice, opened


async def page(api: Api) -> str:
    """The page's text."""
    async with api.session.get("/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        return await response.text()


async def switch(api: Api, origin: str | None = None, **form: str) -> int:
    """Press a button."""
    headers = {} if origin is None else {"Origin": origin}
    async with api.session.post("/__sandbox__/page", data=form, headers=headers, allow_redirects=False) as response:
        return response.status


async def test_the_page_shows_what_came_in(api: Api) -> None:
    """Batches, cases with their invoices, and requests with their answers and faults; debtors are not on it."""
    await api.push([invoice("F-17"), invoice("F-17")], key="key-of-mine")
    api.sandbox.fail_next(status=503)
    await api.get("/cases", SearchTerm="Testesen")
    text = await page(api)
    for shown in ("PARTIAL", "F-17", "4\N{NO-BREAK SPACE}500.00", "GetCasesByOrganization", "status 503", "key-of-m"):
        assert shown in text
    assert "Testesen" not in text
    assert "prove@example.invalid" not in text
    assert "{{" not in text


async def test_what_was_sent_is_shown_as_text(api: Api) -> None:
    """Nothing that comes in can become part of the page."""
    await api.push([invoice("<script>alert(1)</script>", type="<b>")], key="<i>")
    text = await page(api)
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "<i>" not in text


async def test_the_page_is_bound_to_its_own_parts(api: Api) -> None:
    """No foreign script, no frame around it; the one script and style are named afresh each time."""
    policies = set()
    for _ in range(2):
        async with api.session.get("/") as response:
            policies.add(response.headers["Content-Security-Policy"])
    assert len(policies) == 2
    assert all("default-src 'none'" in policy and "frame-ancestors 'none'" in policy for policy in policies)


async def test_an_empty_sandbox_says_so() -> None:
    """Before anything came in, and where events go nowhere, the page is whole too."""
    async with opened() as api:
        text = await page(api)
    assert "None yet." in text
    assert "Webhooks" not in text


async def test_webhooks_are_shown_where_there_are_any() -> None:
    """With their state and the answers so far."""
    async with opened(webhook_url="http://127.0.0.1:9/", webhook_background=False) as api:
        await api.push([])
        await api.sandbox.deliver_webhooks()
        text = await page(api)
    assert "BATCH_COMPLETED" in text
    assert "no answer" in text


async def test_the_switches_switch(api: Api) -> None:
    """Shares keep the rules that are in force; a fault for the next request, time, tokens and a fresh start."""
    api.sandbox.set_faults(Faults(rules=[Rule(kind="latency", seconds=0)]))
    shares = {"rate_429": "0.25", "rate_503": "", "drop_after": "0.1", "latency_s": "2"}
    assert await switch(api, action="shares", **shares) == 303
    expected = Faults(rate_429=0.25, drop_after=0.1, latency_s=2, rules=[Rule(kind="latency", seconds=0)])
    assert api.sandbox.faults == expected
    assert "1 rules" in await page(api)
    assert await switch(api, action="clear") == 303
    assert api.sandbox.faults == Faults()
    assert await switch(api, action="next", fault="429") == 303
    assert (await api.get("/cases")).status == 429
    assert await switch(api, action="next", fault="drop after") == 303
    assert api.sandbox.ordered_faults == 1
    before = api.clock.now()
    assert await switch(api, action="advance", seconds="60") == 303
    assert (api.clock.now() - before).total_seconds() == 60
    assert await switch(api, action="revoke") == 303
    assert await switch(api, action="reset") == 303
    assert len(api.sandbox.requests) == 0


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"action": "explode"},
        {"action": "next", "fault": "sometimes"},
        {"action": "shares", "rate_429": "2"},
        {"action": "shares", "rate_429": "x"},
        {"action": "advance", "seconds": "-1"},
    ],
)
async def test_a_switch_that_makes_no_sense_is_refused(api: Api, form: dict[str, str]) -> None:
    """A form that the page does not have changes nothing."""
    assert await switch(api, **form) == 400
    assert api.sandbox.faults == Faults()


async def test_other_sites_cannot_press_the_buttons(api: Api) -> None:
    """A form on another site reaches this machine, and is turned away."""
    assert await switch(api, "https://example.invalid", action="reset") == 403
    assert await switch(api, "null", action="reset") == 403
    assert await switch(api, api.sandbox.url, action="reset") == 303
