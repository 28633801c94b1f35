"""Run by the Python of the other environment: what others make of our files.

surt     lines of addresses → their keys
index    a file of WARC → the lines that cdxj-indexer writes, sorted
read     a file of WARC → a line a record, its digests tested, by FastWARC
root     lines of hex → the root of their tree, by pymerkle
path     the same, and the number of a leaf → the hashes on its way
"""

import io
import json
import sys
from pathlib import Path


def surt():
    from surt import surt as key_of

    for line in sys.stdin:
        print(key_of(line.rstrip("\n")))


def index(path):
    from cdxj_indexer.main import CDXJIndexer

    out = io.StringIO()
    CDXJIndexer(output=out, inputs=[path], sort=True).process_all()
    print(out.getvalue(), end="")


def read(path):
    from fastwarc.warc import ArchiveIterator

    with Path(path).open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            block = record.verify_block_digest(consume=False)
            record.parse_http()
            told = {
                "type": str(record.record_type).rpartition(".")[2],
                "url": record.headers.get("WARC-Target-URI", ""),
                "block": block,
                "payload": record.verify_payload_digest(consume=False),
            }
            print(json.dumps(told))


def tree():
    from pymerkle import InmemoryTree

    made = InmemoryTree(algorithm="sha256")
    for line in sys.stdin:
        made.append_entry(bytes.fromhex(line))
    return made


def root():
    print(tree().get_state().hex())


def path(at):
    print(json.dumps(tree().prove_inclusion(int(at) + 1).serialize()["path"][1:]))


if __name__ == "__main__":
    {"surt": surt, "index": index, "read": read, "root": root, "path": path}[
        sys.argv[1]
    ](*sys.argv[2:])
