"""The colours and the typeface of printed pages; every mark also differs in shape or lightness."""

INK = "#1c2b2b"
SOFT = "#5a6868"
LINE = "#d9d2c5"
SKIN = "#f3ead9"
TEAL = "#0f6b63"
PALE_TEAL = "#bcd9d5"
TYPEFACE = "Libertinus Serif"
