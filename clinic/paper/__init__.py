"""Paper: forms as tables of boxes, the pages that fill them, and the PDF and SVG drawn from both."""
