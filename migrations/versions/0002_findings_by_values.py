"""Findings are kept as check and values, not as a sentence, and are of three families.

A sentence of before stays, as the value `told`, until its report is read again. What is
only worth a look leaves the family of contradictions. Readings are left as they are:
the program takes the sentences of old ones.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOTABLE = (
    "in_force",
    "jump",
    "zero_after_large",
    "in_force_too_few",
    "regulations_unlikely",
    "period_partial",
    "other_year",
    "other_level",
    "other_place",
    "section_missing",
    "section_numbers",
    "problems_thin",
    "problems_repeated",
    "fee_unstated",
)
_CONTRADICTIONS = (
    "sums",
    "text_applications_received",
    "text_carried_in",
    "text_carried_out",
    "text_reviews",
    "text_lawsuits",
    "text_documents_issued",
    "text_documents_repealed",
    "fee_within_fees",
    "fee_disagrees",
    "breakdown",
    "carry_over",
    "public_too_few",
    "previous_items",
    "year_disagreement",
    "agency_disagreement",
)
_UNTOLD = "请重新读取后查看。"
"""Stands for a sentence that a program of before cannot make of values."""

_findings = sa.table(
    "findings",
    sa.column("id", sa.Integer),
    sa.column("check", sa.String),
    sa.column("family", sa.String),
    sa.column("message", sa.Text),
    sa.column("values", sa.JSON),
)
_versions = sa.table(
    "versions", sa.column("id", sa.Integer), sa.column("reading", sa.JSON)
)


def upgrade() -> None:
    op.add_column("findings", sa.Column("values", sa.JSON(), nullable=True))
    on_postgres = op.get_bind().dialect.name == "postgresql"
    make = sa.func.json_build_object if on_postgres else sa.func.json_object
    told = make("told", _findings.c.message, type_=sa.JSON)
    op.execute(_findings.update().values({"values": told}))
    is_notable = _findings.c.check.in_(_NOTABLE)
    op.execute(_findings.update().where(is_notable).values(family="notable"))
    with op.batch_alter_table("findings") as batch:
        batch.alter_column("values", existing_type=sa.JSON(), nullable=False)
        batch.drop_column("message")


def downgrade() -> None:
    op.add_column("findings", sa.Column("message", sa.Text(), nullable=True))
    connection = op.get_bind()
    question = sa.select(_findings.c.id, _findings.c["values"])
    sentences = [
        {"row": row_id, "said": (values or {}).get("told", _UNTOLD)}
        for row_id, values in connection.execute(question)
    ]
    if sentences:
        by_id = _findings.c.id == sa.bindparam("row")
        tell = _findings.update().where(by_id).values(message=sa.bindparam("said"))
        connection.execute(tell, sentences)
    is_notable = _findings.c.family == "notable"
    op.execute(_findings.update().where(is_notable).values(family="report"))
    _give_readings_their_sentences(connection)
    with op.batch_alter_table("findings") as batch:
        batch.alter_column("message", existing_type=sa.Text(), nullable=False)
        batch.drop_column("values")


def _give_readings_their_sentences(connection: sa.Connection) -> None:
    """A program of before asks each finding of a reading for family and message."""
    numbers = connection.scalars(sa.select(_versions.c.id)).all()
    for number in numbers:
        this = _versions.c.id == number
        reading = connection.scalar(sa.select(_versions.c.reading).where(this))
        findings = (reading or {}).get("findings", ())
        new = [one for one in findings if "message" not in one]
        for finding in new:
            values = finding.pop("values", {})
            finding["message"] = values.get("told", _UNTOLD)
            is_of_report = finding["check"] in (*_NOTABLE, *_CONTRADICTIONS)
            finding["family"] = "report" if is_of_report else "reading"
        if new:
            change = _versions.update().where(this).values(reading=reading)
            connection.execute(change)
