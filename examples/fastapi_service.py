"""A FastAPI service in front of Amili: hand an invoice over, follow its batch, list cases, take webhooks."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, BeforeValidator, Field

from amili_async import (
    AmiliClient,
    AmiliError,
    BatchTimeoutError,
    Config,
    OutcomeUnknownError,
    RateLimitedError,
    ResponseError,
)
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, CreateInvoicesRequest
from amili_async.webhooks import BatchCompleted, HmacSha256Verifier, SignatureError, WebhookError, parse_event


def exact(value: object) -> object:
    """Take money as text: a JSON number becomes a float on its way here, and a float is not money."""
    if isinstance(value, float):
        raise ValueError('write the amount as text: "1249.50"')  # noqa: TRY004  # what pydantic makes an answer 422 of
    return value


class NewInvoice(BaseModel):
    """What this service takes."""

    number: str
    amount: Annotated[Decimal, BeforeValidator(exact), Field(gt=0, decimal_places=2)]
    currency: str = "NOK"
    issued_on: date
    due_on: date
    customer_number: str
    first_name: str
    last_name: str


def amili_of(request: Request) -> AmiliClient:
    """The one client of this process."""
    client: AmiliClient = request.app.state.amili
    return client


Amili = Annotated[AmiliClient, Depends(amili_of)]


def make_app(config: Config, organization_id: UUID | str, webhook_secret: str) -> FastAPI:
    """Build the service."""
    verifier = HmacSha256Verifier([webhook_secret])

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Opened here, on the loop that serves: one client, one pool of connections, one token.
        async with AmiliClient(config) as amili:
            app.state.amili = amili
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/invoices", status_code=202)
    async def hand_over(invoice: NewInvoice, amili: Amili) -> dict[str, UUID]:
        item = CreateInvoiceItem(
            unique_source_invoice_id=f"erp-{invoice.number}",
            invoice_number=invoice.number,
            original_invoice_amount=invoice.amount,
            currency=invoice.currency,
            invoice_date=invoice.issued_on,
            due_date=invoice.due_on,
            debtors=[
                CreateInvoiceDebtor(
                    customer_number=invoice.customer_number, firstname=invoice.first_name, lastname=invoice.last_name
                )
            ],
        )
        accepted = await amili.collection.create_invoices(organization_id, body=CreateInvoicesRequest(invoices=[item]))
        return {"batch_id": accepted.data.batch_id}

    @app.get("/batches/{batch_id}")
    async def batch(batch_id: UUID, amili: Amili, wait_s: Annotated[float, Query(ge=0, le=20)] = 0) -> dict[str, Any]:
        try:
            done = await amili.wait_for_batch(organization_id, batch_id, max_wait_s=wait_s)
        except BatchTimeoutError as error:
            return {"status": error.last_status, "done": False}
        return {"status": done.status, "done": True, "failed": len(done.failed or [])}

    @app.get("/cases")
    async def cases(amili: Amili, status: str = "OPEN", limit: int = 100) -> list[dict[str, Any]]:
        found = amili.paginate(amili.collection.get_cases_by_organization, organization_id, status=status)
        return [
            {"case": case.case_number, "type": case.type, "remaining": str(case.remaining_amount)}
            async for case in found.limit(limit)
        ]

    @app.post("/webhooks/amili")
    async def webhook(request: Request, amili: Amili) -> Response:
        try:
            event = parse_event(request.headers, await request.body(), verifier=verifier)
        except SignatureError:
            return Response(status_code=401)
        except WebhookError:
            return Response(status_code=400)
        if isinstance(event, BatchCompleted):
            amili.batch_finished(event)  # whoever waits for it in this process looks at once
        return Response(status_code=200)

    @app.exception_handler(AmiliError)
    async def explain(request: Request, error: AmiliError) -> JSONResponse:
        """Say what a caller can do. The messages hold no personal data and no secret."""
        content: dict[str, Any] = {"error": error.message}
        match error:
            case OutcomeUnknownError():
                # Perhaps it was acted on: a caller that simply repeats this could have somebody dunned twice.
                return JSONResponse(content | {"idempotency_key": error.idempotency_key}, status_code=504)
            case RateLimitedError():
                return JSONResponse(content, status_code=503, headers={"Retry-After": str(error.retry_after_s or 60)})
            case ResponseError() if error.status == 404:
                return JSONResponse(content, status_code=404)
            case _:
                return JSONResponse(content, status_code=502)

    return app


def app() -> FastAPI:
    """Start with `uvicorn --factory fastapi_service:app`."""
    return make_app(Config.from_env(), os.environ["AMILI_ORGANIZATION_ID"], os.environ["AMILI_WEBHOOK_SECRET"])
