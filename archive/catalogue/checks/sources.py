"""Where the rules stand that checks hold a report against."""

from __future__ import annotations

from archive.catalogue.forms import FORMS

FORM_2021 = FORMS["2021"].source
FORM_2019 = FORMS["2019"].source
BOTH_FORMS = f"{FORM_2021}、{FORM_2019}"
# 第五十条 lists what an annual report must contain.
LAW = "《中华人民共和国政府信息公开条例》第五十条"
OURS = "本站所设提示，并非法定要求"
