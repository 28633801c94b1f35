"""The whole website measured over an archive of N invented reports.

1 made       invented agencies and their reports, as a reading would give them
2 archives   an archive filled with them, on SQLite or PostgreSQL; what it takes on disk
3 pages      every kind of page, and what is asked of it
4 serving    a server as a process, and what it takes of the machine
5 visitors   those who ask, eight at once or one alone
6 peer       Datasette over the same texts
7 told       the results as tables
8 drawn      each kind of page in one process, to see where its time goes
"""
