"""All kinds of portals that the sample server imitates beside its two cities.

`python -m tests.portals.table` makes the table in `docs/portals.md` from them.

published  lists as pages: TRS, UCAP, VSB, LonSun, NFCMS
asked      lists by a service: Hanweb, jpaas, UCAP, gkmlpt, services of their own
files      pages that hold a file only
plain      portals of many makers, and layouts of no maker
"""

from tests.portals.kinds.asked import ASKED
from tests.portals.kinds.files import IN_FILES
from tests.portals.kinds.kind import Kind
from tests.portals.kinds.plain import PLAIN
from tests.portals.kinds.published import PUBLISHED

KINDS: tuple[Kind, ...] = (*PUBLISHED, *ASKED, *PLAIN, *IN_FILES)
