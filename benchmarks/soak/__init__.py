"""A season of collecting, played in minutes: invented portals, faults and blows.

1 calendar   a clock that runs some thousand times faster than ours
2 plan       what each portal publishes, edits and takes off, and when it is ill: by seed
3 portals    the servers of it, which write down every request
4 work       the worker, by that calendar
5 blows      worker, website and database are started, watched, and killed
6 proof      what must hold at the end
7 written    the results as a page
"""
