"""What a page of the CMS-1500 says, for tests."""

from billing.documents.cms1500_boxes import pages


def said(claim, number=1):
    """Texts by the keys of their cells."""
    return {cell.key: text for cell, text in pages(claim)[number - 1].filled()}


def crosses(claim, box):
    """Which parts of a box are crossed on the first page."""
    return [cell.part for cell, text in pages(claim)[0].filled() if cell.box == box and text == "X"]
