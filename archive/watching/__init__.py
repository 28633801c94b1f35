"""What somebody who watches over a running archive can see of it.

sign     the sign of life of the worker, in a file that the website reads
events   what happens, as lines of JSON for another program
mail     a letter to people
hook     a message to a program of theirs
bounded  neither takes longer than it may
"""

from archive.watching.events import ACCESS, OfVisitor, log_as_json, of_run, told
from archive.watching.hook import HOOK_TROUBLES, NUMBER, SIGNATURE, post
from archive.watching.mail import MAIL_TROUBLES, send_mail
from archive.watching.sign import SILENT, Sign, give_sign, last_sign

__all__ = [
    "ACCESS",
    "HOOK_TROUBLES",
    "MAIL_TROUBLES",
    "NUMBER",
    "SIGNATURE",
    "SILENT",
    "OfVisitor",
    "Sign",
    "give_sign",
    "last_sign",
    "log_as_json",
    "of_run",
    "post",
    "send_mail",
    "told",
]
