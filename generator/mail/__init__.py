"""Stage 7, mail: finished files to clients' mailboxes, or into an outbox; safely, resumably, never twice.

In: `Recipient`s and whoever makes their files. Out: an `Outcome` for each. Knows not how a page is made, and writes
no client's data into a log, an error or the ledger.
"""
