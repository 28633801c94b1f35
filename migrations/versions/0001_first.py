"""The first tables: everything kept for ever, and what is computed from it.

Revision: 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    op.create_table(
        "agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("region_name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("is_government", sa.Boolean(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("key", name=op.f("uq_agencies_key")),
        sa.UniqueConstraint(
            "name", "region_code", name=op.f("uq_agencies_name_region_code")
        ),
    )
    op.create_index(op.f("ix_agencies_name"), "agencies", ["name"], unique=False)
    op.create_index(
        op.f("ix_agencies_region_code"), "agencies", ["region_code"], unique=False
    )
    op.create_index(op.f("ix_agencies_sector"), "agencies", ["sector"], unique=False)
    op.create_table(
        "index_removals",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_index_removals")),
    )
    op.create_table(
        "originals",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_originals")),
    )
    op.create_index(op.f("ix_originals_state"), "originals", ["state"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("recognised", sa.Text(), nullable=False),
        sa.Column("may_be_empty", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("url", name=op.f("uq_sources_url")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_audit_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "filings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_filings_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint(
            "agency_id", "year", name=op.f("uq_filings_agency_id_year")
        ),
    )
    op.create_index(op.f("ix_filings_year"), "filings", ["year"], unique=False)
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_rulings_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
        sa.UniqueConstraint(
            "document_hash",
            "check",
            "keys",
            name=op.f("uq_rulings_document_hash_check_keys"),
        ),
    )
    op.create_index(
        op.f("ix_rulings_document_hash"), "rulings", ["document_hash"], unique=False
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_runs_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_runs_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_source_id"), "runs", ["source_id"], unique=False)
    op.create_index(op.f("ix_runs_state"), "runs", ["state"], unique=False)
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_failures_run_id_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
    )
    op.create_index(op.f("ix_failures_run_id"), "failures", ["run_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("file_url", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("to_index", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["originals.digest"], name=op.f("fk_versions_digest_originals")
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_versions_filing_id_filings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint(
            "filing_id",
            "document_hash",
            name=op.f("uq_versions_filing_id_document_hash"),
        ),
        sa.UniqueConstraint(
            "filing_id", "number", name=op.f("uq_versions_filing_id_number")
        ),
    )
    op.create_index(op.f("ix_versions_current"), "versions", ["current"], unique=False)
    op.create_index(op.f("ix_versions_digest"), "versions", ["digest"], unique=False)
    op.create_index(
        op.f("ix_versions_to_index"), "versions", ["to_index"], unique=False
    )
    op.create_index(
        "uq_versions_one_current",
        "versions",
        ["filing_id"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=6), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_claims_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_key"), "claims", ["key"], unique=False)
    op.create_index(
        op.f("ix_claims_version_id"), "claims", ["version_id"], unique=False
    )
    op.create_table(
        "copies",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["originals.digest"], name=op.f("fk_copies_digest_originals")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_copies_version_id_versions")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_copies")),
    )
    op.create_index(
        op.f("ix_copies_version_id"), "copies", ["version_id"], unique=False
    )
    op.create_table(
        "disclosures",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "regulations__issued", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "regulations__repealed", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "regulations__in_force", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "normative_documents__issued",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "normative_documents__repealed",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "normative_documents__in_force",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "licensing__decisions", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "penalties__decisions", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "coercion__decisions", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column("fees__amount", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column(
            "regulations__made", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "regulations__published", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "regulations__public_total",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "normative_documents__made",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "normative_documents__published",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "normative_documents__public_total",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "licensing__previous_items",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "licensing__item_change", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "other_services__previous_items",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "other_services__item_change",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "other_services__decisions",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "penalties__previous_items",
            sa.Numeric(precision=20, scale=6),
            nullable=True,
        ),
        sa.Column(
            "penalties__item_change", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "coercion__previous_items", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "coercion__item_change", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "fees__previous_items", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "fees__item_change", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "procurement__items", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.Column(
            "procurement__amount", sa.Numeric(precision=20, scale=6), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_disclosures_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_disclosures")),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("family", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_findings_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_check"), "findings", ["check"], unique=False)
    op.create_index(op.f("ix_findings_family"), "findings", ["family"], unique=False)
    op.create_index(
        op.f("ix_findings_version_id"), "findings", ["version_id"], unique=False
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_why", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["pages.id"], name=op.f("fk_pages_article_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_pages_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_pages_version_id_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_pages_source_id_url")),
    )
    op.create_index(op.f("ix_pages_article_id"), "pages", ["article_id"], unique=False)
    op.create_index(op.f("ix_pages_version_id"), "pages", ["version_id"], unique=False)
    op.create_table(
        "proceedings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("upheld", sa.BigInteger(), nullable=True),
        sa.Column("corrected", sa.BigInteger(), nullable=True),
        sa.Column("other", sa.BigInteger(), nullable=True),
        sa.Column("pending", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_proceedings_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "kind", name=op.f("pk_proceedings")),
    )
    op.create_table(
        "requests",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("applicant", sa.String(length=30), nullable=False),
        sa.Column("new", sa.BigInteger(), nullable=True),
        sa.Column("carried_in", sa.BigInteger(), nullable=True),
        sa.Column("granted", sa.BigInteger(), nullable=True),
        sa.Column("partly_granted", sa.BigInteger(), nullable=True),
        sa.Column("refused_state_secret", sa.BigInteger(), nullable=True),
        sa.Column("refused_by_law", sa.BigInteger(), nullable=True),
        sa.Column("refused_security", sa.BigInteger(), nullable=True),
        sa.Column("refused_third_party", sa.BigInteger(), nullable=True),
        sa.Column("refused_internal", sa.BigInteger(), nullable=True),
        sa.Column("refused_process", sa.BigInteger(), nullable=True),
        sa.Column("refused_enforcement_file", sa.BigInteger(), nullable=True),
        sa.Column("refused_inquiry", sa.BigInteger(), nullable=True),
        sa.Column("unavailable_not_held", sa.BigInteger(), nullable=True),
        sa.Column("unavailable_not_made", sa.BigInteger(), nullable=True),
        sa.Column("unavailable_unclear", sa.BigInteger(), nullable=True),
        sa.Column("rejected_petition", sa.BigInteger(), nullable=True),
        sa.Column("rejected_repeat", sa.BigInteger(), nullable=True),
        sa.Column("rejected_publication", sa.BigInteger(), nullable=True),
        sa.Column("rejected_excessive", sa.BigInteger(), nullable=True),
        sa.Column("rejected_confirmation", sa.BigInteger(), nullable=True),
        sa.Column("closed_not_corrected", sa.BigInteger(), nullable=True),
        sa.Column("closed_fee_unpaid", sa.BigInteger(), nullable=True),
        sa.Column("closed_other", sa.BigInteger(), nullable=True),
        sa.Column("concluded", sa.BigInteger(), nullable=True),
        sa.Column("carried_out", sa.BigInteger(), nullable=True),
        sa.Column("closed_any", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_requests_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "applicant", name=op.f("pk_requests")),
    )
    op.create_table(
        "sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_sections_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
    )
    op.create_index(
        op.f("ix_sections_version_id"), "sections", ["version_id"], unique=False
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest"], ["originals.digest"], name=op.f("fk_sightings_digest_originals")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_sightings_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_sightings_run_id_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index(op.f("ix_sightings_digest"), "sightings", ["digest"], unique=False)
    op.create_index(
        op.f("ix_sightings_page_id"), "sightings", ["page_id"], unique=False
    )
    op.create_index(op.f("ix_sightings_run_id"), "sightings", ["run_id"], unique=False)


def downgrade() -> None:

    op.drop_index(op.f("ix_sightings_run_id"), table_name="sightings")
    op.drop_index(op.f("ix_sightings_page_id"), table_name="sightings")
    op.drop_index(op.f("ix_sightings_digest"), table_name="sightings")
    op.drop_table("sightings")
    op.drop_index(op.f("ix_sections_version_id"), table_name="sections")
    op.drop_table("sections")
    op.drop_table("requests")
    op.drop_table("proceedings")
    op.drop_index(op.f("ix_pages_version_id"), table_name="pages")
    op.drop_index(op.f("ix_pages_article_id"), table_name="pages")
    op.drop_table("pages")
    op.drop_index(op.f("ix_findings_version_id"), table_name="findings")
    op.drop_index(op.f("ix_findings_family"), table_name="findings")
    op.drop_index(op.f("ix_findings_check"), table_name="findings")
    op.drop_table("findings")
    op.drop_table("disclosures")
    op.drop_index(op.f("ix_copies_version_id"), table_name="copies")
    op.drop_table("copies")
    op.drop_index(op.f("ix_claims_version_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_key"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(
        "uq_versions_one_current",
        table_name="versions",
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(op.f("ix_versions_to_index"), table_name="versions")
    op.drop_index(op.f("ix_versions_digest"), table_name="versions")
    op.drop_index(op.f("ix_versions_current"), table_name="versions")
    op.drop_table("versions")
    op.drop_index(op.f("ix_failures_run_id"), table_name="failures")
    op.drop_table("failures")
    op.drop_index(op.f("ix_runs_state"), table_name="runs")
    op.drop_index(op.f("ix_runs_source_id"), table_name="runs")
    op.drop_table("runs")
    op.drop_index(op.f("ix_rulings_document_hash"), table_name="rulings")
    op.drop_table("rulings")
    op.drop_index(op.f("ix_filings_year"), table_name="filings")
    op.drop_table("filings")
    op.drop_table("audit")
    op.drop_table("sources")
    op.drop_index(op.f("ix_originals_state"), table_name="originals")
    op.drop_table("originals")
    op.drop_table("index_removals")
    op.drop_index(op.f("ix_agencies_sector"), table_name="agencies")
    op.drop_index(op.f("ix_agencies_region_code"), table_name="agencies")
    op.drop_index(op.f("ix_agencies_name"), table_name="agencies")
    op.drop_table("agencies")
    op.drop_table("accounts")
