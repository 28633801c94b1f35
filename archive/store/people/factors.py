"""The second factor: a code of six digits that a telephone makes of a secret and of the
time (TOTP, RFC 6238), or one of ten codes that were written down.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Sequence

import pyotp
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from archive.store.people import sessions
from archive.store.people.tokens import digest_of, in_groups, new_code, typed
from archive.store.rows import AccountRow, RecoveryRow

ISSUER = "政府信息公开年报档案"
"""What a telephone shows beside the codes."""
CODES = 10
"""Recovery codes that a person gets."""

_STEP = 30
_TOLERATED = (0, -1, 1)
"""Steps that a telephone's clock may be off."""


def offer(session: Session, account: AccountRow) -> None:
    """A new secret, which counts only when a code made of it was typed in."""
    account.factor_offered = pyotp.random_base32()
    session.flush()


def secret_of(account: AccountRow) -> str:
    """The offered secret as people type it; empty when none is offered."""
    return in_groups(account.factor_offered)


def address_of(account: AccountRow) -> str:
    """The offered secret as telephones read it from a picture: `otpauth://totp/…`."""
    maker = pyotp.TOTP(account.factor_offered)
    return maker.provisioning_uri(name=account.name, issuer_name=ISSUER)


def accept(session: Session, account: AccountRow, code: str) -> Sequence[str] | None:
    """Takes the offered secret into use; the recovery codes, to be shown once.

    None when the code is not one of the offered secret.
    """
    step = _step_of(account.factor_offered, code)
    if step is None:
        return None
    account.factor, account.factor_offered = account.factor_offered, ""
    account.factor_step = step
    return new_codes(session, account)


def new_codes(session: Session, account: AccountRow) -> Sequence[str]:
    """Ten new recovery codes; those of before are void."""
    session.execute(delete(RecoveryRow).where(RecoveryRow.account_id == account.id))
    codes = [new_code() for _ in range(CODES)]
    rows = [
        RecoveryRow(code_hash=digest_of(one), account_id=account.id) for one in codes
    ]
    session.add_all(rows)
    session.flush()
    return codes


def codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes were not used yet."""
    question = select(func.count()).select_from(RecoveryRow)
    of_account = RecoveryRow.account_id == account_id
    return session.scalar(question.where(of_account)) or 0


def remove(session: Session, account: AccountRow, but: str = "") -> bool:
    """No second factor any more, and nobody logged in but for one session; False when
    there was none.
    """
    if not account.factor:
        return False
    account.factor = account.factor_offered = ""
    session.execute(delete(RecoveryRow).where(RecoveryRow.account_id == account.id))
    sessions.end_all(session, account.id, but)
    return True


def is_code(session: Session, account: AccountRow, code: str) -> bool:
    """Whether it is a code of the person's telephone that was not used before."""
    step = _step_of(account.factor, code)
    if step is None:
        return False
    # A step far to come was written by a clock that was ahead.
    is_later = or_(
        AccountRow.factor_step < step, AccountRow.factor_step > step + len(_TOLERATED)
    )
    # One statement: of two browsers with the same code one is let in.
    taken = session.execute(
        update(AccountRow)
        .where(AccountRow.id == account.id, is_later)
        .values(factor_step=step)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def is_recovery_code(session: Session, account: AccountRow, code: str) -> bool:
    """Whether it is a recovery code of the person, which is used up by this."""
    question = delete(RecoveryRow).where(
        RecoveryRow.account_id == account.id,
        RecoveryRow.code_hash == digest_of(typed(code)),
    )
    return bool(session.execute(question).rowcount)  # type: ignore[attr-defined]


def _step_of(secret: str, code: str) -> int | None:
    """The 30 seconds that a code was made for; None when it is none of this time."""
    digits = "".join(code.split())
    if not secret or not digits.isascii():
        return None
    current = int(time.time()) // _STEP
    maker = pyotp.TOTP(secret)
    for off in _TOLERATED:
        if hmac.compare_digest(maker.generate_otp(current + off), digits):
            return current + off
    return None
