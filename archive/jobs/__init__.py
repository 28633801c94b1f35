"""SEAM: the job queue. The truth about a job is its run row; the queue (huey) only
carries the number.

So nothing is lost when the queue is: what the rows say is unfinished is handed out
again when the worker starts, and once a minute, as far as the queue has room; while it
is away, every few seconds, and what was at work without a sign of life is taken up
again. Taking a run is one conditional update, so handing it out twice does no harm, and
takes its host as well: one run at a host, whoever works on which machine. The index is
written by whoever has its lock; others leave their marks to that one.

1 queue, carried   what the website hands runs to; what it carries
2 worker     takes them up, whatever happens to the queue and the database meanwhile
  performing   does one of them
3 working    the worker's process
4 looking_out   what it does beside its runs: tells people, gives up old runs
  digests       made and sent
  digest_words  what they say

What the website has to know of portals stands here too: it uses no scraper itself.
"""

from archive.jobs import digests
from archive.jobs.queue import Jobs
from archive.jobs.worker import Worker
from archive.jobs.working import main
from scrapers import family_titles, wrong_selectors

__all__ = ["Jobs", "Worker", "digests", "family_titles", "main", "wrong_selectors"]
