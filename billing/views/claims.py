"""Queues of claims, and a claim's own page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.services.hold_claim import return_claim, review_claim, sign_claim
from billing.services.send_claims import send_claims
from billing.services.waiting import claims_at, claims_ready, visits_to_code
from clinic.policy import requires
from clinic.views.guard import actor

screens = Blueprint("claims", __name__, url_prefix="/claims")
