"""Who the journal of reads says was seen."""

from clinic.journal.reads import opened


def seen_last() -> tuple[str, set[int]]:
    """The endpoint and the patients of the last page that was kept."""
    with opened() as connection:
        endpoint, patients = connection.execute(
            "SELECT endpoint, patients FROM page ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return endpoint, {int(each) for each in patients.split()}
